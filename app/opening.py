"""The window before everything else: it is painted first, and the program behind it is read while it can be seen.

What is imported here, and by the modules imported here, is all that the first paint waits for.
"""

import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.storage.paths import config_dir, log_dir
from app.storage.process_lock import ProcessLock
from app.storage.settings import Settings
from app.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from app.bootstrap import Program
    from app.runtime.instance import Instance
    from app.storage.logs import Logs

_PAINTED_WITHIN = 1_000  # ms after which the program is read, painted or not: a window that starts as an icon is not
_BEHIND = (
    "app.runtime.instance",
    "app.storage.logs",
    "app.bootstrap",
    "app.ui.shell.half",
    "app.ui.shell.layout",
    "app.ui.shell.left_pages",
    "app.ui.shell.parts",
    "app.ui.shell.side_list",
    "app.ui.shell.start_page",
    "app.ui.shell.top_bar",
    "app.ui.card.card_panel",
    "app.ui.connect.connect_page",
    "app.ui.connect.sign_in",
    "app.ui.connect.system_chip",
    "app.ui.search.popup",
    "app.storage.cache",
    "sqlcipher3.dbapi2",
)
"""The program behind the window, with what it imports only when it is needed: none of it is read in the GUI thread."""


class Options(NamedTuple):
    """What the command line asks.

    Attributes:
        theme, language: Empty for what the user chose last.
        is_demo: Start the demo's own ERP and CRM, and keep no secret and no connection.
        settings: The folder of the settings file, or None for the usual one.
        customer, project: The number of the customer or project whose card is to be opened, or empty.
    """

    theme: str = ""
    language: str = ""
    is_demo: bool = False
    settings: Path | None = None
    customer: str = ""
    project: str = ""

    @property
    def asked(self) -> str:
        """Which card, as it is handed over to another instance; see `app.errands.Errands.open_number`."""
        return f"project/{self.project}" if self.project else self.customer

    @property
    def settings_folder(self) -> Path:
        """Where the settings file is."""
        return self.settings or (config_dir() / "demo" if self.is_demo else config_dir())

    @property
    def is_single(self) -> bool:
        """Another start with the same settings hands over to this one. Not the demo's, which stands by itself."""
        return not self.is_demo and self.settings is None

    @property
    def log_folder(self) -> Path:
        """Where the log is."""
        return self.settings / "log" if self.settings is not None else log_dir()


class _Reader(QObject):
    """Imports the program in a thread, so that the window stays alive meanwhile.

    Signals:
        ended: With the exception, or None.
    """

    ended = Signal(object)

    def start(self) -> None:
        threading.Thread(target=self._read, name="samspil-reader", daemon=True).start()

    def _read(self) -> None:
        try:
            for name in _BEHIND:
                import_module(name)
        except Exception as error:
            self.ended.emit(error)
        else:
            self.ended.emit(None)


class _Single:
    """Keeps the program to one window a user. Costs a lock on a file while it is the only one."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._lock = ProcessLock(options.settings_folder / "instance.lock")
        self._instance: Instance | None = None

    def is_handed_over(self) -> bool:
        """Another one runs, and has taken over what this one was asked."""
        try:
            self._options.settings_folder.mkdir(parents=True, exist_ok=True)
            if self._lock.take():
                return False
        except OSError:
            return False  # a folder that takes no file: then each start stands by itself
        from app.runtime.instance import hand_over, name_for

        return hand_over(name_for(self._options.settings_folder), self._options.asked)

    def take_links(self, program: "Program") -> None:
        """Take what later starts hand over."""
        from app.runtime.instance import Instance, name_for

        self._instance = Instance(name_for(self._options.settings_folder), program)
        self._instance.asked.connect(program.show_for)

    def release(self) -> None:
        """Let the next start be the one."""
        if self._instance is not None:
            self._instance.close()
        self._lock.release()


def open_window(options: Options, *, on_program: "Callable[[Program], object]" = lambda _program: None) -> int:
    """Open the window and stay until it is closed; the exit code.

    Args:
        on_program: Is called once, when the program behind the window is there and before it begins.
    """
    app = QApplication(["samspil"])
    app.setApplicationName("samspil")
    app.setApplicationDisplayName("Samspil")
    app.setDesktopFileName("samspil")
    lock = _Single(options) if options.is_single else None
    if lock is not None and lock.is_handed_over():
        return 0
    settings = Settings(options.settings_folder)
    window = MainWindow(settings)
    logs: list[Logs] = []
    programs: list[Program] = []
    failures: list[Exception] = []
    reader = _Reader()

    def begin(failure: Exception | None) -> None:
        if failure is not None:
            failures.append(failure)
            app.exit(1)
            return
        from app.bootstrap import Program
        from app.storage.logs import Logs

        logs.append(Logs(options.log_folder))
        program = Program(app, options, settings, window)
        programs.append(program)
        if lock is not None:
            lock.take_links(program)
        on_program(program)
        program.begin()

    started: list[bool] = []

    def read() -> None:
        if not started:
            started.append(True)
            reader.start()

    # Not left to Qt's "last window": a pop-up that is being closed too can keep the program alive without a window.
    window.closed.connect(lambda: app.exit(0))
    reader.ended.connect(begin)
    window.painted.connect(read)
    window.show()
    QTimer.singleShot(_PAINTED_WITHIN, reader, read)
    code = app.exec()
    for program in programs:
        program.end()
    for log in logs:
        log.stop()
    if lock is not None:
        lock.release()
    if failures:
        raise failures[0]
    return code
