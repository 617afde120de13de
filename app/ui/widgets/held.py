"""Many changes, laid out once."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_DEEP = 3


@contextmanager
def held(*widgets: QWidget) -> Iterator[None]:
    """While this lasts, be it for some turns of the event loop, the layouts of these widgets wait; then each is done.

    By itself Qt lays out everything around a widget at once when that is shown, up to the window: ten rows that are
    shown one by one are ten layouts of the whole page.
    """
    # One that is held already is held by somebody around us, and for longer.
    holding = [(widget, layout) for widget in widgets if (layout := widget.layout()) is not None and layout.isEnabled()]
    for _, layout in holding:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for widget, layout in holding:
            if not isValid(layout):  # the window has gone between two turns
                continue
            layout.setEnabled(True)
            # What was asked for meanwhile it has let pass.
            QCoreApplication.postEvent(widget, QEvent(QEvent.Type.LayoutRequest))


def lay_out() -> None:
    """Do the layouts that were asked for, before anything is painted in its old place. One that is done may ask for the
    one around it.
    """
    for _ in range(_DEEP):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
