"""A log line at WARNING or above fails the test that it came from, unless the test said that it would come."""

import logging
import re
from collections.abc import Iterator

import pytest


class LogGuard(logging.Handler):
    """Keeps the records that nobody expected.

    Attributes:
        unexpected: Them, formatted, in the order in which they came.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        self.unexpected: list[str] = []
        self._allowed: list[tuple[str, re.Pattern[str]]] = []

    def allow(self, logger: str, message: str) -> None:
        """Allow the records of `logger`, and of those below it, in whose message the regular expression is found."""
        self._allowed.append((logger, re.compile(message)))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record unless it is allowed."""
        for logger, message in self._allowed:
            if f"{record.name}.".startswith(f"{logger}.") and message.search(record.getMessage()):
                return
        self.unexpected.append(self.format(record))


@pytest.fixture(autouse=True)
def log_guard() -> Iterator[LogGuard]:
    """Fail the test on unexpected log lines; ``log_guard.allow("app.systems", "signed out")`` expects one."""
    guard = LogGuard()
    logging.getLogger().addHandler(guard)
    yield guard
    logging.getLogger().removeHandler(guard)
    # At the end and not where it is logged: an exception there would change what the test is about.
    if guard.unexpected:
        pytest.fail("unexpected log lines:\n" + "\n".join(guard.unexpected), pytrace=False)
