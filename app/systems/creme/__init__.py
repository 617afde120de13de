"""Creme as a CRM: contacts, touch points, sales, cases and campaigns, through the add-on in ``addon/``."""

from app.systems.creme.manifest import MANIFEST

__all__ = ["MANIFEST"]
