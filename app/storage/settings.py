"""The settings file: window layout and connections, in TOML. No secret and no customer's name is ever written to it."""

import threading
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The window's first paint waits for this module: what it needs only later is imported there.
if TYPE_CHECKING:
    from app.ports.connection import Connection

_NAME = "settings.toml"


class Settings:
    """Plain values by name, and the connections.

    Reading and changing costs nothing and may be done anywhere; `save` writes the file and belongs in the background.
    A file that cannot be read is put aside as ``settings.toml.damaged``, and the app starts with its defaults.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME
        self._lock = threading.Lock()
        self._is_changed = False
        self._values: dict[str, Any] = self._load()

    def get(self, name: str, default: Any = None) -> Any:
        """The value of this name."""
        with self._lock:
            return self._section("window").get(name, default)

    def set(self, name: str, value: str | int | bool | list[int]) -> None:
        """Remember a value; kept on disk with the next `save`."""
        with self._lock:
            if self._section("window").get(name) != value:
                self._section("window")[name] = value
                self._is_changed = True

    def connections(self) -> "tuple[Connection, ...]":
        """Where the systems are and who signs in."""
        with self._lock:
            stored = self._values.get("connections", [])
        found = []
        for entry in stored if isinstance(stored, list) else []:
            try:
                found.append(_read_connection(entry))
            except (KeyError, TypeError, AttributeError):
                _warn("a connection in the settings file was left out: it is not complete")
        return tuple(found)

    def keep_connection(self, connection: "Connection") -> None:
        """Remember a connection in the place of an earlier one to the same system."""
        entries = [c for c in self.connections() if c.system != connection.system]
        with self._lock:
            self._values["connections"] = [_write_connection(c) for c in (*entries, connection)]
            self._is_changed = True

    def save(self) -> None:
        """Write the file if something has changed; the old one stays whole until the new one is. Raises OSError."""
        with self._lock:
            if not self._is_changed:
                return
            import tomli_w

            text = tomli_w.dumps(self._values)
            self._is_changed = False
        import os
        import tempfile

        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=_NAME)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self._path)
        except OSError:
            with self._lock:
                self._is_changed = True
            Path(temporary).unlink(missing_ok=True)
            raise

    def _section(self, name: str) -> dict[str, Any]:
        section = self._values.setdefault(name, {})
        if not isinstance(section, dict):
            section = self._values[name] = {}
        return section

    def _load(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            _warn(f"the settings file cannot be read: {error.strerror}")
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            aside = self._path.with_suffix(".toml.damaged")
            _warn(f"the settings file is damaged; it was put aside as {aside.name}")
            self._path.replace(aside)
            return {}


def _warn(text: str) -> None:
    import logging

    logging.getLogger(__name__).warning(text)


def _read_connection(entry: Mapping[str, Any]) -> "Connection":
    from app.ports.connection import Connection

    options = {str(key): str(value) for key, value in entry.get("options", {}).items()}
    return Connection(
        str(entry["system"]), str(entry["url"]), str(entry["user"]), options, str(entry.get("language", "en"))
    )


def _write_connection(connection: "Connection") -> dict[str, Any]:
    return {
        "system": connection.system,
        "url": connection.url,
        "user": connection.user,
        "options": dict(connection.options),
        "language": connection.language,
    }
