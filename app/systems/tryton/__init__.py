"""Tryton as an ERP: customers, products, prices and orders over its JSON-RPC, whatever modules are active."""

from app.systems.tryton.manifest import MANIFEST

__all__ = ["MANIFEST"]
