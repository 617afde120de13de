"""Tryton as a demo system: installed, built once, and started on a copy for each session.

What runs under Tryton's own Python is in ``inside/``; nothing here imports trytond.
"""

import asyncio
import json
import os
import secrets
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from app.demo.children import Child, ChildServer, run
from app.demo.environment import ensure_environment
from app.demo.home import demo_home
from app.demo.progress import Progress, Report, Stage, parse
from app.demo.template import copy_template, ensure_template, key_of

SYSTEM = "tryton"
TIME_SYSTEM = "tryton-time"
DATABASE = "samspil"
LOGINS = ("admin", "clerk", "clerk2", "reporting")
"""The administrator, two order clerks so that two people can be at one order, and who the warehouse is loaded as."""

_ROOT = Path(__file__).parents[3]
_LOCK = _ROOT / "packaging" / "locks" / "tryton.txt"
DATA = _ROOT / "resources" / "demo"
"""The tables that the demo is filled from."""
_INSIDE = Path(__file__).with_name("inside")
_ADDONS = _ROOT / "app" / "systems" / "tryton" / "addon"
"""Modules of ours, active in the full set only: the app does without them too."""
# Only what the ERP is filled from: a change to the CRM's files does not build it anew.
TABLES = (
    "addresses",
    "companies",
    "order_lines",
    "orders",
    "price_list_lines",
    "price_lists",
    "product_customers",
    "products",
)
# With analytic accounts also what was spent on projects.
_EXPENSE_TABLES = ("employees", "expenses", "project_orders", "projects")
_TIME_TABLES = ("companies", "employees", "project_tasks", "projects", "timesheets")
# What each is built by beside that: a change to the one does not build the other anew.
_TIME_SCRIPTS = frozenset({"build_time.py", "hours.py"})
_SHARED_SCRIPTS = frozenset({"activate.py", "foundation.py", "passwords.py", "progress.py", "rows.py"})
_PASSWORDS = "passwords.json"


class ModuleSet(StrEnum):
    """Which of Tryton's modules are active; the filling adapts to what is there."""

    FULL = "full"
    """What a wholesaler uses: about forty modules."""
    MINIMAL = "minimal"
    """``sale`` and ``sale_price_list`` with what they depend on: the least that the app supports."""
    TIME = "time"
    """Projects and timesheets: a time registration of its own, beside the ERP."""

    @property
    def system(self) -> str:
        """What the demo calls a Tryton with these modules, in its progress and its folders."""
        return {ModuleSet.FULL: SYSTEM, ModuleSet.MINIMAL: f"{SYSTEM}-minimal", ModuleSet.TIME: TIME_SYSTEM}[self]


class TrytonServer(ChildServer):
    """A running ERP that ends with us.

    Attributes:
        url: Where it listens, such as ``http://127.0.0.1:40123``.
        database: The database's name, a part of every address.
        users: The password of each login.
        database_path: The SQLite file, or None on PostgreSQL.
    """

    def __init__(self, child: Child, users: Mapping[str, str], database_path: Path | None) -> None:
        super().__init__(child)
        self.url = child.ready
        self.database = DATABASE
        self.users = users
        self.database_path = database_path


