"""What leaves the app for the user's own folders and programs."""

from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.domain.documents import Document


class HandOverProblem(StrEnum):
    """Why something did not leave, as the user can act on it."""

    FULL = "full"  # no room there
    NOT_ALLOWED = "not_allowed"  # the folder or the file is read-only for this user
    NO_FOLDER = "no_folder"  # it is not there (any more)
    NO_PROGRAM = "no_program"  # the computer has no program for it, or it did not start
    UNREADABLE = "unreadable"  # a PDF that cannot be shown or printed: damaged, or locked by a password
    OTHER = "other"


class HandOverFailed(Exception):
    """Nothing left. A file that was there before is as it was.

    Attributes:
        problem: What the user can act on.
        detail: The system's own words, for the fold-out.
    """

    def __init__(self, problem: HandOverProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem
        self.detail = detail


class HandOver(Protocol):
    """Saves documents and hands them to other programs. Its methods wait for the disk: call them in a thread.

    Every one raises `HandOverFailed`.
    """

    def save(self, document: Document, path: Path) -> None:
        """Write it to ``path``, over what is there: wholly or not at all."""

    def open(self, document: Document) -> None:
        """Open a copy of it with the user's own program for such files."""

    def mail(self, document: Document, to: str) -> None:
        """Begin a mail with it in the user's own mail program. Sends nothing: that is the user's to do.

        Args:
            to: An address, or empty.
        """

    def close(self) -> None:
        """Remove the copies that other programs have been given, except those they may not have read yet."""
