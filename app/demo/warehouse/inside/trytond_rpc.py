"""A Tryton by its own JSON-RPC, as one of its users; standard library only."""

import base64
import datetime as dt
import email.utils
import gzip
import http.client
import json
import urllib.parse
from decimal import Decimal
from typing import Any

_SIGNED_OUT = (401, 403)


class Unreadable(Exception):
    """The system did not answer what it was asked; the round is given up and the next one tries again."""


class Tryton:
    """One connection to one database.

    Args:
        url: Where the server is.
        database, user, password: Who signs in, and where; at the first call and whenever the session is gone.

    Attributes:
        clock: The server's own time of its last answer, aware.
    """

    def __init__(self, url: str, database: str, user: str, password: str) -> None:
        parts = urllib.parse.urlsplit(url)
        connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = connect(parts.hostname or "", parts.port, timeout=60)
        self._path = f"/{urllib.parse.quote(database)}/rpc/"
        self._user = user
        self._password = password
        self._session = ""
        self._context: dict[str, Any] = {}
        self.clock = dt.datetime.fromtimestamp(0, dt.UTC)

    def __call__(self, method: str, *params: Any) -> Any:
        """Call a method; the context (the user's company, and inactive records too) is put behind the parameters.

        Raises:
            Unreadable: No answer, or an error.
        """
        if not self._session:
            self._sign_in()
        status, answer = self._post(method, [*params, self._context])
        if status in _SIGNED_OUT:
            self._sign_in()
            status, answer = self._post(method, [*params, self._context])
        return self._result(method, status, answer)

    def _sign_in(self) -> None:
        self._session, self._context = "", {}
        method = "common.db.login"
        answer = self._post(method, [self._user, {"password": self._password}, "en"])
        key, token, *_ = self._result(method, *answer)
        self._session = base64.b64encode(f"{self._user}:{key}:{token}".encode()).decode()
        method = "model.res.user.get_preferences"
        preferences = self._result(method, *self._post(method, [True, {}]))
        self._context = {"company": preferences["company"], "language": "en", "active_test": False}

    @property
    def company(self) -> int:
        """The user's company."""
        if not self._session:
            self._sign_in()
        return int(self._context["company"])

    def _post(self, method: str, params: list[Any]) -> tuple[int, Any]:
        body = json.dumps({"id": 1, "method": method, "params": params}, default=_to_wire)
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
        if self._session:
            headers["Authorization"] = f"Session {self._session}"
        try:
            try:
                answer = self._ask(body, headers)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                # It let an idle connection go. Nothing here writes, so it may be asked twice.
                self._connection.close()
                answer = self._ask(body, headers)
            raw = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Unreadable(f"{method}: {type(error).__name__}") from error
        if date := answer.getheader("Date"):
            self.clock = email.utils.parsedate_to_datetime(date)
        # Long answers come zipped, whatever was asked for.
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
        try:
            return answer.status, json.loads(raw, object_hook=_from_wire) if answer.status == 200 else None
        except ValueError as error:
            raise Unreadable(f"{method}: no JSON") from error

    def _ask(self, body: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        self._connection.request("POST", self._path, body.encode(), headers)
        return self._connection.getresponse()

    @staticmethod
    def _result(method: str, status: int, answer: Any) -> Any:
        if status != 200:
            raise Unreadable(f"{method}: HTTP {status}")
        if "error" in answer:
            # Its kind and no more: the rest may name customers.
            raise Unreadable(f"{method}: {str(answer['error'][0])[:80]}")
        return answer["result"]


def _from_wire(values: dict[str, Any]) -> Any:
    match values.get("__class__"):
        case "Decimal":
            return Decimal(values["decimal"])
        case "date":
            return dt.date(values["year"], values["month"], values["day"])
        case "datetime":
            del values["__class__"]
            # Without a zone, as it came: it is a mark, and goes back as it is.
            return dt.datetime(**values)  # noqa: DTZ001
        case "timedelta":
            return dt.timedelta(seconds=values["seconds"])
        case _:
            return values


def _to_wire(value: object) -> Any:
    if isinstance(value, dt.datetime):
        time = {name: getattr(value, name) for name in ("hour", "minute", "second", "microsecond")}
        return {"__class__": "datetime", "year": value.year, "month": value.month, "day": value.day, **time}
    raise TypeError(type(value).__name__)
