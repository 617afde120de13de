"""Samspil: the CRM's contact card beside the ERP's own order lines, in one window."""

__version__ = "0.1.0"
