"""Child processes that die with us, also when we are killed.

Every child's standard input is a pipe whose write end we hold and never write to. When we are gone, in
whatever way, the operating system closes it, and a thread in the child that reads it sees the end and exits.
Our own server scripts have that thread themselves; foreign commands run under ``guard.py``, which has it for
them.

    ChildError      a command failed, or a server ended or stayed silent before it was ready
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Self

_GUARD = Path(__file__).with_name("guard.py")
_LAST_LINES = 40
_CHUNK = 65536


class ChildError(Exception):
    """A child process did not do what it was started for.

    Attributes:
        command: The program and its arguments.
        returncode: Its exit code, or None when it was still running (and has been ended since).
        lines: The last lines that it printed, oldest first.
    """

    def __init__(self, what: str, command: Sequence[str], returncode: int | None, lines: Sequence[str]) -> None:
        self.command = tuple(command)
        self.returncode = returncode
        self.lines = tuple(lines)
        super().__init__("\n".join([f"{what}: {' '.join(command)}", *lines]))


async def run(
    argv: Sequence[str | os.PathLike[str]],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
) -> None:
    """Run a command to its end; end it and all its descendants when this task is cancelled.

    Args:
        argv: The program and its arguments.
        cwd: Its working directory; ours when None.
        env: Its whole environment; ours when None.
        on_line: Is called with each line of its output, standard error included, without the line's end.

    Raises:
        ChildError: It ended with another code than 0.
    """
    command = [os.fspath(part) for part in argv]
    last: deque[str] = deque(maxlen=_LAST_LINES)
    process = await _spawn([sys.executable, "-I", str(_GUARD), *command], cwd, env)
    try:
        async for line in _lines(process):
            last.append(line)
            if on_line is not None:
                on_line(line)
        code = await process.wait()
    except BaseException:
        # Also when on_line raises: nobody would read the pipe any more.
        await _end(process)
        raise
    _close_input(process)
    if code != 0:
        raise ChildError(f"exit code {code}", command, code, last)


class Child:
    """A server process of ours that says when it is ready and ends when its standard input does.

    Attributes:
        ready: What it printed after the prefix when it was ready, such as its address.
    """

    def __init__(self, process: asyncio.subprocess.Process, ready: str, drain: asyncio.Task[None]) -> None:
        self.ready = ready
        self._process = process
        self._drain = drain

    @classmethod
    async def start(
        cls,
        argv: Sequence[str | os.PathLike[str]],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        log: Path,
        ready_prefix: str = "ready ",
        timeout: float = 60.0,  # noqa: ASYNC109  # a part of what "ready" means, and it kills the child
    ) -> Self:
        """Start the process and wait until it prints a line that begins with `ready_prefix`.

        Args:
            argv: The program and its arguments.
            cwd: Its working directory; ours when None.
            env: Its whole environment; ours when None.
            log: All its output, standard error included, is appended here for as long as it runs.
            ready_prefix: How the line begins that says it is ready.
            timeout: Seconds it may take until then.

        Raises:
            ChildError: It ended, or was not ready in time. It is not running any more.
        """
        command = [os.fspath(part) for part in argv]
        last: deque[str] = deque(maxlen=_LAST_LINES)
        log.parent.mkdir(parents=True, exist_ok=True)
        process = await _spawn(command, cwd, env)
        # From here on the drain task owns the file; it is small and line-buffered.
        file = log.open("a", encoding="utf-8", buffering=1)
        is_ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        drain = asyncio.create_task(_drain(process, file, ready_prefix, is_ready, last))
        try:
            async with asyncio.timeout(timeout):
                either: set[asyncio.Future[Any]] = {drain, is_ready}
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
                if not is_ready.done():
                    raise ChildError("ended before it was ready", command, await process.wait(), last)
        except TimeoutError:
            await _end(process, drain)
            raise ChildError(f"not ready within {timeout:g} s", command, None, last) from None
        except BaseException:
            await _end(process, drain)
            raise
        return cls(process, is_ready.result(), drain)

    @property
    def pid(self) -> int:
        """The process id, also after its end."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code, or None while it runs; negative when a signal ended it."""
        return self._process.returncode

    async def wait(self) -> int:
        """Wait until it has ended, for whatever reason, and return its exit code."""
        code = await self._process.wait()
        await asyncio.wait({self._drain})
        _close_input(self._process)
        return code

    async def stop(self, grace: float = 3.0) -> None:
        """Ask it to end by closing its input; after `grace` seconds end it by force.

        Does nothing when it has ended.
        """
        _close_input(self._process)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self._process.wait()
        await _end(self._process, self._drain)

    async def kill(self) -> None:
        """End it at once and without warning, as a crash would."""
        await _end(self._process, self._drain)


class ChildServer:
    """A system of the demo that is a child of ours, and ends with us."""

    def __init__(self, child: Child) -> None:
        self._child = child

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._child.pid

    async def wait(self) -> int:
        """Wait until it has ended, for whatever reason, and return its exit code."""
        return await self._child.wait()

    async def stop(self) -> None:
        """End it in good order."""
        await self._child.stop()

    async def kill(self) -> None:
        """End it as a crash would."""
        await self._child.kill()


async def _spawn(command: Sequence[str], cwd: Path | None, env: Mapping[str, str] | None) -> asyncio.subprocess.Process:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return await asyncio.create_subprocess_exec(
        *command,
        cwd=cwd,
        # Lines must come as they are printed, and in one encoding on every platform.
        env={**(os.environ if env is None else env), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        # A group of its own: ended as a whole, and not reached by a Ctrl+C that is meant for us.
        start_new_session=sys.platform != "win32",
        creationflags=flags,
    )


async def _lines(process: asyncio.subprocess.Process) -> AsyncIterator[str]:
    """Yield the lines of the output; a line may be of any length, and a carriage return ends one too."""
    assert process.stdout is not None  # noqa: S101  # for mypy: _spawn asked for a pipe
    rest = b""
    while chunk := await process.stdout.read(_CHUNK):
        *whole, rest = (rest + chunk).replace(b"\r", b"\n").split(b"\n")
        for line in whole:
            if line:
                yield line.decode("utf-8", "replace")
    if rest:
        yield rest.decode("utf-8", "replace")


async def _drain(
    process: asyncio.subprocess.Process,
    file: IO[str],
    ready_prefix: str,
    is_ready: asyncio.Future[str],
    last: deque[str],
) -> None:
    with file:
        async for line in _lines(process):
            file.write(line + "\n")
            last.append(line)
            if not is_ready.done() and line.startswith(ready_prefix):
                is_ready.set_result(line.removeprefix(ready_prefix).strip())


def _close_input(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()


async def _end(process: asyncio.subprocess.Process, drain: asyncio.Task[None] | None = None) -> None:
    """End the process and its group by force and wait for it, however often the waiting task is cancelled."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            if sys.platform != "win32":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                # The guard's job object takes the descendants; our own servers have none.
                process.kill()
    _close_input(process)
    ending = asyncio.ensure_future(_ended(process, drain))
    cancelled = False
    while not ending.done():
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        raise asyncio.CancelledError


async def _ended(process: asyncio.subprocess.Process, drain: asyncio.Task[None] | None) -> None:
    # The output is read to its end as well: the transport stays open until then.
    if drain is not None:
        await asyncio.wait({drain})
    elif process.stdout is not None:
        await process.stdout.read()
    await process.wait()
