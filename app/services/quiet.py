"""Whether an order has anything under way that a question in the background would hold up."""

from app.services.order_session import OrderSession


def is_quiet(session: OrderSession) -> bool:
    """No price is asked for or wanted, no write or read is under way, and the ERP answers."""
    return not (session.is_busy or session.fault is not None or session.awaits_prices)
