"""Tryton as an ERP: customers, products, prices and orders over its JSON-RPC, whatever modules are active."""

from app.systems.tryton.manifest import EXPENSE_MANIFEST, MANIFEST, TIME_MANIFEST

__all__ = ["EXPENSE_MANIFEST", "MANIFEST", "TIME_MANIFEST"]
