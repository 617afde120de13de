"""Coroutines in plain tests: ``run(system.search("lux"))``. One loop a test, so that connections can be kept."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, T]], T]


@pytest.fixture
def run() -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """Run a coroutine to its end in this test's own event loop."""
    with asyncio.Runner() as runner:
        yield runner.run