class TrytonDemo:
    """Prepares the ERP once and starts it as often as it is asked to.

    Args:
        home: The demo's folder; `demo_home()` when None.
        modules: Which modules are to be active.
        uri: ``postgresql://user:password@host:port/`` of a server that has an empty database ``samspil``, which
            `prepare` fills; there is no template then. A SQLite file when None.
        data: The folder of the tables to fill it from.
        keeps_connections: The server uses its connections to SQLite again, a third of the work for small requests.
            Tests may want that; else Tryton is left as it comes.
    """

    def __init__(
        self,
        home: Path | None = None,
        *,
        modules: ModuleSet = ModuleSet.FULL,
        uri: str | None = None,
        data: Path = DATA,
        keeps_connections: bool = False,
    ) -> None:
        self._home = demo_home() if home is None else home
        self._modules = modules
        self._uri = uri
        self._data = data
        self._keeps_connections = keeps_connections
        self._python: Path | None = None
        self._template: Path | None = None
        self._passwords: Mapping[str, str] = {}

    async def prepare(self, report: Report) -> None:
        """Install Tryton and build the database, each only when it is not there yet; may be cancelled.

        The days in the data count from the day of building: a template does not grow younger. Its key is made of
        the lock file, the scripts and the tables, so a change to any of them builds a new one.

        Raises:
            app.demo.children.ChildError: A package could not be fetched, or the database could not be built (on
                PostgreSQL also when it is not empty).
        """
        python = await ensure_environment(SYSTEM, _LOCK, self._home, report)
        self._python = python
        if self._uri is not None:
            self._passwords = _new_passwords()
            await self._build(python, self._passwords, None, report)
            return

        async def build(folder: Path) -> None:
            passwords = _new_passwords()
            await self._build(python, passwords, folder, report)
            await asyncio.to_thread(_keep, folder / _PASSWORDS, passwords)

        key = await asyncio.to_thread(key_of, self._sources(), self._modules)
        self._template = await ensure_template(self._home, self._modules.system, key, build)

    async def start(self, work: Path, report: Report, port: int = 0) -> TrytonServer:
        """Copy the template into `work` and serve it.

        Args:
            work: A folder of this session, new or empty; it gets the database, its passwords and the log.
            report: Is told when the server is being started and when it is ready.
            port: On the loopback interface; any free one when 0.

        Raises:
            RuntimeError: `prepare` has not been called.
            FileExistsError: `work` has something in it.
            app.demo.children.ChildError: The server did not start; its last lines say why.
        """
        if self._python is None:
            raise RuntimeError("prepare() comes before start()")
        report(Progress(self._modules.system, Stage.START, 0.0))
        command: list[str | Path] = [self._python, _INSIDE / "serve.py", "--port", str(port)]
        command += self._addons
        if self._keeps_connections:
            command.append("--keep-connections")
        passwords, path = self._passwords, None
        if self._template is not None:
            await copy_template(self._template, work)
            path = work / f"{DATABASE}.sqlite"
            passwords = json.loads(await asyncio.to_thread((work / _PASSWORDS).read_text, encoding="utf-8"))
            command += ["--folder", work]
        child = await Child.start(command, env=self._environment(), log=work / "server.log")
        report(Progress(self._modules.system, Stage.START, 1.0))
        return TrytonServer(child, passwords, path)

    async def _build(self, python: Path, passwords: Mapping[str, str], folder: Path | None, report: Report) -> None:
        def on_line(line: str) -> None:
            if progress := parse(self._modules.system, line):
                report(progress)

        if self._modules is ModuleSet.TIME:
            command: list[str | Path] = [python, _INSIDE / "build_time.py", "--data", self._data]
        else:
            command = [python, _INSIDE / "build.py", "--data", self._data, "--modules", self._modules]
        command += self._addons
        if folder is not None:
            command += ["--folder", folder]
        secrets_of = {f"SAMSPIL_{login.upper()}_PASSWORD": word for login, word in passwords.items()}
        await run(command, env=self._environment() | secrets_of, on_line=on_line)

    def _sources(self) -> list[Path]:
        """What the database is made from."""
        is_time = self._modules is ModuleSet.TIME
        wanted = _TIME_SCRIPTS | _SHARED_SCRIPTS
        scripts = [
            one for one in _INSIDE.glob("*.py") if (one.name in wanted if is_time else one.name not in _TIME_SCRIPTS)
        ]
        tables = {
            ModuleSet.FULL: (*TABLES, *_EXPENSE_TABLES),
            ModuleSet.MINIMAL: TABLES,
            ModuleSet.TIME: _TIME_TABLES,
        }[self._modules]
        addons = _ADDONS.rglob("*.py") if self._addons else ()
        return [_LOCK, *scripts, *addons, *(self._data / f"{table}.csv" for table in tables)]

    @property
    def _addons(self) -> list[str | Path]:
        return ["--addons", _ADDONS] if self._modules is ModuleSet.FULL else []

    def _environment(self) -> dict[str, str]:
        # A Tryton of the user's own on this machine must not lend us its configuration.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TRYTOND_")}
        if self._uri is not None:
            environment["TRYTOND_DATABASE_URI"] = self._uri
        return environment


def _new_passwords() -> dict[str, str]:
    return {login: secrets.token_urlsafe(12) for login in LOGINS}


def _keep(path: Path, passwords: Mapping[str, str]) -> None:
    """Write the passwords where only this user can read them, beside the database that they open."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(dict(passwords), file)
