"""Work in a thread that may fail for reasons the user can act on."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from app.ports.handover import HandOverFailed, HandOverProblem
from app.ports.jobs import Job, Runner

T = TypeVar("T")


def attempt(
    runner: Runner, work: Callable[[], T], on_done: Callable[[T], None], on_failed: Callable[[HandOverFailed], None]
) -> Job:
    """Do ``work`` in a thread. Anything but `HandOverFailed` is a bug, and told all the same."""

    async def tried() -> T | HandOverFailed:
        try:
            return await asyncio.to_thread(work)
        except HandOverFailed as failure:
            return failure

    def ended(result: T | HandOverFailed) -> None:
        if isinstance(result, HandOverFailed):
            on_failed(result)
        else:
            on_done(result)

    return runner.run(tried(), ended, lambda error: on_failed(HandOverFailed(HandOverProblem.OTHER, repr(error))))
