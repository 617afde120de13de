"""The colour of an order's state."""

from app.domain.orders import OrderPhase
from app.ui.theme import Tone

TONE_OF: dict[OrderPhase, Tone] = {
    OrderPhase.DRAFT: Tone.NEUTRAL,
    OrderPhase.OFFERED: Tone.ACCENT,
    OrderPhase.CONFIRMED: Tone.SUCCESS,
    OrderPhase.DONE: Tone.SUCCESS,
    OrderPhase.CANCELLED: Tone.DANGER,
}
"""The words beside it are the ERP's own label."""
