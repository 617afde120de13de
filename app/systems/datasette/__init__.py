"""Datasette as a reporting system: its canned queries are the panels."""

from app.systems.datasette.manifest import MANIFEST

__all__ = ["MANIFEST"]
