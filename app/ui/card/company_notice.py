"""What became of a change of the company itself: its categories, its phone number, its e-mail address."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.domain.contact_changes import CategoryChange, Correction
from app.domain.contacts import Company
from app.services.card import CustomerCard
from app.services.crm_writing import PendingWrite, WriteState
from app.ui.card.contact_texts import mine_of, theirs, wanted
from app.ui.card.write_notice import WriteNotice
from app.ui.widgets import Action

translate = QCoreApplication.translate


class CompanyNotice(WriteNotice):
    """One at a time, and first the one that needs the user."""

    def __init__(self, card: CustomerCard, on_sign_in: Callable[[], object]) -> None:
        super().__init__(card.writes, on_sign_in)
        self._card = card

    def refresh(self) -> None:
        """Show what is so now."""
        company = self._card.company.value
        if company is None:
            self.show_write(None)
            return
        found = [write for write in self._card.writes.at(company.id) if _is_the_companys(write)]
        write = min(found, key=lambda each: not each.is_stopped, default=None)
        match write.change if write is not None else None:
            case CategoryChange() as change:
                self._show_category(company, write, change)
            case Correction() as change:
                self._show_correction(company, write, change)
            case _:
                self.show_write(None)

    def _show_category(self, company: Company, write: PendingWrite | None, change: CategoryChange) -> None:
        category = next((one for one in company.categories if one.key == change.key), None)
        if write is None or category is None:
            self.show_write(None)
            return
        nothing = translate("CompanyNotice", "not set")
        rest = translate("CompanyNotice", "The category is as it was.") if write.is_stopped else ""
        actions: tuple[Action, ...] = ()
        if write.state is WriteState.CONFLICT:
            now = translate("CompanyNotice", "The CRM has now: {value}.").replace("{value}", category.value or nothing)
            rest = now
            mine = translate("CompanyNotice", "Choose mine")
            actions = (Action(mine, lambda: self._card.work.set_category(company, category, change.values)),)
        self.show_write(write, what=f"{category.label}: {change.words or nothing}.", rest=rest, actions=actions)

    def _show_correction(self, company: Company, write: PendingWrite | None, change: Correction) -> None:
        actions: tuple[Action, ...] = ()
        rest = ""
        if write is not None and write.state is WriteState.CONFLICT:
            rest = theirs(change, company)
            mine = translate("CompanyNotice", "Write mine")
            actions = (Action(mine, lambda: self._card.work.correct(company, None, mine_of(change))),)
        self.show_write(write, what=wanted(change), rest=rest, actions=actions)


def _is_the_companys(write: PendingWrite) -> bool:
    change = write.change
    return isinstance(change, CategoryChange) or (isinstance(change, Correction) and not change.person_id)
