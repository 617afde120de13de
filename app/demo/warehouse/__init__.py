"""The warehouse: the small database behind the reporting system, and what fills it."""

from app.demo.warehouse.system import PANELS, Source, Warehouse, WarehouseLoad

__all__ = ["PANELS", "Source", "Warehouse", "WarehouseLoad"]
