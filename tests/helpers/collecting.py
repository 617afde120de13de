"""Python's cyclic collector runs between the tests, in the thread that runs them.

Left to itself it runs in whichever thread allocates, which may be one of the tests' servers: there it takes a window of
an earlier test apart while Qt uses it, and the process crashes somewhere else (`app.runtime.collector`).
"""

import gc
import itertools
from collections.abc import Iterator

import pytest

_MANY = 5_000
"""Objects that a test has left from which on it is worth looking."""
_EVERYTHING = 25
"""Of so many looks one is through everything; the others through what is new."""

_looks = itertools.count(1)


def pytest_configure() -> None:
    gc.disable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    yield
    if gc.get_count()[0] > _MANY:
        gc.collect(1 if next(_looks) % _EVERYTHING else 2)
