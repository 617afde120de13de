"""Exactly once: a real Tryton, and everything that can go wrong with a write."""

import asyncio
from pathlib import Path

from tests.faults.campaign import Campaign


def test_nothing_is_lost_doubled_or_overwritten(tmp_path: Path) -> None:
    result = asyncio.run(Campaign(tmp_path, seed=1, faulted=100).run())
    assert result.faulted >= 100, result
    assert not result.bugs, result
    assert not result.lost, result
    assert not result.doubled, result
    assert not result.overwritten, result
    assert result.recovered, result
    print(result)  # noqa: T201  # shown with -s, and when something above fails
