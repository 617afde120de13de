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

from app.storage.paths import config_dir
from app.storage.settings import Settings
from app.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from app.bootstrap import Program

_PAINTED_WITHIN = 1_000  # ms after which the program is read, painted or not: a window that starts as an icon is not
_BEHIND = (
    "app.bootstrap",
    "app.ui.shell.half",
    "app.ui.shell.layout",
    "app.ui.shell.side_list",
    "app.ui.shell.start_page",
    "app.ui.shell.top_bar",
    "app.ui.card.card_panel",
    "app.ui.connect.sign_in",
    "app.ui.connect.system_chip",
    "app.ui.search.popup",
)
"""The program behind the window, with what it imports only when it is needed: none of it is read in the GUI thread."""


class Options(NamedTuple):
    """What the command line asks.

    Attributes:
        theme, language: Empty for what the user chose last.
        is_demo: Start the demo's own ERP and CRM, and keep no secret and no connection.
        settings: The folder of the settings file, or None for the usual one.
        customer: The number of the customer whose card is to be opened, or empty.
    """

    theme: str = ""
    language: str = ""
    is_demo: bool = False
    settings: Path | None = None
    customer: str = ""

    @property
    def settings_folder(self) -> Path:
        """Where the settings file is."""
        return self.settings or (config_dir() / "demo" if self.is_demo else config_dir())


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


def open_window(options: Options, *, on_program: "Callable[[Program], object]" = lambda _program: None) -> int:
    """Open the window and stay until it is closed; the exit code.

    Args:
        on_program: Is called once, when the program behind the window is there and before it begins.
    """
    app = QApplication(["samspil"])
    app.setApplicationName("samspil")
    app.setApplicationDisplayName("Samspil")
    app.setDesktopFileName("samspil")
    settings = Settings(options.settings_folder)
    window = MainWindow(settings)
    programs: list[Program] = []
    failures: list[Exception] = []
    reader = _Reader()

    def begin(failure: Exception | None) -> None:
        if failure is not None:
            failures.append(failure)
            app.exit(1)
            return
        from app.bootstrap import Program

        program = Program(app, options, settings, window)
        programs.append(program)
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
    if failures:
        raise failures[0]
    return code
