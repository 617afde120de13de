"""The demo's ERP: Tryton 8.2 with the data of a made-up wholesaler."""

from app.demo.tryton.system import ModuleSet, TrytonDemo, TrytonServer

__all__ = ["ModuleSet", "TrytonDemo", "TrytonServer"]
