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
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from app.bootstrap import manifests
from app.demo.progress import Progress
from app.demo.world import DemoLogin, DemoWorld
from app.storage.settings import Settings
from tests.bench.order import Order, write_order
from tests.faults.campaign import Campaign, Result
from tests.helpers.background import BackgroundLoop

_ROOT = Path(__file__).parents[2]
_PATIENCE = 180.0
"""Seconds for one child: a tour takes about twenty."""

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
        self._faults: Result | None = None
        self._systems: Systems | None = None
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

    def faults(self) -> Result:
        """A thousand faulted writes on an ERP of their own; made once."""
        if self._faults is None:
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            self._faults = asyncio.run(Campaign(folder, _SEED, _FAULTED, self.say).run())
            if self._faults.bugs:
                raise RuntimeError(f"the fault campaign went wrong: {self._faults}")
        return self._faults

    def child(self, scenario: str) -> Answer:
        """Run ``scenarios/<scenario>.py`` in a fresh process with fresh settings, and return what it found.

        ``started`` in the answer is `time.perf_counter` before the process began: one clock for all processes.

        Raises:
            RuntimeError: It failed; what it said is on standard error.
            subprocess.TimeoutExpired: It hung, and was ended.
        """
        systems = self.systems()
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        settings = Settings(folder)
        for login in systems.logins:
            settings.keep_connection(login.connection)
        settings.save()
        write_order(folder, Order(systems.secrets, explain=self.explain))
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
            timeout=_PATIENCE,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)
        if result.returncode != 0:
            raise RuntimeError(f"the scenario {scenario} ended with {result.returncode}")
        answer: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
        return {**answer, "started": started}

    def systems(self) -> Systems:
        """The ERP and the CRM, running."""
        if self._systems is None:
            loop = self._stack.enter_context(BackgroundLoop())
            world = DemoWorld()
            shown: set[tuple[str, str]] = set()

            def report(progress: Progress) -> None:
                step = (progress.system, progress.stage.value)
                if step not in shown:
                    shown.add(step)
                    self.say(f"{progress.system}: {progress.stage.value}")

            logins = loop.run(world.start(report))
            self._stack.callback(lambda: loop.run(world.stop()))
            self._systems = Systems(logins, loop.run(_secrets(logins)))
        return self._systems


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
