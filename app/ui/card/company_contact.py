"""How to reach the company itself: phone and e-mail, which are corrected in place, and its web site."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.contact_changes import Correction
from app.domain.contacts import Company, ContactField
from app.services.card import CustomerCard
from app.services.crm_writing import PendingWrite
from app.ui.card.contact_field import ContactFieldView
from app.ui.card.contact_texts import mine_of
from app.ui.card.links import LinkButton, web_url

translate = QCoreApplication.translate


class CompanyContact(QWidget):
    """Where one is missing and the user may set it, it can be added; without a ``desk`` they are only read.

    Attributes:
        fields: Those that are shown.
    """

    def __init__(self, desk: CustomerCard | None, on_closed: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._company: Company | None = None
        self._views = {field: ContactFieldView(field) for field in (ContactField.PHONE, ContactField.EMAIL)}
        self.fields: dict[ContactField, ContactFieldView] = {}
        self._website = LinkButton("globe")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for field, view in self._views.items():
            view.corrected.connect(partial(self._correct, field))
            view.closed.connect(on_closed)
            column.addWidget(view)
        column.addWidget(self._website)

    def show_company(self, company: Company, write: PendingWrite | None) -> None:
        """Show how to reach this one, and what is on its way to the CRM of that."""
        self._company = company
        is_under_way = write is not None and not write.is_stopped
        typed = mine_of(write.change) if write is not None and isinstance(write.change, Correction) else {}
        wanted = typed if is_under_way else {}
        self.fields = {}
        for field, there, name in (
            (ContactField.PHONE, company.phone, translate("Links", "Call")),
            (ContactField.EMAIL, company.email, translate("Links", "Write to")),
        ):
            value = wanted.get(field, there)
            can_set = self._desk is not None and field in company.can_set and not is_under_way
            view = self._views[field]
            if value or can_set:
                view.show_value(value, name, can_set=can_set, is_under_way=field in wanted, typed=typed.get(field))
                self.fields[field] = view
            else:
                view.hide()
        self._website.show_link(company.website, web_url(company.website), translate("Links", "Open"))
        self._website.setVisible(bool(company.website))

    @property
    def is_editing(self) -> bool:
        """Something is typed in it."""
        return any(view.is_editing for view in self.fields.values())

    @property
    def focused(self) -> ContactField | None:
        """The one that has the keyboard."""
        return next((field for field, view in self.fields.items() if view.link.hasFocus()), None)

    def focus(self, field: ContactField) -> None:
        """Give it the keyboard, where it is there."""
        if field in self.fields:
            self.show()  # else it would come into being after the keyboard has gone elsewhere
            self.fields[field].link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _correct(self, field: ContactField, value: str) -> None:
        if self._desk is not None and self._company is not None:
            self._desk.work.correct(self._company, None, {field: value})
