"""The language of the window, and with it the format of numbers and dates."""

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from app.ui.resources import resource

LANGUAGES = ("da", "en")
"""What the window speaks; the names of languages are never translated (see `NAMES`)."""

NAMES = {"da": "Dansk", "en": "English"}


class Language(QObject):
    """Loads translations, ours and Qt's own.

    Signals:
        changed: The window speaks another language; widgets are told by their own `LanguageChange` event.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "") -> None:
        super().__init__(app)
        self._app = app
        self._loaded: list[QTranslator] = []
        self._choice = ""
        self.code = ""
        self.choose(choice)

    @property
    def choice(self) -> str:
        """``da``, ``en``, or empty for the system's."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Speak another language; empty for the system's."""
        self._choice = choice if choice in LANGUAGES else ""
        code = self._choice or system_language()
        if code == self.code:
            return
        self.code = code
        # The locale first: installing a translator tells the widgets, and they ask for both.
        QLocale.setDefault(locale_for(code))
        for translator in self._loaded:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._loaded = []
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{code}", qt), (f"samspil_{code}", str(resource("translations")))):
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._loaded.append(translator)
        self.changed.emit()


def system_language() -> str:
    """The first of the user's languages that the window speaks, or English."""
    for name in QLocale.system().uiLanguages():
        code = name.split("-")[0]
        if code in LANGUAGES:
            return code
    return "en"


def locale_for(code: str) -> QLocale:
    """The user's own format where he speaks this language, else that of the language in his country."""
    system = QLocale.system()
    language = {"da": QLocale.Language.Danish}.get(code, QLocale.Language.English)
    if system.language() is language:
        return system
    if system.language() is QLocale.Language.C:
        country = {"da": QLocale.Country.Denmark}.get(code, QLocale.Country.UnitedKingdom)
        return QLocale(language, country)
    return QLocale(language, system.territory())
