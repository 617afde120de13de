"""The theme of the running application: colours, palette, style sheet and fonts."""

from dataclasses import asdict
from enum import StrEnum
from functools import cache
from string import Template

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.resources import resource
from app.ui.theme.tokens import DARK, LIGHT, SCALE, Colours, Radius, Space, Type

_SHEET = "samspil.qss"
_current: list[Colours] = [LIGHT]  # process-wide, as QApplication.palette() is


class ThemeChoice(StrEnum):
    """What the user chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def colours() -> Colours:
    """The colours in force, for what paints itself. Repaint on a `QEvent.Type.PaletteChange`."""
    return _current[0]


def colour(name: str) -> QColor:
    """One of the colours in force, by the name of its token."""
    return QColor(getattr(_current[0], name))


class Theme(QObject):
    """Applies light or dark to the whole application, and follows the system unless told otherwise.

    Signals:
        changed: The colours in force are others.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._base = QFont(app.font())
        app.setStyle("Fusion")
        QDir.setSearchPaths("icons", [str(resource("icons"))])
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the user chose."""
        return self._choice

    @property
    def is_dark(self) -> bool:
        """The dark colours are in force."""
        return colours() is DARK

    def choose(self, choice: ThemeChoice) -> None:
        """Apply another choice."""
        self._choice = choice
        self._apply()

    def _on_system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        wanted = self._wanted()
        _current[0] = wanted
        # Without a sheet in between each widget is given its new looks by each of those above it again: 9,000
        # palette changes for 500 widgets and 400 ms, against two times 55.
        self._app.setStyleSheet("")
        # setColorScheme does nothing on xcb (shared/facts/desktop.md), so palette and sheet are ours alone.
        self._app.setPalette(make_palette(wanted))
        self._app.setStyleSheet(make_sheet(wanted, self._base))
        self.changed.emit()

    def _wanted(self) -> Colours:
        match self._choice:
            case ThemeChoice.LIGHT:
                return LIGHT
            case ThemeChoice.DARK:
                return DARK
            case _:
                return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def make_palette(c: Colours) -> QPalette:
    """The palette for what the style sheet does not reach."""
    palette = QPalette()
    role = QPalette.ColorRole
    for target, value in {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.surface,
        role.AlternateBase: c.sunken,
        role.Text: c.text,
        role.Button: c.surface,
        role.ButtonText: c.text,
        role.BrightText: c.danger,
        role.ToolTipBase: c.raised,
        role.ToolTipText: c.text,
        role.PlaceholderText: c.faint,
        role.Highlight: c.selected,
        role.HighlightedText: c.text,
        role.Accent: c.accent,
        role.Link: c.accent_text,
        role.LinkVisited: c.accent_text,
        role.Light: c.hover,
        role.Midlight: c.border,
        role.Mid: c.border,
        role.Dark: c.strong_border,
        role.Shadow: c.border,
    }.items():
        palette.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(c.faint))
    return palette


@cache
def _template() -> Template:
    return Template(resource("themes", _SHEET).read_text(encoding="utf-8"))


def make_sheet(c: Colours, base: QFont) -> str:
    """The style sheet from its template. Raises KeyError where the template names a token that is not there."""
    tokens: dict[str, str] = dict(asdict(c))
    tokens |= {f"space_{space.name.lower()}": f"{space.value}px" for space in Space}
    tokens |= {f"radius_{radius.name.lower()}": f"{radius.value}px" for radius in Radius}
    for step, (factor, weight) in SCALE.items():
        size = f"{base.pointSizeF() * factor:.1f}pt" if base.pointSizeF() > 0 else f"{base.pixelSize() * factor:.0f}px"
        tokens[f"size_{step}"] = size
        tokens[f"font_{step}"] = f"font-size: {size}; font-weight: {weight};"
    return _template().substitute(tokens)


def font(step: Type, base: QFont | None = None) -> QFont:
    """The font of a step of the scale, for what paints its own text."""
    result = QFont(base or QApplication.font())
    factor, weight = SCALE[step]
    if result.pointSizeF() > 0:
        result.setPointSizeF(result.pointSizeF() * factor)
    else:
        result.setPixelSize(round(result.pixelSize() * factor))
    result.setWeight(QFont.Weight(weight))
    return result


def tabular(base: QFont) -> QFont:
    """``base`` with figures of one width, for columns of numbers."""
    result = QFont(base)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result
