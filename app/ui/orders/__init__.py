"""The editor of the ERP's own order lines."""
