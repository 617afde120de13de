"""The program's log: in the platform's own folder, rotated, and without secrets or customers' data.

What a system or a user has said never reaches it. Our own messages are written so (an exception's kind, a count, a
status); of an exception only its kind and the places in the code are kept, since its words may quote an answer; of
other libraries only where in them something was said.
"""

import contextlib
import copy
import logging
import os
import queue
import sys
import threading
import traceback
from collections.abc import Iterator
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from types import TracebackType

NAME = "samspil.log"
_MOST_BYTES = 500_000
_KEPT = 3
_OURS = ("app", "samspil")
_LOUD = ("httpx", "httpcore")
"""They log whole URLs at INFO (``shared/facts/desktop.md``), which may hold what a user searched for."""


class SafeFormatter(logging.Formatter):
    """One line a record, and one more a frame of an exception."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record, whatever another handler has made of its exception before."""
        own = copy.copy(record)
        own.exc_text = own.stack_info = None
        return super().format(own)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The words of our own loggers; of others only where they were said."""
        if record.name.partition(".")[0] not in _OURS:
            record.message = f"({Path(record.pathname).name}:{record.lineno})"
        return super().formatMessage(record)

    def formatException(  # noqa: N802
        self,
        ei: "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]",
    ) -> str:
        """The kinds of the exceptions and the places in the code, from the first cause to the last."""
        return "\n".join(_places(ei[1])) if ei[1] is not None else ""


def _places(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _places(cause)
        yield "  which led to"
    yield f"  {type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}"


class _SafeQueueHandler(QueueHandler):
    """Formats in the thread that logs, so that nothing unsafe waits in the queue."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        text = self.format(record)
        return logging.LogRecord(record.name, record.levelno, record.pathname, record.lineno, text, None, None)


class _PrivateFile(RotatingFileHandler):
    """A file only this user reads. A disk that takes nothing costs the log and nothing else."""

    def _open(self):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the type is the library's own
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        stream = super()._open()
        with contextlib.suppress(OSError):
            os.chmod(self.baseFilename, 0o600)
        return stream

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """See `logging.Handler`."""
        del record


class Logs:
    """Writes the log from a thread of its own; `stop` writes what is left."""

    def __init__(self, folder: Path, level: int = logging.WARNING) -> None:
        self.file = folder / NAME
        self._handler = _SafeQueueHandler(queue.SimpleQueue())
        self._handler.setFormatter(SafeFormatter())
        self._to_file = _PrivateFile(self.file, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
        targets: list[logging.Handler] = [self._to_file]
        if sys.stderr is not None:  # there is none in a Windows program without a console
            targets.append(logging.StreamHandler())
        self._listener = QueueListener(self._handler.queue, *targets)
        self._hooks = sys.excepthook, threading.excepthook
        self._start(level)

    def _start(self, level: int) -> None:
        root = logging.getLogger()
        self._former = root.level
        root.setLevel(level)
        root.addHandler(self._handler)
        for name in _LOUD:
            logging.getLogger(name).setLevel(max(level, logging.WARNING))
        sys.excepthook = _on_bug
        threading.excepthook = _on_bug_in_thread
        self._listener.start()

    def stop(self) -> None:
        """Write what waits and close the file."""
        root = logging.getLogger()
        root.removeHandler(self._handler)
        root.setLevel(self._former)
        sys.excepthook, threading.excepthook = self._hooks
        self._listener.stop()
        self._to_file.close()


def _on_bug(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """An exception that nobody caught: a bug. Logged like any other, so without its words."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
        return
    logging.getLogger("app").critical("nobody caught this", exc_info=(kind, error, where))


def _on_bug_in_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        _on_bug(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
