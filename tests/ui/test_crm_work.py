"""Work in the CRM from the card, in the real window on a real Creme: what is typed is in Creme, once, and nothing of it
is lost when Creme is away, says no, or has been changed by somebody else."""

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from app.domain.contacts import ContactField, TouchKind
from app.services.card_parts import PartStatus
from app.services.crm_writing import WriteState
from app.ui.card.category_chip import CategoryChip
from app.ui.card.company_contact import CompanyContact
from app.ui.card.contact_field import ContactFieldView
from app.ui.card.people import PeopleCard
from app.ui.widgets import Button
from tests.fixtures.program import Clerk
from tests.helpers.proxy import ProxyFault

CUSTOMER = "10007"


def _shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _open(clerk: Clerk) -> None:
    clerk.find(CUSTOMER)
    card = clerk.program.card
    clerk.until(lambda: card.number == CUSTOMER and card.company.status is PartStatus.READY)
    clerk.program.window.card_panel.finish()


def _company_id(clerk: Clerk) -> int:
    return int(clerk.crm.one("SELECT cremeentity_ptr_id FROM persons_organisation WHERE code = ?", CUSTOMER))


def _states(clerk: Clerk) -> list[WriteState]:
    return [write.state for write in clerk.program.writes.pending]


def _people(clerk: Clerk) -> PeopleCard:
    panel = clerk.program.window.card_panel
    panel.finish()
    return panel.overview.findChild(PeopleCard)


def _press_button(clerk: Clerk, words: str, within: QWidget) -> None:
    button = next(b for b in within.findChildren(Button) if b.text() == words and b.isVisible())
    button.setFocus()
    clerk.press(Qt.Key.Key_Return)


def _field(clerk: Clerk, name: str, field: ContactField) -> ContactFieldView:
    def found() -> list[ContactFieldView]:
        rows = [row for row in _people(clerk).rows if row.accessibleName().startswith(name) and row.isVisible()]
        return [row.fields[field] for row in rows if field in row.fields and row.fields[field].link.isVisible()]

    clerk.until(lambda: bool(found()))
    return found()[0]


def _is_there(clerk: Clerk, name: str, field: ContactField, value: str) -> Callable[[], bool]:
    """The card shows this of somebody, and nothing of it is on its way."""

    def is_there() -> bool:
        company = clerk.program.card.company.value
        found = [one for one in company.people if one.name == name] if company is not None else []
        return bool(found) and getattr(found[0], field.value) == value and not _states(clerk)

    return is_there


def _retype(clerk: Clerk, view: ContactFieldView, text: str) -> None:
    """F2, and another text over what stands there."""
    view.link.setFocus()
    clerk.press(Qt.Key.Key_F2)
    clerk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    clerk.type(text)


