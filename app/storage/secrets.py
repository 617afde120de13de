"""Passwords and tokens in the operating system's keyring, and nowhere else."""

import logging

from app.ports.connection import Connection

_log = logging.getLogger(__name__)
_SERVICE = "samspil"


class KeyringSecrets:
    """Implements `app.ports.secrets.SecretStore`. Every call may block while the keyring asks the user.

    The library is imported in the calls, made in a thread: it takes 40 ms, and a window shall be there before.
    """

    def read(self, connection: Connection) -> str | None:
        """See `SecretStore.read`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(_SERVICE, _name(connection))
        except KeyringError as error:
            _log.info("the keyring cannot be read: %s", type(error).__name__)
            return None

    def write(self, connection: Connection, secret: str) -> bool:
        """See `SecretStore.write`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, _name(connection), secret)
        except KeyringError as error:
            _log.info("the keyring cannot be written: %s", type(error).__name__)
            return False
        return True

    def delete(self, connection: Connection) -> None:
        """See `SecretStore.delete`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.delete_password(_SERVICE, _name(connection))
        except KeyringError as error:
            _log.info("nothing was deleted from the keyring: %s", type(error).__name__)


class MemorySecrets:
    """Secrets that are gone with the process: for the demo, whose passwords are made anew."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def read(self, connection: Connection) -> str | None:
        """See `SecretStore.read`."""
        return self._secrets.get(_name(connection))

    def write(self, connection: Connection, secret: str) -> bool:
        """See `SecretStore.write`."""
        self._secrets[_name(connection)] = secret
        return True

    def delete(self, connection: Connection) -> None:
        """See `SecretStore.delete`."""
        self._secrets.pop(_name(connection), None)


def _name(connection: Connection) -> str:
    options = ",".join(f"{key}={value}" for key, value in sorted(connection.options.items()))
    return f"{connection.system} {connection.user}@{connection.url} {options}".strip()
