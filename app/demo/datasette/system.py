"""Datasette as a child process: installed once, started each time over the session's warehouse.

What runs under Datasette's own Python is in ``inside/``; nothing here imports datasette.
"""

import asyncio
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from app.demo.children import Child, ChildServer
from app.demo.environment import ensure_environment
from app.demo.home import demo_home
from app.demo.progress import Progress, Report, Stage

SYSTEM = "datasette"
DATABASE = "warehouse"
USERS = ("clerk", "analyst")
"""Who sees the panels and nothing else, and who may also ask in SQL."""

_ROOT = Path(__file__).parents[3]
_LOCK = _ROOT / "packaging" / "locks" / "datasette.txt"
_INSIDE = Path(__file__).with_name("inside")
_TOKENS = "users.json"


class DatasetteServer(ChildServer):
    """A running Datasette that ends with us.

    Attributes:
        url: Where it listens, such as ``http://127.0.0.1:40123``; its own pages are there too.
        database: The warehouse's name, a part of every address.
        users: The token of each user. An analyst signs in to the pages with it as the password.
        tokens_path: The SQLite file of the tokens; a row that is taken away is a token that is revoked.
        log_path: What it printed.
    """

    def __init__(self, child: Child, users: Mapping[str, str], tokens_path: Path, log_path: Path) -> None:
        super().__init__(child)
        self.url = child.ready
        self.database = DATABASE
        self.users = users
        self.tokens_path = tokens_path
        self.log_path = log_path


class DatasetteDemo:
    """Installs the demo's Datasette and starts it.

    Args:
        home: The demo's folder; `demo_home()` when None.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._home = home or demo_home()

    async def prepare(self, report: Report) -> None:
        """Install it, unless it is there. Can be cancelled at any time.

        Raises:
            app.demo.children.ChildError: pip failed; its last lines say what.
        """
        await ensure_environment(SYSTEM, _LOCK, self._home, report)

    async def start(self, work: Path, warehouse: Path, panels: Path, report: Report, port: int = 0) -> DatasetteServer:
        """Serve the warehouse with a canned query for each panel file.

        Args:
            work: The session's own folder for this system. Tokens that an earlier start made there hold on.
            warehouse: The SQLite file. It is read only here, and may be written to by others all the while.
            panels: The folder of the panel files.
            report: Is told of the progress.
            port: On 127.0.0.1; 0 takes a free one.

        Raises:
            app.demo.children.ChildError: It did not start, for instance because a panel file is not understood.
        """
        python = await ensure_environment(SYSTEM, _LOCK, self._home, report)
        report(Progress(SYSTEM, Stage.START, 0.0))
        users = await asyncio.to_thread(_users, work)
        log = work.with_name(f"{work.name}.log")
        options: list[str | Path] = [
            "--warehouse",
            warehouse,
            "--panels",
            panels,
            "--folder",
            work,
            "--port",
            str(port),
        ]
        child = await Child.start([python, _INSIDE / "serve.py", *options], env=_environment(), log=log)
        report(Progress(SYSTEM, Stage.START, 1.0))
        return DatasetteServer(child, users, work / "tokens.sqlite", log)


def _users(work: Path) -> dict[str, str]:
    """The tokens, made anew for each session and readable by this user only."""
    file = work / _TOKENS
    if file.exists():
        kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        return kept
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The plugin finds the row by what is before the hyphen, and compares what is after it.
    made = {user: f"{user}-{secrets.token_hex(16)}" for user in USERS}
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        json.dump(made, opened)
    return made


def _environment() -> dict[str, str]:
    # A Datasette of the user's own on this machine must not lend us its secret or its settings.
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DATASETTE_"))}
    # The panels' "localtime" is the company's day, as the ERP counts it, wherever this machine stands.
    return {**ours, "TZ": "Europe/Copenhagen"}
