"""The one file that wires everything together."""

import asyncio
import logging
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.domain.shelf import Shelf
from app.errands import Errands
from app.opening import Options
from app.ports.cache import Caches
from app.ports.connection import Manifest, SystemKind
from app.ports.errors import SystemFault, Unreachable
from app.ports.handover import HandOver
from app.ports.journal import Journals
from app.ports.secrets import SecretStore
from app.runtime.collector import Collector
from app.runtime.jobs import Jobs
from app.runtime.loop import LoopThread
from app.runtime.relay import Relay
from app.services.card import CustomerCard
from app.services.card_parts import PartName
from app.services.connections import Connections, ConnectionStatus
from app.services.crm_writing import CrmWriting
from app.services.drafts import Drafts
from app.services.links import Links
from app.services.new_customers import Making
from app.services.no_journal import NoJournal
from app.services.order_desk import OrderDesk
from app.services.order_recovery import Recovered
from app.services.overviews import Overviews
from app.services.project_card import Projects
from app.services.systems import Systems
from app.services.within_reach import WithinReach
from app.storage.handover import DesktopHandOver
from app.storage.paths import data_dir
from app.storage.settings import Settings
from app.ui.formats import Formats
from app.ui.language import Language
from app.ui.orders.order_panel import OrderPanel
from app.ui.shell.main_window import MainWindow
from app.ui.theme import Theme, ThemeChoice

if TYPE_CHECKING:
    from app.demo.session import DemoSession, Ending
    from app.demo.world import DemoLogin

_log = logging.getLogger(__name__)
_SAVE_AFTER = 2_000  # ms between a change of the layout and the settings file being written
_END_WITHIN = 8.0  # seconds for signing off and stopping the demo's servers


