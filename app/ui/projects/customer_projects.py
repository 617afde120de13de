"""A customer's projects, as a part of his card."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.names import names_of
from app.domain.projects import ProjectHit
from app.services.project_card import CustomerProjects, ProjectPart
from app.services.search import match_of
from app.ui.card.part_card import PartCard
from app.ui.formats import Formats
from app.ui.theme import Space
from app.ui.widgets import Badge, Button, ElidedLabel, MoreLink, drop, take_widgets

_FEW = 6
translate = QCoreApplication.translate


class ProjectsCard(PartCard):
    """Open ones first; Enter on a number opens its card. Not there where no time system is.

    Signals:
        project_requested: The `Match` of a project.
    """

    project_requested = Signal(object)

    def __init__(self, projects: CustomerProjects, formats: Formats, on_sign_in: Callable[[], object]) -> None:
        super().__init__(projects, ProjectPart.OF_CUSTOMER, formats, on_sign_in)
        self._projects = projects
        self._drawn: object = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self._more = MoreLink(_FEW, self.refresh)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(self._grid)
        column.addWidget(self._more)
        projects.listen(self.refresh)
        self.retranslate()

    def title(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "Projects")

    def absent_text(self) -> str:
        """See `PartCard`."""
        return translate("Projects", "No projects.")

    def forget(self) -> None:
        """See `PartCard`."""
        self._drawn = None

    def refresh(self) -> None:
        """See `PartCard`."""
        super().refresh()
        self.setVisible(self._projects.is_known)

    def show_value(self, value: Sequence[ProjectHit]) -> bool:
        """See `PartCard`."""
        drawn = (tuple(value), self._more.shows_all)
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(value)
        return bool(value)

    def give_keyboard(self, number: str) -> None:
        """To the row of this project, where the user went away from."""
        row = self.content.findChild(QWidget, f"project-{number}")
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, projects: Sequence[ProjectHit]) -> None:
        focus = self.window().focusWidget()
        had = focus.objectName() if focus is not None and self.content.isAncestorOf(focus) else ""
        old = take_widgets(self._grid)
        for widget in old:
            widget.setObjectName("")  # its name is that of the one in its place
        drop(old)
        for row, project in enumerate(self._more.of(projects)):
            self._draw_row(row, project)
        self._more.tell(len(projects))
        if had:
            self.give_keyboard(had.removeprefix("project-"))

    def _draw_row(self, row: int, project: ProjectHit) -> None:
        name = ElidedLabel(project.name, ink="" if project.is_open else "muted")
        if project.number:
            (found,) = names_of(project)
            number = Button(look="link", on_click=partial(self.project_requested.emit, match_of(found)))
            number.setText(project.number.replace("&", "&&"))
            number.setObjectName(f"project-{project.number}")
            words = translate("Projects", "Open project {number}, {name}").replace("{number}", project.number)
            number.setAccessibleName(words.replace("{name}", project.name))
            self._grid.addWidget(number, row, 0)
        self._grid.addWidget(name, row, 1)
        if not project.is_open:
            self._grid.addWidget(Badge(translate("Projects", "closed")), row, 2)
