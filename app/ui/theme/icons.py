"""Our own stroke icons, tinted with a colour of the theme and kept."""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.resources import resource
from app.ui.theme.theme import colours

ICON = 16
"""The usual size, in device-independent pixels."""


def icon(name: str, role: str = "muted", size: int = ICON) -> QIcon:
    """The icon ``name`` in the colour ``role`` of the theme in force.

    Ask again when the theme has changed; `app.ui.widgets.IconButton` and `IconView` do.
    """
    found = colours()
    result = QIcon(_pixmap(name, getattr(found, role), size, _ratio()))
    result.addPixmap(_pixmap(name, found.strong_border, size, _ratio()), QIcon.Mode.Disabled)
    return result


def pixmap(name: str, role: str = "muted", size: int = ICON) -> QPixmap:
    """The icon as a picture."""
    return _pixmap(name, getattr(colours(), role), size, _ratio())


def _ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=400)
def _pixmap(name: str, tint: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", tint).encode()))
    result = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result
