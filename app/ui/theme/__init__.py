"""How the window looks: tokens, light and dark, icons."""

from app.ui.theme.icons import ICON, icon, pixmap
from app.ui.theme.theme import Theme, ThemeChoice, colour, colours, font, tabular
from app.ui.theme.tokens import Colours, Radius, Space, Tone, Type

__all__ = [
    "ICON",
    "Colours",
    "Radius",
    "Space",
    "Theme",
    "ThemeChoice",
    "Tone",
    "Type",
    "colour",
    "colours",
    "font",
    "icon",
    "pixmap",
    "tabular",
]
