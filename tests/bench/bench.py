"""What the measures work with: the real systems, started once, and the app in fresh processes on them."""

import asyncio
import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from app.bootstrap import manifests
from app.demo.progress import Progress
from app.demo.world import DemoLogin, DemoServers, DemoWorld
from app.storage.settings import Settings
from tests.bench.long_orders import is_erp, make_orders
from tests.bench.order import Order, write_order
from tests.faults.campaign import Campaign, Result
from tests.helpers.background import BackgroundLoop
from tests.helpers.proxy import Proxy

_ROOT = Path(__file__).parents[2]
_PATIENCE = 900.0
"""Seconds for one child: a tour takes about twenty, the speeds some minutes, and many where others use the machine."""

_SEED = 3
_FAULTED = 1000

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Systems:
    """The running systems: how to sign in, and what the keyring would hold of each (a password or a token)."""

    logins: Sequence[DemoLogin]
    secrets: Mapping[str, str]


class Bench:
    """Starts the systems when they are first needed; a context manager that stops them.

    Attributes:
        explain: Children are to say where the window was held, which disturbs what they measure.
    """

    def __init__(self, *, tours: int = 5, explain: bool = False) -> None:
        self.explain = explain
        self._tour_runs = tours
        self._tours: list[Answer] = []
        self._lines: Answer | None = None
        self._answers: dict[str, Answer | RuntimeError] = {}
        self._faults: Result | None = None
        self._systems: Systems | None = None
        self._everything: Systems | None = None
        self._servers: DemoServers | None = None
        self._proxy: Proxy | None = None
        self._shown: set[tuple[str, str]] = set()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="samspil-bench-")))
        # An installed program has its bytecode beside it, and so has a clone from its second start on.
        for folder in ("app", "tests/bench"):
            compileall.compile_dir(_ROOT / folder, quiet=2)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @staticmethod
    def say(text: str) -> None:
        """Tell how far it is, beside the table."""
        print(f"bench: {text}", file=sys.stderr, flush=True)  # noqa: T201

    def tours(self) -> Sequence[Answer]:
        """The tour of the main job, each in a process of its own; made once for all measures that look at it."""
        if not self._tours:
            for number in range(self._tour_runs):
                self.say(f"tour {number + 1} of {self._tour_runs}")
                self._tours.append(self.child("tour"))
        return self._tours

    def lines(self) -> Answer:
        """Order lines typed in the window, with all requests counted; made once."""
        if self._lines is None:
            self._lines = self.child("lines")
        return self._lines

    def opening(self) -> Answer:
        """Orders opened and edited, and the bare calls that this rests on, in turns; made once."""

        def measure() -> Answer:
            short, long, edited = self.orders(100, 100), self.orders(1000, 1000), self.orders(10, 1000)
            return self.child("speed", open=[[12, short], [8, long]], edit=edited)

        return self._once("opening", measure)

    def adding(self) -> Answer:
        """Lines typed and pasted, and the bare calls that this rests on, in turns; made once."""

        def measure() -> Answer:
            work = self.orders(*[10] * 8)
            pastes = [[50, 6, *work[2:4]], [300, 5, *work[4:6]], [1000, 2, *work[6:]]]
            return self.child("speed", add=[*work[:2], 12], paste=pastes)

        return self._once("adding", measure)

    def _once(self, name: str, measure: Callable[[], Answer]) -> Answer:
        """What several measures look at; where it failed it is not tried again for each."""
        if name not in self._answers:
            self._answers[name] = RuntimeError(f"{name} could not be measured")
            self._answers[name] = measure()
        answer = self._answers[name]
        if isinstance(answer, RuntimeError):
            raise answer
        return answer

    def faults(self) -> Result:
        """A thousand faulted writes on an ERP of their own; made once."""
        if self._faults is None:
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            self._faults = asyncio.run(Campaign(folder, _SEED, _FAULTED, self.say).run())
            if self._faults.bugs:
                raise RuntimeError(f"the fault campaign went wrong: {self._faults}")
        return self._faults

    def orders(self, *sizes: int) -> list[str]:
        """The keys of new orders in the ERP, one of each of these numbers of lines."""
        systems = self.systems()
        self.say(f"making orders of {', '.join(map(str, sizes))} lines")
        return asyncio.run(make_orders(systems.logins, systems.secrets, sizes))

    def typed(self, lines: int, latency: float) -> Answer:
        """So many lines typed in the window while every answer of the ERP comes so many seconds later."""
        proxy = self._proxy_to_erp()
        proxy.latency = latency
        try:
            return self.child("type_50", erp_url=proxy.url, lines=lines)
        finally:
            proxy.latency = 0.0

    def child(
        self,
        scenario: str,
        *,
        erp_url: str = "",
        patience: float = _PATIENCE,
        everything: bool = False,
        **given: Any,
    ) -> Answer:
        """Run ``scenarios/<scenario>.py`` in a fresh process with fresh settings, and return what it found.

        ``erp_url`` is where it meets the ERP, when it is not to be at its own address; ``patience`` is in seconds. With
        ``everything`` it meets the reporting, time and expense systems too.
        ``given`` is what it reads from its `Order`. ``started`` in the answer is `time.perf_counter` before the process
        began: one clock for all processes.

        Raises:
            RuntimeError: It failed; what it said is on standard error.
            subprocess.TimeoutExpired: It hung, and was ended.
        """
        systems = self.everything() if everything else self.systems()
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        settings = Settings(folder)
        for login in systems.logins:
            is_moved = bool(erp_url) and is_erp(login)
            settings.keep_connection(replace(login.connection, url=erp_url) if is_moved else login.connection)
        settings.save()
        write_order(folder, Order(systems.secrets, explain=self.explain, given=given))
        env = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHON_KEYRING_BACKEND": "tests.bench.keyring_stub.Keyring",
            "SAMSPIL_BENCH_FOLDER": str(folder),
        }
        command = [sys.executable, "-m", "tests.bench.child", scenario, str(folder)]
        started = time.perf_counter()
        result = subprocess.run(
            command,
            cwd=_ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=patience,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)
        if result.returncode != 0:
            raise RuntimeError(f"the scenario {scenario} ended with {result.returncode}")
        answer: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
        return {**answer, "started": started}

    def _proxy_to_erp(self) -> Proxy:
        if self._proxy is None:
            (login,) = filter(is_erp, self.systems().logins)
            loop = self._stack.enter_context(BackgroundLoop())
            self._proxy = Proxy(login.connection.url)
            loop.run(self._proxy.start())
            self._stack.callback(lambda proxy=self._proxy: loop.run(proxy.stop()))
        return self._proxy

    def systems(self) -> Systems:
        """The ERP and the CRM, running."""
        if self._systems is None:
            self._loop = loop = self._stack.enter_context(BackgroundLoop())
            self._world = world = DemoWorld()
            logins = loop.run(world.start(self._report))
            self._stack.callback(lambda: loop.run(world.stop()))
            self._servers = world.servers
            self._systems = Systems(logins, loop.run(_secrets(logins)))
        return self._systems

    def everything(self) -> Systems:
        """All of the demo's systems, running."""
        first = self.systems()
        if self._everything is None:
            run, world, report = self._loop.run, self._world, self._report
            more = (world.join_expenses, world.join_time, world.join)
            logins = (*first.logins, *(run(join(report)) for join in more))
            self._everything = Systems(logins, run(_secrets(logins)))
        return self._everything

    def _report(self, progress: Progress) -> None:
        step = (progress.system, progress.stage.value)
        if step not in self._shown:
            self._shown.add(step)
            self.say(f"{progress.system}: {progress.stage.value}")

    def servers(self) -> DemoServers:
        """The running systems themselves, for what no clerk of ours does."""
        self.systems()
        if self._servers is None:
            raise RuntimeError("the systems do not run")
        return self._servers


async def _secrets(logins: Sequence[DemoLogin]) -> Mapping[str, str]:
    """What a keyring would hold after these users had signed in."""
    found, kept = manifests(), {}
    for login in logins:
        name = login.connection.system
        system = found[name].connect(login.connection, None)
        identity = await system.sign_in(login.password)
        kept[name] = identity.renewal or login.password
        await system.close()
    return kept
