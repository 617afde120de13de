"""What is still to be done with a company: ticked off from here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.domain.contacts import Task
from app.domain.sales_changes import TaskCompletion
from app.ports.capability import Capability
from app.services.card import CustomerCard
from app.services.card_parts import PartName
from app.services.crm_writing import PendingWrite, WriteNews, WriteState
from app.ui.card.part_card import PartCard, whose
from app.ui.card.write_notice import WriteNotice
from app.ui.formats import Formats, today
from app.ui.theme import Space, Type
from app.ui.widgets import Action, Button, ElidedLabel, drop, set_tip, take_widgets

_FEW = 6
translate = QCoreApplication.translate


class TasksCard(PartCard):
    """Open tasks, the one that is due first at the top; not there where the CRM has none to show.

    Signals:
        add_requested: The user wants to add one.
    """

    card: CustomerCard  # no part of anything else

    add_requested = Signal()

    def __init__(self, card: CustomerCard, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(card, PartName.TASKS, formats, on_sign_in)
        self._shows_all = False
        self._drawn: object = None
        self._boxes: list[QCheckBox] = []
        self._notice = WriteNotice(card.writes, on_sign_in)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._more = Button(look="link", on_click=self._toggle)
        self._add = Button(look="link", picture="plus", on_click=self.add_requested.emit)
        self.header.add(self._add)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(self._grid)
        column.addWidget(self._more)
        # What is said of a task stays also where it is the last one that is gone.
        self.body.insertWidget(self.body.indexOf(self.content), self._notice)
        card.writes.listen(self._on_news)
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Tasks", "To do")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Tasks", "Nothing is to be done.")

    def forget(self) -> None:
        """See `PartCard`."""
        self._drawn = None

    def retranslate(self) -> None:
        """See `PartCard`."""
        self._add.setText(translate("Tasks", "Add a task"))
        super().retranslate()

    def refresh(self) -> None:
        """See `PartCard`."""
        super().refresh()
        pending = self.card.selling.task_writes(self.card.company_id)
        self._show_notice(pending)
        self.setVisible(self.card.can(Capability.TASKS) or bool(self.card.tasks.value) or bool(pending))
        self._add.setVisible(self.card.can(Capability.ADD_TASK) and bool(self.card.company_id))

    def show_value(self, value: Sequence[Task]) -> bool:
        """See `PartCard`."""
        pending = self.card.selling.task_writes(self.card.company_id)
        drawn = (tuple(value), self._shows_all, today(), tuple((each, w.state) for each, w in pending.items()))
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(value, pending)
        return bool(value)

    def _draw(self, tasks: Sequence[Task], pending: Mapping[str, PendingWrite]) -> None:
        old = take_widgets(self._grid)
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
        boxes = [
            self._draw_row(3 * number, task, pending.get(task.id))
            for number, task in enumerate(tasks if self._shows_all else tasks[:_FEW])
        ]
        self._more.setVisible(len(tasks) > _FEW)
        self._more.setText(
            translate("Processes", "Show fewer")
            if self._shows_all
            else translate("Processes", "{n} more").format(n=len(tasks) - _FEW)
        )
        self._show_rows()
        if (focus := self.window().focusWidget()) in old:
            # Rows are made anew, and the keyboard goes on from where it was, before Qt gives it to what comes next.
            place = self._boxes.index(focus) if focus in self._boxes else 0
            after: QWidget = boxes[min(place, len(boxes) - 1)] if boxes else self._add
            after.setFocus(Qt.FocusReason.OtherFocusReason)
        self._boxes = boxes
        drop(old)

    def _show_rows(self) -> None:
        """At once, so that nothing flickers between the old rows and the new ones."""
        for place in range(self._grid.count()):
            item = self._grid.itemAt(place)
            if item is not None and (widget := item.widget()) is not None:
                widget.show()

    def _draw_row(self, row: int, task: Task, pending: PendingWrite | None) -> QCheckBox:
        is_on_its_way = pending is not None and not pending.is_stopped
        due = self._due_words(task.due)
        box = QCheckBox()
        box.setChecked(is_on_its_way)
        box.setEnabled(task.can_change)
        box.setAccessibleName(
            translate("Tasks", "Done: {task}").replace("{task}", ", ".join(filter(None, (task.title, due))))
        )
        set_tip(box, translate("Tasks", "Tick it off in the CRM") if box.isEnabled() else "")
        box.clicked.connect(partial(self._complete, box, task))
        title = ElidedLabel(task.title, ink="faint" if is_on_its_way else "")
        if task.text:
            set_tip(title, f"{task.title}\n{task.text}")
        who = ElidedLabel(", ".join(filter(None, (*task.people, task.owner))), Type.CAPTION, "faint")
        is_late = task.due is not None and task.due < today()
        when = ElidedLabel(due, Type.CAPTION, "danger" if is_late else "muted")
        when.setAlignment(when.alignment() | Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(box, row, 0)
        self._grid.addWidget(title, row, 1)
        self._grid.addWidget(when, row, 2)
        self._grid.addWidget(who, row + 1, 1, 1, 2)
        self._grid.setRowMinimumHeight(row + 2, Space.XS)
        return box

    def _due_words(self, due: date | None) -> str:
        if due is None:
            return ""
        match (due - today()).days:
            case 0:
                return translate("Tasks", "today")
            case 1:
                return translate("Tasks", "tomorrow")
            case days if days < 0:
                return translate("Tasks", "overdue, {day}").format(day=self.formats.named_day(due))
            case _:
                return self.formats.named_day(due)

    def _complete(self, box: QCheckBox | None, task: Task, _checked: bool = True) -> None:
        if box is not None:
            box.setChecked(True)  # one that is on its way already stays so
        self.card.selling.complete(self.card.company_id, whose(self.card), task)

    def _show_notice(self, pending: Mapping[str, PendingWrite]) -> None:
        """The one that needs the user most: one notice at a time."""
        write = min(pending.values(), key=lambda each: not each.is_stopped, default=None)
        if write is None or not isinstance(change := write.change, TaskCompletion):
            self._notice.show_write(None)
            return
        task = next((task for task in self.card.tasks.value or () if task.id == change.task_id), None)
        what = translate("Tasks", "Done: {task}").replace("{task}", change.title)
        actions: tuple[Action, ...] = ()
        if write.state is WriteState.CONFLICT and task is not None and task.version != change.version:
            actions = (Action(translate("Tasks", "Tick it off as it is now"), partial(self._complete, None, task)),)
        self._notice.show_write(write, what=f"{what}.", actions=actions)

    def _on_news(self, news: WriteNews) -> None:
        if isinstance(news.write.change, TaskCompletion):
            self.refresh()

    def _toggle(self) -> None:
        self._shows_all = not self._shows_all
        self.refresh()
