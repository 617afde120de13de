"""What a screen reader is told of a thing that the keyboard is not on."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


def announce(widget: QWidget, words: str) -> None:
    """Have ``words`` said now."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def announce_row(widget: QWidget, row: QModelIndex | QPersistentModelIndex) -> None:
    """Say which row of a list is marked, while one types in the field that the list is below: "3 of 8: LED panel"."""
    if not row.isValid() or not QAccessible.isActive():
        return
    words = str(row.data(Qt.ItemDataRole.AccessibleTextRole) or row.data())
    if row.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked:
        words = translate("Spoken", "{words}, chosen").replace("{words}", words)
    place = translate("Spoken", "{row} of {count}").format(row=row.row() + 1, count=row.model().rowCount())
    announce(widget, f"{place}: {words}")
