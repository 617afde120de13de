"""The demo's reporting system: Datasette over the warehouse."""

from app.demo.datasette.system import DatasetteDemo, DatasetteServer

__all__ = ["DatasetteDemo", "DatasetteServer"]
