"""Passwords and tokens in the operating system's keyring, and nowhere else."""

import contextlib
import logging
import secrets

from app.ports.connection import Connection

_log = logging.getLogger(__name__)
_SERVICE = "samspil"
_KEY_BYTES = 32


class NoKeyring(Exception):
    """There is no keyring on this computer, or it is locked, or it keeps nothing."""


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


def kept_key(name: str) -> bytes:
    """The random key of this name, made when there is none yet. May block. Raises `NoKeyring`."""
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(_SERVICE, name)
        if kept is not None:
            return bytes.fromhex(kept)
        key = secrets.token_bytes(_KEY_BYTES)
        keyring.set_password(_SERVICE, name, key.hex())
        if keyring.get_password(_SERVICE, name) != key.hex():
            raise NoKeyring("it did not keep the key")
    except (KeyringError, ValueError) as error:
        _log.info("the keyring gives no key: %s", type(error).__name__)
        raise NoKeyring(type(error).__name__) from error
    return key


def forget_key(name: str) -> bool:
    """Delete the key of this name; whether the keyring has none afterwards. May block. Raises `NoKeyring`."""
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        with contextlib.suppress(PasswordDeleteError):  # there was none, or what is read next tells
            keyring.delete_password(_SERVICE, name)
        return keyring.get_password(_SERVICE, name) is None
    except KeyringError as error:
        _log.info("the keyring forgets no key: %s", type(error).__name__)
        raise NoKeyring(type(error).__name__) from error


def _name(connection: Connection) -> str:
    options = ",".join(f"{key}={value}" for key, value in sorted(connection.options.items()))
    return f"{connection.system} {connection.user}@{connection.url} {options}".strip()
