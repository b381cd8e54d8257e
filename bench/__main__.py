"""`./dev bench [WORKLOAD …] [--runs 3] [--data large]`: medians beside their targets and the floor of the same run."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from pathlib import Path
from typing import Any

import django

KNOWN = ("memory", "floor", "cart", "seats", "checkout", "tickets", "pages", "states", "browser")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("workload", nargs="*", help=f"any of {', '.join(KNOWN)} (default: all but browser)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="length of one reading run")
    parser.add_argument("--buyers", type=int, default=1000)
    parser.add_argument("--capacity", type=int, default=500)
    parser.add_argument("--seat-n", type=int, default=100, dest="seat_n")
    parser.add_argument("--data", choices=["small", "large"], default="small", help="large: 1,000,000 tickets first")
    parser.add_argument("--statements", action="store_true", help="list what was sent, most often first")
    parser.add_argument("--json", type=Path, help="append every run to this file")
    found = parser.parse_args()
    unknown = set(found.workload) - set(KNOWN)
    if unknown:
        parser.error(f"no such workload: {', '.join(sorted(unknown))}")
    found.workload = found.workload or [name for name in KNOWN if name != "browser"]
    found.limit, found.concurrency = 240, [8, 32]
    return found


def main() -> int:
    options = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if options.data == "large":
        from demo.large import load_large

        load_large()
    from bench import paper, workloads
    from bench.adapter import make_adapter
    from bench.installation import running

    module = workloads.load()
    with running() as installation:
        print("preparing the houses that are measured …", flush=True)
        adapter = make_adapter(module, installation)
        results = _measure(module, adapter, options)
        if "checkout" in options.workload:
            adapter.settle()
            results["mail"] = [{"cpu_ms": paper.mail_cpu_ms_in_one_process(adapter.gate_performance)}]
        if "browser" in options.workload:
            from bench import browser

            browser.measure(adapter, runs=5)
    return _report(results)


def _measure(module: Any, adapter: Any, options: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    from bench import paper, workloads

    own = {"states": workloads.states, "floor": workloads.floor_view, "memory": workloads.idle_memory}
    results: dict[str, list[dict[str, Any]]] = {}
    for run in range(options.runs):
        for name in options.workload:
            if name == "browser" or (name == "memory" and run):
                continue
            print(f"[{name}] run {run + 1}/{options.runs}", flush=True)
            if name == "checkout":
                adapter.warm_checkout()
            before = adapter.statements.listing()
            result = own[name](module, adapter, options) if name in own else module.W[name](adapter, options)
            results.setdefault(name, []).append(result)
            if name == "tickets":
                adapter.settle()
                results.setdefault("paper", []).append(paper.paper_cpu_ms_in_one_process(adapter.gate_performance))
            if options.statements:
                _list_statements(before, adapter.statements.listing())
            if options.json:
                with options.json.open("a") as file:
                    file.write(json.dumps({"workload": name, "run": run, "result": result}) + "\n")
        if "floor" in options.workload:
            results.setdefault("floor_sql", []).append(workloads.floor_sql(module, adapter, options))
    if "memory" in options.workload:
        adapter.settle()
        results["memory_afterwards"] = [workloads.idle_memory(module, adapter, options)]
    return results


def _list_statements(before: dict[str, int], after: dict[str, int]) -> None:
    calls = sorted(((count - before.get(text, 0), text) for text, count in after.items()), reverse=True)
    for count, text in calls[:25]:
        if count:
            print(f"  {count:6d}  {' '.join(text.split())[:150]}")


def _at(result: dict[str, Any], path: str) -> dict[str, Any]:
    for part in path.split("/"):
        result = result[part]
    return result


def _median(values: list[float]) -> float:
    return statistics.median(values) if values else float("nan")


def _report(results: dict[str, list[dict[str, Any]]]) -> int:
    from bench.targets import TARGETS

    if "floor" in results:
        floor = _median([run["c8"]["cpu_ms_per_op_total"] for run in results["floor"]])
        print(f"\nfloor: a bare Django view around the SQL of a hold costs {floor:.2f} CPU ms on this machine\n")
    heading = (
        f"{'operation':42s} {'CPU ms':>8s} {'at most':>8s} {'SQL':>7s} {'at most':>8s} {'per s':>8s} {'p50':>8s}"
        f" {'p95':>8s}  {'peer':14s}  CPU ms by kind of process"
    )
    for target in TARGETS:
        runs = [_at(run, target.path) for run in results.get(target.workload, [])]
        if not runs:
            continue
        if heading:
            print(heading)
            heading = ""
        cpu = _median([run["cpu_ms_per_op_total"] for run in runs])
        sql = _median([run["sql_per_op"] for run in runs if run["sql_per_op"] is not None])
        p50, p95 = (_median([run.get("ok", run).get(f"p{q}_ms") or 0 for run in runs]) for q in (50, 95))
        print(
            f"{target.name:42s} {cpu:8.2f} {target.cpu_ms or '–':>8} {sql:7.1f} {target.sql:8.0f}"
            f" {_per_second(runs):8.1f} {p50:8.1f} {p95:8.1f}  {target.peer:14s}  {_by_kind(runs)}"
        )
    _report_counts(results)
    return 0


def _per_second(runs: list[dict[str, Any]]) -> float:
    """Every workload counts what it makes, under a name of its own."""
    names = ("attempts_per_s", "orders_per_s", "ops_per_s", "req_s")
    return _median([next(run[name] for name in names if name in run) for run in runs])


def _by_kind(runs: list[dict[str, Any]]) -> str:
    costs = {kind: _median([run["cpu_ms_per_op"][kind] for run in runs]) for kind in runs[0]["cpu_ms_per_op"]}
    return ", ".join(f"{kind} {cost:.2f}" for kind, cost in costs.items())


def _report_counts(results: dict[str, list[dict[str, Any]]]) -> None:
    for run in results.get("cart", []):
        for clients, found in run.items():
            print(f"sold out, {clients}: {found['taken']} taken of {found['capacity']}, oversold {found['oversell']},"
                  f" {found['attempts_per_s']} attempts/s")  # fmt: skip
    for run in results.get("seats", []):
        for clients, found in run.items():
            print(f"hot seats, {clients}: {found['outcomes']}, doubled {found['double_sold']},"
                  f" {found['attempts_per_s']} attempts/s")  # fmt: skip
    for run in results.get("floor", []):
        for clients, found in run.items():
            cost = f"{found['cpu_ms_per_op_total']} CPU ms {found['cpu_ms_per_op']}, {found['sql_per_op']} SQL"
            print(f"floor view, {clients}: {found['outcomes']} {found['ops_per_s']} holds/s, {cost}")
            shop = found["shop"]
            ratio = shop["cpu_ms_per_op_total"] / found["cpu_ms_per_op_total"]
            print(f"the shop, {clients}: {shop['outcomes']} {shop['ops_per_s']} holds/s,"
                  f" {shop['ops_per_s'] / found['ops_per_s']:.0%} of the floor's;"
                  f" {shop['cpu_ms_per_op_total']} CPU ms {shop['cpu_ms_per_op']}, {ratio:.2f} × the floor's,"
                  f" {shop['sql_per_op']} SQL")  # fmt: skip
    for run in results.get("floor_sql", []):
        for clients, found in run.items():
            ratio = found["ours_per_s"] / max(1, found["floor_per_s"])
            print(f"SQL of a hold alone, {clients}: ours {found['ours_per_s']}/s, {ratio:.0%} of seat_4rt's"
                  f" {found['floor_per_s']}/s; the whole operation {found['operation_per_s']}/s")  # fmt: skip
    for name in results["paper"][0] if "paper" in results else ():
        alone = _median([run[name] for run in results["paper"]])
        print(f"WeasyPrint in one process, {name}: {alone:.1f} CPU ms a ticket, 1.25 × is {1.25 * alone:.1f}")
    for run in results.get("mail", []):
        print(f"of a purchase, its mail with PDF counts apart: {run['cpu_ms']:.1f} CPU ms in the worker")
    for name, when in (("memory", "idle"), ("memory_afterwards", "idle again after all of this")):
        for run in results.get(name, []):
            print(f"memory, {when}: {run['total_pss_mib']} MiB PSS")


if __name__ == "__main__":
    sys.exit(main())
