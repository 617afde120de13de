"""What is asked when the window is to close while something typed is not in its system yet."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

translate = QCoreApplication.translate


def asks_to_stay(window: QWidget, *, lines: bool, changes: Sequence[str] | None, is_kept: bool) -> bool:
    """Say what is not written yet, and return whether the user would rather keep the window open.

    Args:
        lines: Lines of an order are not in the ERP yet.
        changes: Whose changes are not in the CRM yet, by name; None where there are none.
        is_kept: They are on this computer's disk, and go on at the next start.
    """
    what = []
    if lines:
        what.append(translate("Closing", "Some lines are not in the ERP yet."))
    if changes is not None:
        text = translate("Closing", "Some changes are not in the CRM yet: {names}.")
        what.append(text.replace("{names}", ", ".join(changes)))
    if not is_kept:
        then = translate("Closing", "If Samspil closes now, what was typed in them is lost.")
    elif lines:
        then = translate(
            "Closing", "Lines with an item and a quantity are kept here, and go on when Samspil is opened again."
        )
    else:
        then = translate("Closing", "They are kept here, and go on when Samspil is opened again.")
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Samspil")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("\n".join(what))
    box.setInformativeText(then)
    stay = box.addButton(translate("Closing", "Keep open"), QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(translate("Closing", "Close without them"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is not leave
