"""The one way to do work in the background."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Job(Protocol):
    """Work under way."""

    def cancel(self) -> None:
        """Stop it. Neither of its callbacks is called afterwards; without effect when it has ended."""


class Runner(Protocol):
    """Runs coroutines away from the caller's thread and answers in it."""

    def run(
        self,
        work: Coroutine[Any, Any, T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
    ) -> Job:
        """Start ``work``; one of the callbacks is called later, in the caller's thread, exactly once.

        ``on_failed`` gets a `SystemFault`, or any other exception, which is a bug and has been reported as one.
        """