def test_a_person_is_added_and_corrected_whatever_goes_wrong(clerk: Clerk) -> None:
    _open(clerk)
    last = f"Ågård-{uuid4().hex[:6]}"
    name = f"Østen {last}"
    company_id = _company_id(clerk)

    def stored() -> list[tuple[str, ...]]:
        """Everybody of this name who works there, as Creme's database has them."""
        sql = """SELECT c.full_position, c.phone, c.email FROM persons_contact c
                 JOIN creme_core_relation r ON r.subject_entity_id = c.cremeentity_ptr_id
                 WHERE c.last_name = ? AND r.object_entity_id = ?"""
        return clerk.crm.rows(sql, last, company_id)

    # Added by keys; Creme's answer is lost, and the very same goes again by itself.
    clerk.between(clerk.crm_line, ProxyFault.CUT)
    _people(clerk).add.setFocus()
    clerk.press(Qt.Key.Key_Space)
    for text in ("Østen", last, "Indkøber", "oesten@example.com", "+45 70 10 20 30"):
        clerk.type(text)
        clerk.press(Qt.Key.Key_Tab)
    clerk.look("crm_add_person")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _states(clerk) == [WriteState.UNKNOWN])
    clerk.until(lambda: "did not say whether it stored this" in _shown(_people(clerk)))
    clerk.look("crm_add_person_unknown")
    clerk.between(clerk.crm_line, ProxyFault.NONE)
    clerk.until(_is_there(clerk, name, ContactField.PHONE, "+45 70 10 20 30"))
    assert stored() == [("Indkøber", "+45 70 10 20 30", "oesten@example.com")]

    # A phone number corrected where it stands; Esc takes back, Enter writes.
    clerk.until(lambda: name in _shown(_people(clerk)))
    phone = _field(clerk, name, ContactField.PHONE)
    _retype(clerk, phone, "+45 1")
    clerk.press(Qt.Key.Key_Escape)
    assert not phone.is_editing
    assert _states(clerk) == []
    _retype(clerk, phone, "+45 31 41 59 26")
    clerk.look("crm_phone_typed")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(_is_there(clerk, name, ContactField.PHONE, "+45 31 41 59 26"))
    assert stored()[0][1] == "+45 31 41 59 26"

    # Refused: Creme's own words, and what was typed is kept to be typed on.
    _retype(clerk, _field(clerk, name, ContactField.EMAIL), "no address")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _states(clerk) == [WriteState.REFUSED])
    clerk.until(lambda: "Enter a valid email address" in _shown(_people(clerk)))
    assert "E-mail: no address." in _shown(_people(clerk))
    clerk.look("crm_refused")
    _field(clerk, name, ContactField.EMAIL).link.setFocus()
    clerk.press(Qt.Key.Key_F2)
    clerk.press(Qt.Key.Key_End)
    clerk.type("@example.com")
    for _ in range(len(" address@example.com")):
        clerk.press(Qt.Key.Key_Left)
    clerk.press(Qt.Key.Key_Delete)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(_is_there(clerk, name, ContactField.EMAIL, "noaddress@example.com"))

    # Somebody else was there meanwhile: mine or theirs.
    clerk.crm.change("UPDATE persons_contact SET phone = '+45 2' WHERE last_name = ?", last)
    _retype(clerk, _field(clerk, name, ContactField.PHONE), "+45 3")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _states(clerk) == [WriteState.CONFLICT])
    clerk.until(lambda: "The CRM has now: Phone: +45 2." in _shown(_people(clerk)))
    assert stored()[0][1] == "+45 2"
    clerk.look("crm_conflict")
    _press_button(clerk, "Write mine", _people(clerk))
    clerk.until(_is_there(clerk, name, ContactField.PHONE, "+45 3"))

    # Creme is away: it is kept, closing the window says so, and it goes out when Creme is back.
    clerk.between(clerk.crm_line, ProxyFault.DOWN)
    _retype(clerk, _field(clerk, name, ContactField.PHONE), "+45 4")
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: _states(clerk) == [WriteState.WAITING])
    clerk.until(lambda: "This is not in the CRM yet." in _shown(_people(clerk)))
    clerk.look("crm_waiting")
    company = clerk.program.card.company.value
    assert company is not None
    assert f"Some changes are not in the CRM yet: {company.name}." in _asked_on_closing(clerk)
    clerk.between(clerk.crm_line, ProxyFault.NONE)
    clerk.until(_is_there(clerk, name, ContactField.PHONE, "+45 4"))
    assert stored() == [("Indkøber", "+45 4", "noaddress@example.com")]


