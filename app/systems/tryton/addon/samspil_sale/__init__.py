"""Samspil's door into Tryton's sales: many lines priced in one call, by Tryton's own `on_change`."""
