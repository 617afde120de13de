"""What this folder tells of itself. Imports nothing heavy, so that listing the systems is quick."""

from typing import Any

from app.ports.connection import Connection, Manifest, OptionField, SystemKind
from app.ports.reporting import ReportingSystem


def connect(connection: Connection, transport: Any = None) -> ReportingSystem:
    """The system behind ``connection``. ``transport`` is an httpx transport that a test puts in between, or None."""
    from app.systems.superset.client import Client
    from app.systems.superset.system import Superset

    return Superset(Client(connection, transport), language=connection.language)


MANIFEST = Manifest(
    name="superset",
    title="Apache Superset",
    kind=SystemKind.REPORTING,
    connect=connect,
    options=(OptionField("provider", "Sign-in method", "db"),),
    series=("Superset 6.1",),
)