def test_a_call_and_categories_are_in_creme(clerk: Clerk) -> None:
    _open(clerk)
    panel, company_id = clerk.program.window.card_panel, _company_id(clerk)

    # A call, whose answer is lost.
    subject = f"Ringede om blåbærgrød {uuid4().hex[:6]}"
    panel.compose(TouchKind.CALL)
    clerk.type(subject)
    clerk.between(clerk.crm_line, ProxyFault.CUT)
    clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.until(lambda: "did not say whether it stored this" in _shown(panel.timeline.composer))
    clerk.look("crm_call_unknown")
    clerk.between(clerk.crm_line, ProxyFault.NONE)
    clerk.until(panel.timeline.composer.isHidden)

    def is_read_back() -> bool:
        page = clerk.program.card.timeline.value
        return page is not None and subject in [touch.subject for touch in page.items]

    clerk.until(is_read_back)
    assert clerk.crm.one("SELECT count(*) FROM activities_activity WHERE title = ?", subject) == 1

    # One value of a category, by keys in its menu.
    panel.tabs.setCurrentIndex(0)
    sector = "SELECT sector_id FROM persons_organisation WHERE cremeentity_ptr_id = ?"
    before = clerk.crm.one(sector, company_id)
    chip = _chip(clerk, "sector")
    chip.setFocus()
    clerk.press(Qt.Key.Key_Space)
    clerk.until(lambda: chip._menu is not None and len(chip._menu.actions()) > 2)
    menu = chip._menu
    assert menu is not None
    while menu.activeAction() is None or not menu.activeAction().isEnabled() or menu.activeAction().isChecked():
        clerk.press(Qt.Key.Key_Down)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.crm.one(sector, company_id) != before and not _states(clerk))

    # Several values of another: marked by typing, taken by Enter; Esc takes back.
    segments = """SELECT s.name FROM commercial_marketsegment s JOIN creme_core_cremeproperty p
                  ON p.type_id = s.property_type_id WHERE p.creme_entity_id = ? ORDER BY s.name"""
    held = [name for (name,) in clerk.crm.rows(segments, company_id)]
    _choose_segments(clerk, "A-kunde", end=Qt.Key.Key_Escape)
    assert _states(clerk) == []
    toggled = sorted({*held} ^ {"A-kunde", "C-kunde"})
    _choose_segments(clerk, "A-kunde", "C-kunde", end=Qt.Key.Key_Return)
    clerk.until(lambda: [name for (name,) in clerk.crm.rows(segments, company_id)] == toggled)
    clerk.until(lambda: [chip.text() for chip in _chips(clerk, "segment")] == [", ".join(toggled)])
    clerk.look("crm_segments_set")
    _choose_segments(clerk, "A-kunde", "C-kunde", end=Qt.Key.Key_Return)
    clerk.until(lambda: [name for (name,) in clerk.crm.rows(segments, company_id)] == held and not _states(clerk))

    # The company's own phone number.
    company = clerk.program.card.company.value
    assert company is not None
    _retype(clerk, _own_phone(clerk), "+45 99 88 77 66")
    clerk.press(Qt.Key.Key_Return)
    phone = "SELECT phone FROM persons_organisation WHERE cremeentity_ptr_id = ?"
    clerk.until(lambda: clerk.crm.one(phone, company_id) == "+45 99 88 77 66" and not _states(clerk))
    _retype(clerk, _own_phone(clerk), company.phone)
    clerk.press(Qt.Key.Key_Return)
    clerk.until(lambda: clerk.crm.one(phone, company_id) == company.phone and not _states(clerk))


def _own_phone(clerk: Clerk) -> ContactFieldView:
    """The company's."""

    def found() -> list[ContactFieldView]:
        parts = clerk.program.window.card_panel.overview.findChildren(CompanyContact)
        views = [part.fields[ContactField.PHONE] for part in parts if ContactField.PHONE in part.fields]
        return [view for view in views if view.link.isVisible()]

    clerk.until(lambda: bool(found()))
    return found()[0]


def _chips(clerk: Clerk, key: str) -> list[CategoryChip]:
    """The chip of this category, unless it is just being drawn or is on its way to the CRM."""
    chips = clerk.program.window.card_panel.header.findChildren(CategoryChip)
    return [chip for chip in chips if chip.key == key and chip.isVisible() and chip.isEnabled()]


def _chip(clerk: Clerk, key: str) -> CategoryChip:
    clerk.until(lambda: len(_chips(clerk, key)) == 1)
    return _chips(clerk, key)[0]


def _choose_segments(clerk: Clerk, *names: str, end: Qt.Key) -> None:
    chip = _chip(clerk, "segment")
    chip.setFocus()
    clerk.press(Qt.Key.Key_Space)
    clerk.until(lambda: chip.popup is not None and chip.popup.list.count() > 1)
    for name in names:
        clerk.type(name)
        clerk.press(Qt.Key.Key_Return)
    clerk.look("crm_segments")
    clerk.press(end)


def _asked_on_closing(clerk: Clerk) -> str:
    """What the window asks when it is to be closed; it stays open."""
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(f"{box.text()}\n{box.informativeText()}")
            box.reject()
        else:
            QTimer.singleShot(20, answer)

    QTimer.singleShot(0, answer)
    assert not clerk.program._may_close()
    return asked[0]
