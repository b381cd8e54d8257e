"""Finds the workloads every system is measured with, and adds those only a seat map or a floor needs."""

from __future__ import annotations

import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.floor import sql, statements, tables
from bench.installation import ROOT
from devtools.ports import free_port
from devtools.programs import WEB
from ticketing.seating.compiled import place_code

TURNS = 3


def load() -> Any:
    """The shared workloads, from PARTERRE_WORKLOADS or beside the checkout."""
    folder = Path(os.environ.get("PARTERRE_WORKLOADS") or ROOT.parent / "shared" / "bench")
    file = folder / "workloads.py"
    if not file.exists():
        raise SystemExit(f"The workloads are not at {folder}. Name their folder in PARTERRE_WORKLOADS.")
    spec = importlib.util.spec_from_file_location("workloads", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["workloads"] = module
    spec.loader.exec_module(module)
    return module


def states(module: Any, adapter: Any, options: Any) -> dict[str, Any]:
    """The delta a map polls: nothing changed, which is what nearly every poll finds."""
    path = adapter.states_path()
    client = module.Client(adapter.base)
    client.get(path)
    return {"delta": module.loop_get(adapter, path, 4, options.seconds)}


def floor_view(module: Any, adapter: Any, options: Any) -> dict[str, Any]:
    """A bare Django view around the statements of a hold, served as the shop is, and the shop: a seat for everybody.

    In turns, for either is over within a second and what a shared machine does meanwhile differs by a fifth.
    """
    found = {}
    for clients in (8, 32):
        bare, shop = [], []
        for _turn in range(TURNS):
            bare.append(_bare_holds(module, adapter, options, clients))
            shop.append(_shop_holds(module, adapter, options, clients))
        found[f"c{clients}"] = {**_middle(bare), "shop": _middle(shop)}
    return found


def _middle(turns: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians of what was measured in turns, and everybody's outcomes."""
    found: dict[str, Any] = {"outcomes": dict(sum((Counter(turn["outcomes"]) for turn in turns), Counter()))}
    for name, value in turns[0].items():
        if isinstance(value, (int, float)):
            found[name] = round(statistics.median(turn[name] for turn in turns), 2)
        elif name != "outcomes":
            found[name] = {key: round(statistics.median(turn[name][key] for turn in turns), 2) for key in value}
    return found


def _bare_holds(module: Any, adapter: Any, options: Any, clients: int) -> dict[str, Any]:
    performance = adapter.hall_of_one_rank()
    with tempfile.TemporaryDirectory(prefix="parterre-floor-") as folder:
        file = Path(folder) / "statements"
        statements.keep(sql.statements_of_a_hold(performance.code, 9_000), file)
        return _serve_bare(module, adapter, options, file, clients)


def _shop_holds(module: Any, adapter: Any, options: Any, clients: int) -> dict[str, Any]:
    performance = adapter.hall_of_one_rank()
    adapter.warm(performance)

    def one(number: int) -> str:
        outcome: str = adapter.hold_seat(adapter.buyer(), performance, place_code(100 + number))
        return outcome

    with module.Meter(adapter) as meter:
        answers = module.closed_loop(one, clients, total=options.buyers)
    return {
        "outcomes": module.tally(answers), "ops_per_s": round(len(answers) / meter.elapsed, 1),
        "ok": module.lat([a[1] for a in answers]), **meter.per(len(answers)),
    }  # fmt: skip


def _serve_bare(module: Any, adapter: Any, options: Any, file: Path, clients: int) -> dict[str, Any]:
    port = free_port()
    gunicorn = str(Path(sys.executable).parent / WEB[0])
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment |= {"WEB_BIND": f"127.0.0.1:{port}", "FLOOR_STATEMENTS": str(file), "FLOOR_FIRST_SEAT": "100"}
    process = subprocess.Popen(
        [sys.executable, gunicorn, *WEB[1:], "bench.floor.view:application"],
        cwd=ROOT, env=environment, start_new_session=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}"

    class Bare:
        @staticmethod
        def pids() -> dict[str, list[int]]:
            return {"web": [process.pid], "postgres": adapter.pids()["postgres"]}

        sql_calls = staticmethod(adapter.sql_calls)

    try:
        _wait(module, base)
        module.closed_loop(lambda _n: _one_hold(module, base), clients, total=100)
        with module.Meter(Bare) as meter:
            answers = module.closed_loop(lambda _n: _one_hold(module, base), clients, total=options.buyers)
        return {
            "outcomes": module.tally(answers), "ops_per_s": round(len(answers) / meter.elapsed, 1),
            "ok": module.lat([a[1] for a in answers]), **meter.per(len(answers)),
        }  # fmt: skip
    finally:
        process.terminate()
        process.wait(20)


def _one_hold(module: Any, base: str) -> str:
    client = module.Client(base)
    try:
        answer = client.post("/hold")
        return answer.text if answer.status == 200 else "error"
    finally:
        client.close()


def _wait(module: Any, base: str) -> None:
    for _attempt in range(100):
        try:
            module.Client(base).post("/hold")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the bare view does not answer")


def floor_sql(module: Any, adapter: Any, options: Any) -> dict[str, Any]:
    """The SQL of a hold without HTTP: ours, and as a whole operation, beside four statements on the least data."""
    found = {}
    for clients in (1, 8):
        turns = []
        for _turn in range(TURNS):
            tables.make()
            performance, other = adapter.hall_of_one_rank(), adapter.hall_of_one_rank()
            # Last, because every new performance is a new version of the programme, under which nothing old holds.
            sql.statements_of_a_hold(performance.code, 9_990)
            turns.append({
                "floor_per_s": sql.holds_per_second("floor", clients=clients),
                "ours_per_s": sql.holds_per_second("statements", clients=clients),
                "operation_per_s": sql.holds_per_second("operation", clients=clients, performance=other.code),
            })  # fmt: skip
        found[f"c{clients}"] = {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
    return found


def idle_memory(module: Any, adapter: Any, options: Any) -> dict[str, Any]:
    adapter.counts_sandbox = True
    try:
        found: dict[str, Any] = module.w_memory(adapter, options)
    finally:
        adapter.counts_sandbox = False
    return found
