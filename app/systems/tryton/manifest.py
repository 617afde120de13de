"""What this folder tells of itself. Imports nothing heavy, so that listing the systems is quick."""

from typing import Any

from app.ports.connection import Connection, Manifest, OptionField, SystemKind
from app.ports.erp import ErpSystem
from app.ports.expense import ExpenseSystem
from app.ports.time import TimeSystem


def connect(connection: Connection, transport: Any = None) -> ErpSystem:
    """The system behind ``connection``. ``transport`` is an httpx transport that a test puts in between, or None."""
    from app.systems.tryton.client import Client
    from app.systems.tryton.system import Tryton

    return Tryton(Client(connection, transport), language=connection.language)


def connect_time(connection: Connection, transport: Any = None) -> TimeSystem:
    """The same for its projects and timesheets, which may be in another database."""
    from app.systems.tryton.client import Client
    from app.systems.tryton.time_system import TrytonTime

    return TrytonTime(Client(connection, transport), language=connection.language)


def connect_expenses(connection: Connection, transport: Any = None) -> ExpenseSystem:
    """The same for travel expenses in its analytic accounts."""
    from app.systems.tryton.client import Client
    from app.systems.tryton.expense_system import TrytonExpenses

    axis = connection.options.get("axis", "")
    return TrytonExpenses(Client(connection, transport), language=connection.language, axis=axis)


_DATABASE = OptionField(key="database", label="Database", default="tryton")

MANIFEST = Manifest(
    name="tryton",
    title="Tryton",
    kind=SystemKind.ERP,
    connect=connect,
    options=(_DATABASE,),
    series=("8.2",),
)

TIME_MANIFEST = Manifest(
    name="tryton-time",
    title="Tryton",
    kind=SystemKind.TIME,
    connect=connect_time,
    options=(_DATABASE,),
    series=("8.2",),
)

EXPENSE_MANIFEST = Manifest(
    name="tryton-expenses",
    title="Tryton",
    kind=SystemKind.EXPENSE,
    connect=connect_expenses,
    options=(_DATABASE, OptionField(key="axis", label="Analytic axis", default="EXPENSES")),
    series=("8.2",),
)
