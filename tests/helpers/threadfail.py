"""A thread that outlives its test fails it."""

import threading
import time
from collections.abc import Iterator

import pytest

# A thread that has been told to end needs a moment on a loaded machine.
GRACE_SECONDS = 2.0


def started_since(before: set[threading.Thread]) -> set[threading.Thread]:
    """Return the running threads that are not in `before`.

    Threads that Qt or another library made and that only ran some Python are not ours to end.
    """
    return {
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    }


@pytest.fixture(autouse=True)
def thread_guard() -> Iterator[None]:
    """Fail the test that leaves a thread behind. Fixtures of a wider scope are set up before, so theirs may stay."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + GRACE_SECONDS
    while (left := started_since(before)) and time.monotonic() < end:
        time.sleep(0.01)
    if left:
        pytest.fail(f"threads left running: {', '.join(sorted(thread.name for thread in left))}", pytrace=False)
