"""`./dev run`: one machine's whole installation, from nothing to a shop that answers."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from devtools.certificates import SelfSigned, own_addresses
from devtools.console import Failure, banner, colour, say, step, warn
from devtools.environment import Environment
from devtools.locking import Locked, exclusive
from devtools.paths import ROOT, DataFolder
from devtools.ports import free_port, is_free, wait_until_free
from devtools.programs import BEAT, SANDBOX, WEB, WORKER
from devtools.secret_values import Secrets
from devtools.servers import Servers, start_servers
from devtools.supervisor import Program, Supervisor
from devtools.system_libraries import ensure_pango

FAVOURITE_PORTS = (8000, 8080, 8008, 8888)


@dataclass(frozen=True)
class RunOptions:
    port: int | None = None
    data: Path | None = None
    demo: bool = True
    https: bool = False


def run(options: RunOptions) -> int:
    environment = Environment().ensure("production")
    draws_tickets = ensure_pango()
    data = DataFolder.at(options.data)
    try:
        with exclusive(data.lock):
            return Installation(environment, data, options, draws_tickets=draws_tickets).run()
    except Locked as holder:
        raise Failure(f"An installation already runs on {data.path} (process {holder}). Stop it, or give --data DIR.") \
            from None  # fmt: skip


class Installation:
    def __init__(
        self, environment: Environment, data: DataFolder, options: RunOptions, *, draws_tickets: bool = True
    ) -> None:
        self.environment = environment
        self.data = data
        self.options = options
        self.draws_tickets = draws_tickets
        self.supervisor = Supervisor(data.processes)
        self.demo_loader: subprocess.Popen[str] | None = None

    def run(self) -> int:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self._start()
            signal.signal(signal.SIGTERM, self.supervisor.request_stop)
            signal.signal(signal.SIGINT, self.supervisor.request_stop)
            self.supervisor.tend_until_stopped()
        except KeyboardInterrupt:
            pass
        finally:
            self._stop()
        return 0

    def _start(self) -> None:
        self.supervisor.end_leftovers()
        # Of a run that was killed: nobody may ask its servers for ours.
        self.data.environment.unlink(missing_ok=True)
        port = self._port()
        keys = Secrets.kept_in(self.data.secrets)
        servers = start_servers(self.supervisor, self.environment, self.data.path, keys)
        self.variables = self._variables(servers, keys, port)
        if self.options.https:
            self.certificate = SelfSigned(self.data.path / "https").ensure(self.environment, own_addresses())
        self._write_environment()
        self._prepare()
        self._start_processes(port)
        banner(["Parterre is open", "", f"shop       {self.site}/", f"operators  {self.site}/admin/", *self._extras()])
        if self.options.demo:
            threading.Thread(target=self._load_demo, daemon=True).start()
        else:
            say(f"{self._manage_command} createsuperuser makes an operator. Ctrl-C stops everything in order.")

    @property
    def _manage_command(self) -> str:
        """What to type beside this run."""
        return f"./dev manage --data {self.options.data}" if self.options.data else "./dev manage"

    # What the processes are told

    def _port(self) -> int:
        wanted = self.options.port
        if wanted is None:
            return free_port(*FAVOURITE_PORTS)
        wait_until_free(wanted)
        if not is_free(wanted):
            raise Failure(f"Port {wanted} is taken. Leave --port out to have a free one found.")
        return wanted

    def _variables(self, servers: Servers, keys: Secrets, port: int) -> dict[str, str]:
        folder = self.data.path
        scheme, host = ("https", own_addresses()[-1]) if self.options.https else ("http", "127.0.0.1")
        self.site = f"{scheme}://{host}:{port}"
        self.sandbox_port, smtp_port = free_port(port + 1), free_port()
        metrics = self.data.run / "metrics"
        shutil.rmtree(metrics, ignore_errors=True)
        metrics.mkdir()
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "SECRET_KEY": keys.django,
            **servers.variables,
            "SITE_URL": self.site,
            "PARTERRE_SITE_URL": self.site,
            "MEDIA_ROOT": str(self.data.media),
            "PRIVATE_ROOT": str(self.data.path / "private"),
            "STATIC_ROOT": str(self.data.static),
            "PROMETHEUS_MULTIPROC_DIR": str(metrics),
            # A phone that buys is sent there too.
            "SANDBOX_URL": f"http://{host}:{self.sandbox_port}",
            "SANDBOX_STATE": str(folder / "sandbox"),
            "SANDBOX_SMTP_PORT": str(smtp_port),
            "EMAIL_HOST": os.environ.get("EMAIL_HOST", "127.0.0.1"),
            "EMAIL_PORT": os.environ.get("EMAIL_PORT", str(smtp_port)),
            # Threads share two heaps instead of eight each: some ten MB less per process, no slower here.
            "MALLOC_ARENA_MAX": "2",
            "PATH": f"{self.environment.folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        }

    def _write_environment(self) -> None:
        """So that `./dev manage` talks to the servers of the run beside it."""
        self.data.environment.touch(mode=0o600)
        self.data.environment.write_text(json.dumps(self.variables))

    # Before the doors open

    def _prepare(self) -> None:
        """Tables, and beside them translations and static files; both are quick when there is nothing new."""
        beside = threading.Thread(target=self._build_files)
        beside.start()
        with step("tables"):
            self._manage("migrate", "--verbosity", "0")
        beside.join()
        if self._build_error:
            raise self._build_error

    _build_error: Failure | None = None

    def _build_files(self) -> None:
        try:
            self._run_python("-m", "devtools.messages")
            fingerprint = static_fingerprint()
            mark = self.data.static / ".fingerprint"
            if not mark.exists() or mark.read_text() != fingerprint:
                with step("static files"):
                    self._manage("collectstatic", "--noinput", "--clear", "--verbosity", "0")
                    mark.write_text(fingerprint)
        except Failure as error:
            self._build_error = error

    def _manage(self, *arguments: str) -> None:
        self._run_python("manage.py", *arguments)

    def _run_python(self, *arguments: str) -> None:
        done = self._python(*arguments, start_new_session=True)
        if done.returncode != 0:
            raise Failure(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")

    def _python(self, *arguments: str, start_new_session: bool = False) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.environment.python, *arguments],
            cwd=ROOT,
            env={**os.environ, **self.variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=start_new_session,
        )

    # The processes

    def _start_processes(self, port: int) -> None:
        with step("sandbox: payment provider and mail box"):
            self.supervisor.start(self._program("sandbox", SANDBOX, self._sandbox_variables()))
        with step(f"web on {self.site}"):
            self.supervisor.start(self._program("web", WEB, self._web_variables(port), ready=self._answers))
        self.supervisor.start(self._program("worker", WORKER, patience=20))
        self.supervisor.start(self._program("beat", BEAT))

    def _program(
        self,
        name: str,
        command: tuple[str, ...],
        more: dict[str, str] | None = None,
        ready: object = None,
        patience: float = 12,
    ) -> Program:
        return Program(
            name=name,
            command=self.environment.command(*command),
            environment={**self.variables, **(more or {})},
            popen_arguments={"cwd": ROOT},
            ready=ready if callable(ready) else None,
            patience=patience,
        )

    def _sandbox_variables(self) -> dict[str, str]:
        if not self.options.https:
            return {"GUNICORN_CMD_ARGS": f"--bind=127.0.0.1:{self.sandbox_port}"}
        # Its webhooks go to the shop, whose certificate nobody else has signed.
        trusted = str(self.certificate.certificate)
        bind = f"--bind=0.0.0.0:{self.sandbox_port}"
        return {"GUNICORN_CMD_ARGS": bind, "SSL_CERT_FILE": trusted, "REQUESTS_CA_BUNDLE": trusted}

    def _web_variables(self, port: int) -> dict[str, str]:
        if not self.options.https:
            return {"WEB_BIND": f"127.0.0.1:{port}"}
        return {
            "WEB_BIND": f"0.0.0.0:{port}",
            "WEB_CERTIFICATE": str(self.certificate.certificate),
            "WEB_CERTIFICATE_KEY": str(self.certificate.key),
        }

    def _answers(self, _pid: int) -> bool:
        context = ssl.create_default_context(cafile=self.certificate.certificate) if self.options.https else None
        try:
            with urllib.request.urlopen(f"{self.site}/readyz", timeout=5, context=context) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _extras(self) -> list[str]:
        lines = [f"mail box   {self.variables['SANDBOX_URL']}/mail/"]
        if not self.draws_tickets:
            lines += ["", "PDF tickets are off: Pango is not installed. Tickets on the screen work."]
        return lines

    # The demo

    def _load_demo(self) -> None:
        """In the background: the shop answers at once, and fills while one looks."""
        if not (ROOT / "demo/management/commands/load_demo.py").exists():
            say("Ctrl-C stops everything in order.")
            return
        self.demo_loader = subprocess.Popen(
            [self.environment.python, "manage.py", "load_demo"],
            cwd=ROOT,
            env={**os.environ, **self.variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.demo_loader.stdout is not None
        for line in self.demo_loader.stdout:
            say(f"{colour('demo     │', 'green')} {line.rstrip()}")
        if self.supervisor.stop_requested:
            return
        if self.demo_loader.wait() != 0:
            warn(f"The demo could not be loaded; the shop is open, but empty. Try: {self._manage_command} load_demo")
            return
        self._describe_demo()

    def _describe_demo(self) -> None:
        description = self._python("manage.py", "describe_demo")
        if description.returncode == 0:
            banner([*description.stdout.rstrip().splitlines(), "", "Ctrl-C stops everything in order."])

    def _stop(self) -> None:
        # From here on a second Ctrl-C must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self.supervisor.request_stop()
        say("stopping …")
        if self.demo_loader is not None and self.demo_loader.poll() is None:
            self.demo_loader.terminate()
        self.supervisor.stop_all()
        self.data.environment.unlink(missing_ok=True)


def static_fingerprint() -> str:
    """Changes when a static file of ours, or the pinned packages that bring others, change."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file():
            state = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()
