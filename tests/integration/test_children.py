"""Child processes end with us: after stop, cancellation, an error, and ``kill -9`` of the parent."""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app.demo.children import Child, ChildError, run

ROOT = Path(__file__).parents[2]

# A server as ours are: it watches its input, and has the prefix line after some noise.
SERVER = """
import os, sys, threading, time
def watch():
    while os.read(0, 1024):
        pass
    os._exit(0)
threading.Thread(target=watch, daemon=True).start()
print("starting æøå", file=sys.stderr)
print("ready http://127.0.0.1:1234", flush=True)
print("x" * 200_000, flush=True)
time.sleep(600)
"""

# A foreign command as pip is: it knows nothing of us and has a child of its own.
FOREIGN = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("child", child.pid, flush=True)
time.sleep(600)
"""

# Somebody who starts both and is killed.
PARENT = f"""
import asyncio, sys
from pathlib import Path
from app.demo.children import Child, run
async def main():
    server = await Child.start([sys.executable, "-c", {SERVER!r}], log=Path(sys.argv[1]))
    print(server.pid, flush=True)
    await run([sys.executable, "-c", {FOREIGN!r}], on_line=lambda line: print(line.split()[1], flush=True))
asyncio.run(main())
"""


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


OursNow = Callable[[], set[int]]


@pytest.fixture
def ours() -> OursNow:
    """The ids of the processes below us that this test has started: servers of the whole session are below us too."""
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    return lambda: {child.pid for child in psutil.Process().children(recursive=True)} - before


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_run_hands_over_every_line_of_both_streams() -> None:
    lines: list[str] = []
    script = "import sys; print('løs'); print('a\\rb'); print('c', file=sys.stderr); print('d', end='')"
    asyncio.run(run([sys.executable, "-c", script], on_line=lines.append))
    assert lines == ["løs", "a", "b", "c", "d"]


def test_run_tells_what_failed() -> None:
    with pytest.raises(ChildError) as caught:
        asyncio.run(run([sys.executable, "-c", "print('no room left'); raise SystemExit(3)"]))
    assert caught.value.returncode == 3
    assert caught.value.lines == ("no room left",)
    with pytest.raises(ChildError, match="no-such-program"):
        asyncio.run(run(["no-such-program"]))


def test_cancelling_ends_the_whole_tree(ours: OursNow) -> None:
    pids: list[int] = []

    async def main() -> None:
        started = asyncio.Event()

        def on_line(line: str) -> None:
            pids.append(int(line.split()[1]))
            started.set()

        task = asyncio.create_task(run([sys.executable, "-c", FOREIGN], on_line=on_line))
        await started.wait()
        pids.extend(ours())
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert len(set(pids)) == 3  # the guard, the command and its child
    assert wait_until(lambda: all(gone(pid) for pid in pids))


def test_an_error_in_the_listener_ends_the_command(ours: OursNow) -> None:
    def on_line(line: str) -> None:
        raise RuntimeError(line)

    with pytest.raises(RuntimeError, match="child"):
        asyncio.run(run([sys.executable, "-c", FOREIGN], on_line=on_line))
    assert wait_until(lambda: not ours())


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_a_server_is_ready_and_ends(tmp_path: Path, how: str) -> None:
    log = tmp_path / "logs" / "server.log"

    async def main() -> Child:
        child = await Child.start([sys.executable, "-c", SERVER], log=log)
        assert child.ready == "http://127.0.0.1:1234"
        assert child.returncode is None
        assert psutil.pid_exists(child.pid)
        await (child.stop() if how == "stop" else child.kill())
        await child.stop()  # a second time is well
        return child

    child = asyncio.run(main())
    assert (child.returncode == 0) is (how == "stop")
    assert gone(child.pid)
    assert "starting æøå\n" in log.read_text(encoding="utf-8")


def test_a_server_that_ends_or_stays_silent(tmp_path: Path, ours: OursNow) -> None:
    log = tmp_path / "server.log"
    with pytest.raises(ChildError, match="port is taken") as caught:
        asyncio.run(Child.start([sys.executable, "-c", "raise SystemExit('port is taken')"], log=log))
    assert caught.value.returncode == 1
    with pytest.raises(ChildError, match="not ready within"):
        asyncio.run(Child.start([sys.executable, "-c", "import time; time.sleep(60)"], log=log, timeout=0.3))
    assert not ours()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX; Windows has a job object for this")
def test_nothing_is_left_when_the_parent_is_killed(tmp_path: Path) -> None:
    async def main() -> list[int]:
        parent = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PARENT, str(tmp_path / "log"), stdout=asyncio.subprocess.PIPE, cwd=ROOT
        )
        assert parent.stdout is not None
        # The server's id, and the id of the foreign command's own child: then everything is up.
        named = {int(await parent.stdout.readline()), int(await parent.stdout.readline())}
        family = {child.pid for child in psutil.Process(parent.pid).children(recursive=True)}
        assert named < family
        assert len(family) == 4  # server, guard, command, its child
        parent.kill()
        await parent.communicate()
        return list(family)

    family = asyncio.run(main())
    assert wait_until(lambda: all(gone(pid) for pid in family), 5), [p for p in family if not gone(p)]
