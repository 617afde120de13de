"""Files for other programs, and those programs. Implements `app.ports.handover.HandOver`.

A program that was handed a file reads it when it likes: a mail program when the mail is sent. So copies stay for an
hour, also when the app ends before; those of an earlier run are removed by the next one.
"""

import contextlib
import errno
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from app.domain.documents import Document
from app.ports.handover import HandOverFailed, HandOverProblem

_PREFIX = "samspil-documents-"
_KEPT_FOR = 3600.0  # seconds
_STARTS_WITHIN = 8.0
"""Seconds after which a helper that is still running has started its program: Thunderbird's waits for its window."""
_PROBLEMS = {
    errno.ENOSPC: HandOverProblem.FULL,
    errno.EDQUOT: HandOverProblem.FULL,
    errno.EFBIG: HandOverProblem.FULL,
    errno.EACCES: HandOverProblem.NOT_ALLOWED,
    errno.EPERM: HandOverProblem.NOT_ALLOWED,
    errno.EROFS: HandOverProblem.NOT_ALLOWED,
    errno.ENOENT: HandOverProblem.NO_FOLDER,
    errno.ENOTDIR: HandOverProblem.NO_FOLDER,
}

Launch = Callable[[Sequence[str]], None]


class DesktopHandOver:
    """The user's folders and programs on this computer.

    Args:
        launch: Runs a helper such as ``xdg-open``; raises OSError where there is none, or it says that it failed.
    """

    def __init__(self, launch: Launch | None = None, *, platform: str = sys.platform) -> None:
        self._helpers: list[subprocess.Popen[bytes]] = []
        self._launch = launch or self._run
        self._platform = platform
        self._folder: Path | None = None

    def save(self, document: Document, path: Path) -> None:
        """See `HandOver.save`."""
        # Beside it, so that it is on the same disk and takes its place at once.
        temporary = path.with_name(f".samspil-{secrets.token_hex(8)}")
        try:
            with temporary.open("xb") as file:
                file.write(document.content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise _failed(error) from error

    def open(self, document: Document) -> None:
        """See `HandOver.open`."""
        self._start(self._copy(document.file_name, document.content))

    def mail(self, document: Document, to: str) -> None:
        """See `HandOver.mail`."""
        if self._platform not in ("win32", "darwin"):
            path = self._copy(document.file_name, document.content)
            address = [f"mailto:{quote(to, safe='@')}"] if to else []
            with contextlib.suppress(OSError):
                self._launch(["xdg-email", "--utf8", "--subject", document.title, "--attach", str(path), *address])
                return
        # Where no helper takes an attachment: a draft, which mail programs open to be finished and sent.
        # Imported here: 10 ms that the program's start does not have.
        from email.message import EmailMessage
        from email.policy import SMTP

        draft = EmailMessage(policy=SMTP)
        draft["X-Unsent"] = "1"
        draft["Subject"] = document.title
        if to:
            draft["To"] = to
        draft.set_content("\n")
        main, _, sub = document.media_type.partition("/")
        draft.add_attachment(document.content, maintype=main, subtype=sub, filename=document.file_name)
        self._start(self._copy(f"{document.title}.eml", draft.as_bytes()))

    def close(self) -> None:
        """See `HandOver.close`."""
        for helper in self._helpers:
            helper.poll()
            # Still at work for its program: not ours to end, and nobody's to wait for.
            helper.returncode = helper.returncode or 0
        self._sweep()

    def _start(self, path: Path) -> None:
        try:
            if self._platform == "win32":
                self._launch(["cmd", "/c", "start", "", str(path)])
            else:
                self._launch(["open" if self._platform == "darwin" else "xdg-open", str(path)])
        except OSError as error:
            raise HandOverFailed(HandOverProblem.NO_PROGRAM, str(error)) from error

    def _copy(self, name: str, content: bytes) -> Path:
        """A file of this name that only this user can read."""
        try:
            if self._folder is None or not self._folder.is_dir():
                self._sweep()
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            path = Path(tempfile.mkdtemp(dir=self._folder)) / name
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
        except OSError as error:
            raise _failed(error) from error
        return path

    def _sweep(self) -> None:
        """Remove what was handed out long enough ago, here and by earlier runs of this user's."""
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                if folder.is_symlink() or (hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()):
                    continue
                for inner in folder.iterdir():
                    if time.time() - inner.stat().st_mtime > _KEPT_FOR:
                        shutil.rmtree(inner, ignore_errors=True)
                folder.rmdir()  # stays while there is something in it

    def _run(self, command: Sequence[str]) -> None:
        if self._platform == "win32":
            os.startfile(command[-1])  # type: ignore[attr-defined,unused-ignore]  # noqa: S606
            return
        nothing = subprocess.DEVNULL
        helper = subprocess.Popen(
            command, stdin=nothing, stdout=nothing, stderr=nothing, env=_environment(), start_new_session=True
        )
        try:
            code = helper.wait(_STARTS_WITHIN)
        except subprocess.TimeoutExpired:
            self._helpers.append(helper)
            return
        if code:
            raise OSError(f"{command[0]} ended with {code}")


def _environment() -> Mapping[str, str]:
    """The user's own: a bundle puts its libraries in front, with which other programs do not run."""
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH"):
            original = environment.pop(f"{name}_ORIG", None)
            environment.pop(name, None)
            if original is not None:
                environment[name] = original
    return environment


def _failed(error: OSError) -> HandOverFailed:
    return HandOverFailed(_PROBLEMS.get(error.errno or 0, HandOverProblem.OTHER), error.strerror or str(error))