class Program(QObject):
    """The running app: its window, and what is behind it.

    Attributes:
        window, panel: The window, and the order half of it.
        connections, systems, desk, writes, drafts, card, projects, search, links, reach: The services behind it.
        caches: What is kept for reading offline.

    Signals:
        ready: Every system that is set up is signed in to, or has said why not.
    """

    ready = Signal()

    def __init__(
        self,
        app: QApplication,
        options: Options,
        settings: Settings,
        window: MainWindow,
        hand_over: HandOver | None = None,
    ) -> None:
        super().__init__()
        self._options = options
        self.settings = settings
        self.window = window
        self.theme = Theme(app, ThemeChoice(options.theme or self.settings.get("theme") or ThemeChoice.SYSTEM))
        self.language = Language(app, options.language or self.settings.get("language") or "")
        self.loop = LoopThread()
        self.loop.start()
        self.jobs = Jobs(self.loop, self)
        self.systems = Systems()
        self.caches = self._caches()
        overviews = Overviews(self.systems, self.caches)
        self.connections = Connections(self.jobs, self._secrets(), self.systems, self.caches)
        self.reach = WithinReach(self.systems, self.jobs, overviews, self.connections)
        self.search = self.reach.search
        # Its own: a row that is on its way outlives every page, and so does what is written to the CRM.
        self._desk_jobs = Jobs(self.loop, self)
        journals = self._journals()
        self.writes = CrmWriting(self.systems, self._desk_jobs, journals)
        self.drafts = Drafts(self.systems, self._desk_jobs, journals)
        self.card = CustomerCard(self.systems, self.jobs, overviews, self.writes, self.drafts)
        self.desk = OrderDesk(self.systems, self._desk_jobs, journals, overviews, self.drafts)
        self.links = Links(self.systems, self._desk_jobs, overviews, journals)
        self.projects = Projects(self.systems, self.jobs, overviews)
        self._hand_over = hand_over or DesktopHandOver()
        formats = Formats()
        window.furnish(
            theme=self.theme,
            language=self.language,
            connections=self.connections,
            search=self.search,
            card=self.card,
            links=self.links,
            shelves=self.reach.shelves,
            copies=self.reach.copies,
            projects=self.projects,
            formats=formats,
        )
        self.panel = OrderPanel(self.desk, self.jobs, formats, self._hand_over)
        self.window.set_order_panel(self.panel)
        self.errands = Errands(window, self.panel, self.card)
        self.window.set_close_guard(self._may_close)
        self._is_ready = False
        self._was_online: dict[SystemKind, bool] = {}
        self._demo: DemoSession | None = None
        self._connect()
        self._collector = Collector(self)

    def begin(self) -> None:
        """Find the systems and sign in to them, or start the demo's."""
        if self._options.is_demo:
            self.window.show_start()
            self._begin_demo()
        else:
            self.jobs.run(asyncio.to_thread(manifests), self._on_manifests, self._on_bug)

    def end(self) -> None:
        """Sign off, stop the demo's servers, and write the settings. After the window has closed."""
        self._saver.stop()
        self.reach.close()
        self.connections.close()
        self.writes.close()
        self.links.close()
        self.panel.close_order()
        self.panel.papers.close_viewers()
        for jobs in (self.jobs, self._desk_jobs):
            jobs.cancel_all()
        try:
            self.loop.submit(self._end()).result(_END_WITHIN)
        except TimeoutError:
            _log.warning("not everything had ended when the program did")
        self.loop.stop()
        self._collector.stop()
        self.desk.journals.close()
        self.caches.close()
        self._hand_over.close()

    def sign_in_to(self, logins: "Sequence[DemoLogin]") -> None:
        """Sign in to these systems and show the work; their passwords are kept nowhere."""
        for login in logins:
            self.join(login)
        self.window.show_work()

    def join(self, login: "DemoLogin") -> None:
        """Sign in to a system, and leave what is shown as it is."""
        manifest = manifests()[login.connection.system]
        self.connections.add(manifest, None)
        self.connections.sign_in(manifest.kind, login.connection, login.password, keep=False)

    # -- wiring

    def _connect(self) -> None:
        window, panel = self.window, self.panel
        self.errands.connect()
        window.order_reload_requested.connect(panel.reload)
        window.document_made.connect(panel.papers.show_made)
        panel.sign_in_requested.connect(lambda: window.ask_to_sign_in(SystemKind.ERP))
        panel.faulted.connect(self._on_fault)
        self.card.report = self.writes.report = self._on_card_fault
        self.projects.on_fault(self._on_card_fault)
        panel.order_changed.connect(self._on_order_changed)
        self.connections.listen(self._on_connection)
        self.links.inbox.on_written(lambda company: self._on_linked(company.id))
        self.links.makings.listen(self._on_making)
        self.connections.may_leave = lambda kind: kind is not SystemKind.ERP or not self.desk.unwritten
        self.connections.left = self._on_left
        kept = str(self.settings.get("offline_lists") or "").split()
        self.reach.copies.keep(frozenset(shelf for shelf in Shelf if shelf.value in kept))
        self.reach.copies.listen(self._on_copies)
        self.reach.give_way_to(self.card, lambda: panel.session)
        self._saver = QTimer(self, interval=_SAVE_AFTER, singleShot=True)
        self._saver.timeout.connect(self._save)

    def open_customer(self, number: str) -> None:
        """Open the card of the customer with this number, which is all that links the systems."""
        self.errands.open_number(number)

    def show_for(self, said: str) -> None:
        """See `Errands.show_for`."""
        self.errands.show_for(said)

    def open_order(self, order_id: str) -> None:
        """Open an order of the ERP in the right half."""
        self.errands.open_order(order_id)

    def _on_order_changed(self, customer_id: str) -> None:
        if self.card.customer.value is not None and self.card.customer.value.id == customer_id:
            self.card.reload(PartName.ORDERS)
            self.window.card_panel.timeline.order_changed()

    def _on_fault(self, fault: object) -> None:
        if isinstance(fault, SystemFault):
            self.connections.report(fault)

    def _on_card_fault(self, fault: SystemFault) -> None:
        if isinstance(fault, Unreachable):  # one slow answer is no broken connection
            self.connections.report(fault)

    def _on_connection(self, kind: SystemKind) -> None:
        state = self.connections.state(kind)
        is_online = state.status is ConnectionStatus.ONLINE
        if is_online and not self._was_online.get(kind, False):
            self.drafts.recall(kind)
            # It answers again, or is signed in to: go on with everything that waits for it.
            self.card.retry(kind)
            self.projects.retry(kind)
            if kind is SystemKind.CRM:
                self.writes.resume()
            self.links.makings.recover()
            if kind is SystemKind.ERP:
                self.desk.resume()
                self.desk.recover(self._on_recovered, self._on_recovery_ended)
            if state.connection is not None and not self._options.is_demo:
                self.settings.keep_connection(state.connection)
        self._saver.start()
        self.reach.follow(kind, is_back=is_online and not self._was_online.get(kind, False))
        self._was_online[kind] = is_online
        self.window.side.set_own(known=self.reach.knows_own)
        waiting = [k for k in self.connections.kinds if self.connections.state(k).status is ConnectionStatus.CONNECTING]
        if not waiting and not self._is_ready:
            self._is_ready = True
            self.errands.open_number(self._options.asked)
            self.ready.emit()

    def _on_left(self, kind: SystemKind) -> None:
        """Another system takes the place of one: what is shown was the former one's."""
        if kind is SystemKind.ERP:
            self.panel.close_order()
        self._was_online.pop(kind, None)
        self.links.leave()
        self.window.leave_customer()

    def _on_making(self, making: Making) -> None:
        if making.is_over:
            self._on_linked(making.customer.company_id)

    def _on_linked(self, company_id: str) -> None:
        """A company has another number now."""
        if self.card.company.value is not None and self.card.company.value.id == company_id:
            self.card.reload(PartName.COMPANY)

    def _on_copies(self) -> None:
        self.settings.set("offline_lists", " ".join(sorted(shelf.value for shelf in self.reach.copies.kept)))

    def _on_recovered(self, recovered: Recovered) -> None:
        self.panel.recovered.add(recovered)
        self.panel.row_drafts.recovered(recovered)

    def _on_recovery_ended(self) -> None:
        self.panel.recovered.set_trouble(self.desk.journals.trouble)

    def _may_close(self) -> bool:
        self.panel.leave()
        lines, changes = bool(self.desk.unwritten), self.writes.pending
        if not lines and not changes:
            return True
        from app.ui.shell.closing import asks_to_stay

        names = tuple(dict.fromkeys(write.whose for write in changes if write.whose)) if changes else None
        return not asks_to_stay(self.window, lines=lines, changes=names, is_kept=self.desk.journals.is_durable)

    # -- beginning and ending

    def _secrets(self) -> SecretStore:
        from app.storage.secrets import KeyringSecrets, MemorySecrets

        return MemorySecrets() if self._options.is_demo else KeyringSecrets()

    def _journals(self) -> Journals:
        if self._options.is_demo:
            return NoJournal()  # the demo's ERP goes with the program
        from app.storage.journal import EncryptedJournals

        return EncryptedJournals(self._options.settings or data_dir())

    def _caches(self) -> Caches:
        from app.storage.cache import EncryptedCaches

        # The demo's is gone with its systems.
        return EncryptedCaches(None if self._options.is_demo else self._options.settings or data_dir())

    def _on_manifests(self, found: dict[str, Manifest]) -> None:
        kept = {
            connection.system: connection for connection in self.settings.connections() if connection.system in found
        }
        lately = list(kept)
        for kind in SystemKind:
            of_kind = sorted(
                (manifest for manifest in found.values() if manifest.kind is kind),
                # Of several the one that was used last; the settings file has it at its end.
                key=lambda manifest: -lately.index(manifest.name) if manifest.name in kept else 1,
            )
            for manifest in of_kind:
                self.connections.offer(manifest, kept.get(manifest.name))
            if of_kind:
                self.connections.add(of_kind[0], kept.get(of_kind[0].name))
        if kept:
            self.window.show_work()
        else:
            self.window.show_connections()

    def _begin_demo(self) -> None:
        # Imported here: a window on real systems never needs it.
        from app.demo.progress import Progress
        from app.demo.session import TITLES, DemoSession

        page = self.window.start_page
        for name, title in TITLES.items():
            page.expect(name, title)
        self._report: Relay[Progress] = Relay(lambda p: page.set_progress(p.system, p.stage.value, p.fraction))
        session = DemoSession(
            self.jobs,
            self.language.code,
            self._report,
            on_started=self.sign_in_to,
            on_joined=self.join,
            on_ended=self._on_demo_ended,
        )
        page.cancel_requested.connect(session.cancel)
        page.retry_requested.connect(session.start)
        self._demo = session
        session.start()

    def _on_demo_ended(self, ending: "Ending", details: str) -> None:
        what = {
            "cancelled": self.tr("The set-up was cancelled. What is done already is kept."),
            "failed": self.tr("The demo's systems could not be set up."),
        }[ending.value]
        self.window.start_page.set_failed("", what, details)

    def _save(self) -> None:
        self.jobs.run(asyncio.to_thread(self.settings.save), lambda _: None, lambda _: None)

    def _on_bug(self, error: Exception) -> None:
        _log.error("the systems could not be listed: %s", type(error).__name__)

    async def _end(self) -> None:
        await self.drafts.finish()
        await self.connections.close_systems()
        if self._demo is not None:
            await self._demo.stop()
        try:
            await asyncio.to_thread(self.settings.save)
        except OSError as error:
            _log.warning("the settings could not be written: %s", error.strerror)


def manifests() -> dict[str, Manifest]:
    """The systems that are installed, by name: entry points of the group ``samspil.systems``."""
    found = {}
    for point in entry_points(group="samspil.systems"):
        manifest = point.load()
        if isinstance(manifest, Manifest):
            found[manifest.name] = manifest
    return found
