"""What this folder tells of itself. Imports nothing heavy, so that listing the systems is quick."""

from typing import Any

from app.ports.connection import Connection, Manifest, SystemKind
from app.ports.crm import CrmSystem


def connect(connection: Connection, transport: Any = None) -> CrmSystem:
    """The system behind ``connection``. ``transport`` is an httpx transport that a test puts in between, or None."""
    from app.systems.creme.client import Client
    from app.systems.creme.system import Creme

    return Creme(Client(connection, transport))


MANIFEST = Manifest(name="creme", title="Creme CRM", kind=SystemKind.CRM, connect=connect, series=("Creme 2.8",))
