"""A real Creme CRM with our add-on, made-up data and a free loopback port."""

from app.demo.creme.system import CremeDemo, CremeServer

__all__ = ["CremeDemo", "CremeServer"]
