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
from app.ui.widgets import Action, Button, ElidedLabel, MoreLink, restyle, set_tip

_FEW = 6
translate = QCoreApplication.translate


class _Row:
    """A task: three rows of a grid from ``top`` on, the last one between it and the next.

    Args:
        complete: Is called with the box and the task when it is ticked off.
    """

    def __init__(self, grid: QGridLayout, top: int, complete: Callable[[QCheckBox, Task], object]) -> None:
        self._grid, self._top = grid, top
        self._task: Task | None = None
        self._complete = complete
        self.box = QCheckBox()
        self.box.clicked.connect(self._on_clicked)
        self._title, self._when = ElidedLabel(), ElidedLabel(step=Type.CAPTION)
        self._who = ElidedLabel(step=Type.CAPTION, ink="faint")
        self._when.setAlignment(self._when.alignment() | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.box, top, 0)
        grid.addWidget(self._title, top, 1)
        grid.addWidget(self._when, top, 2)
        grid.addWidget(self._who, top + 1, 1, 1, 2)

    def show(self, task: Task, due: str, pending: PendingWrite | None) -> None:
        self._task = task
        is_on_its_way = pending is not None and not pending.is_stopped
        self.box.setChecked(is_on_its_way)
        self.box.setEnabled(task.can_change)
        done = translate("Tasks", "Done: {task}")
        self.box.setAccessibleName(done.replace("{task}", ", ".join(filter(None, (task.title, due)))))
        set_tip(self.box, translate("Tasks", "Tick it off in the CRM") if task.can_change else "")
        self._title.setText(task.title)
        restyle(self._title, "ink", "faint" if is_on_its_way else "")
        if task.text:
            set_tip(self._title, f"{task.title}\n{task.text}")
        self._who.setText(", ".join(filter(None, (*task.people, task.owner))))
        self._when.setText(due)
        restyle(self._when, "ink", "danger" if task.due is not None and task.due < today() else "muted")
        self._set_visible(is_seen=True)

    def hide(self) -> None:
        self._set_visible(is_seen=False)

    def _set_visible(self, *, is_seen: bool) -> None:
        for widget in (self.box, self._title, self._when, self._who):
            widget.setVisible(is_seen)
        self._grid.setRowMinimumHeight(self._top + 2, Space.XS if is_seen else 0)

    def _on_clicked(self) -> None:
        if self._task is not None:
            self._complete(self.box, self._task)


class TasksCard(PartCard):
    """Open tasks, the one that is due first at the top; not there where the CRM has none to show.

    Signals:
        add_requested: The user wants to add one.
    """

    card: CustomerCard  # no part of anything else

    add_requested = Signal()

    def __init__(self, card: CustomerCard, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(card, PartName.TASKS, formats, on_sign_in)
        self._drawn: object = None
        self._rows: list[_Row] = []  # kept for the next customer
        self._notice = WriteNotice(card.writes, on_sign_in)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._more = MoreLink(_FEW, self.refresh)
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
        drawn = (tuple(value), self._more.shows_all, today(), tuple((each, w.state) for each, w in pending.items()))
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(value, pending)
        return bool(value)

    def _draw(self, tasks: Sequence[Task], pending: Mapping[str, PendingWrite]) -> None:
        shown = self._more.of(tasks)
        focus = self.window().focusWidget()
        place = next((n for n, row in enumerate(self._rows) if row.box is focus), -1)
        while len(self._rows) < len(shown):
            self._rows.append(_Row(self._grid, 3 * len(self._rows), self._complete))
        for row, task in zip(self._rows, shown, strict=False):
            row.show(task, self._due_words(task.due), pending.get(task.id))
        if place >= len(shown):
            # The keyboard goes on from where it was, before Qt gives it to what comes next.
            after: QWidget = self._rows[len(shown) - 1].box if shown else self._add
            after.setFocus(Qt.FocusReason.OtherFocusReason)
        for row in self._rows[len(shown) :]:
            row.hide()
        self._more.tell(len(tasks))

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

    def _complete(self, box: QCheckBox | None, task: Task) -> None:
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
