"""A Creme by our add-on's HTTP, as one of its users; standard library only."""

import datetime as dt
import email.utils
import http.client
import json
import urllib.parse
from typing import Any

from trytond_rpc import Unreadable

_SIGNED_OUT = 401


class Creme:
    """One user's sign-in.

    Attributes:
        clock: The server's own time of its last answer, aware.
    """

    def __init__(self, url: str, user: str, password: str) -> None:
        parts = urllib.parse.urlsplit(url)
        connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = connect(parts.hostname or "", parts.port, timeout=60)
        self._user = user
        self._password = password
        self._token = ""
        self.clock = dt.datetime.fromtimestamp(0, dt.UTC)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """Ask for something below ``/samspil/v1/``; signs in first where that is needed.

        Raises:
            Unreadable: No answer, or an error.
        """
        address = f"{path}?{urllib.parse.urlencode(query)}" if query else path
        if not self._token:
            self._sign_in()
        status, answer = self._ask("GET", address)
        if status == _SIGNED_OUT:
            self._sign_in()
            status, answer = self._ask("GET", address)
        if status != 200:
            raise Unreadable(f"{path}: HTTP {status}")
        return answer

    def _sign_in(self) -> None:
        self._token = ""
        who = {"username": self._user, "password": self._password, "device": "warehouse"}
        status, answer = self._ask("POST", "sign-in", json.dumps(who))
        if status != 200:
            raise Unreadable(f"sign-in: HTTP {status}")
        self._token = answer["token"]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, dict[str, Any]]:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            # A connection for each: there are few, and minutes lie between them.
            self._connection.close()
            self._connection.request(method, f"/samspil/v1/{path}", body, headers)
            answer = self._connection.getresponse()
            raw = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Unreadable(f"{path}: {type(error).__name__}") from error
        if date := answer.getheader("Date"):
            self.clock = email.utils.parsedate_to_datetime(date)
        try:
            return answer.status, json.loads(raw) if answer.status == 200 else {}
        except ValueError as error:
            raise Unreadable(f"{path}: no JSON") from error
