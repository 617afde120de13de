"""The parts that every page is made of."""

from app.ui.widgets.busy_line import BusyLine
from app.ui.widgets.buttons import Button, IconButton, IconView
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout, flow
from app.ui.widgets.frames import Card, Hairline, ScrollColumn, SectionHeader
from app.ui.widgets.held import held, lay_out
from app.ui.widgets.in_turns import InTurns, style_in_turns
from app.ui.widgets.key_value import Fact, KeyValueGrid
from app.ui.widgets.layouts import clear_layout, drop, lead_tab, tab_stops, take_widgets
from app.ui.widgets.message_bar import Action, MessageBar, MessageKind
from app.ui.widgets.more_link import MoreLink
from app.ui.widgets.row_ground import paint_row_ground
from app.ui.widgets.soon import Soon
from app.ui.widgets.spoken import announce, announce_row
from app.ui.widgets.status import Badge, Chip, StatusDot
from app.ui.widgets.text import ElidedLabel, Label, plain_tooltip, restyle, set_tip
from app.ui.widgets.translated import Translated
from app.ui.widgets.veil import READ_AT_ONCE, Veil

__all__ = [
    "READ_AT_ONCE",
    "Action",
    "Badge",
    "BusyLine",
    "Button",
    "Card",
    "Chip",
    "ElidedLabel",
    "EmptyState",
    "Fact",
    "FlowLayout",
    "Hairline",
    "IconButton",
    "IconView",
    "InTurns",
    "KeyValueGrid",
    "Label",
    "MessageBar",
    "MessageKind",
    "MoreLink",
    "ScrollColumn",
    "SectionHeader",
    "Soon",
    "StatusDot",
    "Translated",
    "Veil",
    "announce",
    "announce_row",
    "clear_layout",
    "drop",
    "flow",
    "held",
    "lay_out",
    "lead_tab",
    "paint_row_ground",
    "plain_tooltip",
    "restyle",
    "set_tip",
    "style_in_turns",
    "tab_stops",
    "take_widgets",
]
