"""The one file that wires everything together."""

import asyncio
import logging
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from app.domain.contacts import ContactKind
from app.opening import Options
from app.ports.connection import Manifest, SystemKind
from app.ports.errors import SystemFault
from app.ports.journal import Journals
from app.ports.secrets import SecretStore
from app.runtime.collector import Collector
from app.runtime.jobs import Jobs
from app.runtime.loop import LoopThread
from app.runtime.relay import Relay
from app.services.card import CustomerCard, PartName
from app.services.connections import Connections, ConnectionStatus
from app.services.no_journal import NoJournal
from app.services.order_desk import OrderDesk
from app.services.search import ContactSearch, Match
from app.services.systems import Systems
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
        connections, systems, desk, card, search: The services behind it.

    Signals:
        ready: Every system that is set up is signed in to, or has said why not.
    """

    ready = Signal()

    def __init__(self, app: QApplication, options: Options, settings: Settings, window: MainWindow) -> None:
        super().__init__()
        quiet_logs()
        self._options = options
        self.settings = settings
        self.window = window
        self.theme = Theme(app, ThemeChoice(options.theme or self.settings.get("theme") or ThemeChoice.SYSTEM))
        self.language = Language(app, options.language or self.settings.get("language") or "")
        self.loop = LoopThread()
        self.loop.start()
        self.jobs = Jobs(self.loop, self)
        self.systems = Systems()
        self.connections = Connections(self.jobs, self._secrets(), self.systems)
        self.search = ContactSearch(self.systems, self.jobs)
        self.card = CustomerCard(self.systems, self.jobs)
        # Its own: a row that is on its way outlives every page.
        self._desk_jobs = Jobs(self.loop, self)
        self.desk = OrderDesk(self.systems, self._desk_jobs, self._journals())
        formats = Formats()
        window.furnish(
            theme=self.theme,
            language=self.language,
            connections=self.connections,
            search=self.search,
            card=self.card,
            formats=formats,
        )
        self.panel = OrderPanel(self.desk, self.jobs, formats)
        self.window.set_order_panel(self.panel)
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
        self.connections.close()
        self.panel.close_order()
        for jobs in (self.jobs, self._desk_jobs):
            jobs.cancel_all()
        try:
            self.loop.submit(self._end()).result(_END_WITHIN)
        except TimeoutError:
            _log.warning("not everything had ended when the program did")
        self.loop.stop()
        self._collector.stop()
        self.desk.journals.close()

    def sign_in_to(self, logins: "Sequence[DemoLogin]") -> None:
        """Sign in to these systems and show the work; their passwords are kept nowhere."""
        found = manifests()
        for login in logins:
            manifest = found[login.connection.system]
            self.connections.add(manifest, None)
            self.connections.sign_in(manifest.kind, login.connection, login.password, keep=False)
        self.window.show_work()

    # -- wiring

    def _connect(self) -> None:
        window, panel = self.window, self.panel
        window.order_open_requested.connect(self.open_order)
        window.new_order_requested.connect(self.new_order)
        window.customer_changed.connect(self._on_customer_changed)
        panel.new_order_requested.connect(self.new_order)
        panel.sign_in_requested.connect(lambda: window.ask_to_sign_in(SystemKind.ERP))
        panel.faulted.connect(self._on_fault)
        panel.order_changed.connect(self._on_order_changed)
        self.connections.listen(self._on_connection)
        self._saver = QTimer(self, interval=_SAVE_AFTER, singleShot=True)
        self._saver.timeout.connect(self._save)

    def open_customer(self, number: str) -> None:
        """Open the card of the customer with this number, which is all that links the systems."""
        self.window.open(Match(f"number:{number}", ContactKind.COMPANY, number, number))

    def open_order(self, order_id: str) -> None:
        """Open an order of the ERP in the right half."""
        self.window.reveal_order()
        self.panel.open_order(order_id)

    def new_order(self) -> None:
        """Begin an order for the customer at hand."""
        if self.window.erp_customer_id:
            self.window.reveal_order()
            self.panel.new_order(self.window.erp_customer_id)

    def _on_customer_changed(self) -> None:
        self.panel.set_customer(known_to_erp=bool(self.window.erp_customer_id))

    def _on_order_changed(self, customer_id: str) -> None:
        if self.card.customer.value is not None and self.card.customer.value.id == customer_id:
            self.card.reload(PartName.ORDERS)

    def _on_fault(self, fault: object) -> None:
        if isinstance(fault, SystemFault):
            self.connections.report(fault)

    def _on_connection(self, kind: SystemKind) -> None:
        state = self.connections.state(kind)
        is_online = state.status is ConnectionStatus.ONLINE
        if is_online and not self._was_online.get(kind, False):
            # It answers again, or is signed in to: go on with everything that waits for it.
            self.card.retry(kind)
            if kind is SystemKind.ERP:
                self.desk.resume()
                self.desk.recover(self.panel.recovered.add, self._on_recovery_ended)
            if state.connection is not None and not self._options.is_demo:
                self.settings.keep_connection(state.connection)
        self._was_online[kind] = is_online
        self._saver.start()
        waiting = [k for k in self.connections.kinds if self.connections.state(k).status is ConnectionStatus.CONNECTING]
        if not waiting and not self._is_ready:
            self._is_ready = True
            if self._options.customer:
                self.open_customer(self._options.customer)
            self.ready.emit()

    def _on_recovery_ended(self) -> None:
        self.panel.recovered.set_trouble(self.desk.journals.trouble)

    def _may_close(self) -> bool:
        self.panel.leave()
        if not self.desk.unwritten:
            return True
        answer = QMessageBox(self.window)
        answer.setIcon(QMessageBox.Icon.Warning)
        answer.setWindowTitle(self.tr("Samspil"))
        answer.setText(self.tr("Some lines are not in the ERP yet."))
        if self.desk.journals.is_durable:
            kept = self.tr("Lines with an item and a quantity are kept here, and go on when Samspil is opened again.")
            answer.setInformativeText(kept)
        else:
            answer.setInformativeText(self.tr("If Samspil closes now, what was typed in them is lost."))
        stay = answer.addButton(self.tr("Keep open"), QMessageBox.ButtonRole.RejectRole)
        leave = answer.addButton(self.tr("Close without them"), QMessageBox.ButtonRole.DestructiveRole)
        answer.setDefaultButton(stay)
        answer.exec()
        return answer.clickedButton() is leave

    # -- beginning and ending

    def _secrets(self) -> SecretStore:
        from app.storage.secrets import KeyringSecrets, MemorySecrets

        return MemorySecrets() if self._options.is_demo else KeyringSecrets()

    def _journals(self) -> Journals:
        if self._options.is_demo:
            return NoJournal()  # the demo's ERP goes with the program
        from app.storage.journal import EncryptedJournals

        return EncryptedJournals(self._options.settings or data_dir())

    def _on_manifests(self, found: dict[str, Manifest]) -> None:
        kept = {connection.system: connection for connection in self.settings.connections()}
        for kind in (SystemKind.CRM, SystemKind.ERP):
            of_kind = [manifest for manifest in found.values() if manifest.kind is kind]
            chosen = next((m for m in of_kind if m.name in kept), of_kind[0] if of_kind else None)
            if chosen is not None:
                self.connections.add(chosen, kept.get(chosen.name))
        self.window.show_work()

    def _begin_demo(self) -> None:
        # Imported here: a window on real systems never needs it.
        from app.demo.progress import Progress
        from app.demo.session import TITLES, DemoSession

        page = self.window.start_page
        for name, title in TITLES.items():
            page.expect(name, title)
        self._report: Relay[Progress] = Relay(lambda p: page.set_progress(p.system, p.stage.value, p.fraction))
        session = DemoSession(self.jobs, self.language.code, self._report, self.sign_in_to, self._on_demo_ended)
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


def quiet_logs() -> None:
    """Log warnings and worse, and never a URL, which may hold what a user searched for."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
