"""Apache Superset as a reporting system: the charts of its dashboards for a kind of card are the panels."""

from app.systems.superset.manifest import MANIFEST

__all__ = ["MANIFEST"]
