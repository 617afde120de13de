"""What this folder tells of itself. Imports nothing heavy, so that listing the systems is quick."""

from typing import Any

from app.ports.connection import Connection, Manifest, OptionField, SystemKind
from app.ports.erp import ErpSystem


def connect(connection: Connection, transport: Any = None) -> ErpSystem:
    """The system behind ``connection``. ``transport`` is an httpx transport that a test puts in between, or None."""
    from app.systems.tryton.client import Client
    from app.systems.tryton.system import Tryton

    return Tryton(Client(connection, transport), language=connection.language)


MANIFEST = Manifest(
    name="tryton",
    title="Tryton",
    kind=SystemKind.ERP,
    connect=connect,
    options=(OptionField(key="database", label="Database", default="tryton"),),
)
