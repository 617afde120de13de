"""An administrator at a Tryton, by JSON-RPC and none of our own code: for what the tests make and look at."""

import base64
import json
import urllib.error
import urllib.request
from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Any


class TrytonSaid(Exception):
    """The server answered with an error."""


class _SessionEnded(TrytonSaid):
    """It wants to know anew who asks, and has done nothing."""


class TrytonAdmin:
    """Calls any method of a Tryton as one of its users.

    Attributes:
        context: The company and the language, as `get_preferences` gave them.
    """

    def __init__(self, url: str, database: str, user: str, password: str) -> None:
        self._url = f"{url}/{database}/rpc/"
        self._login = (user, password)
        self._headers = {"Content-Type": "application/json"}
        self.context: dict[str, Any] = {}
        self._sign_in()
        preferences = self._post("model.res.user.get_preferences", [True, {}])
        self.context = {name: preferences[name] for name in ("company", "language") if preferences.get(name)}

    def _sign_in(self) -> None:
        user, password = self._login
        self._headers.pop("Authorization", None)
        key, token, *_ = self._post("common.db.login", [user, {"password": password}, "en"])
        secret = base64.b64encode(f"{user}:{key}:{token}".encode()).decode()
        self._headers["Authorization"] = f"Session {secret}"

    def __call__(self, method: str, *params: Any, **context: Any) -> Any:
        given = [*params, {**self.context, **context}]
        try:
            return self._post(method, given)
        except _SessionEnded:
            # Tryton ends one that was idle for five minutes: so long may the tests of other systems take.
            self._sign_in()
            return self._post(method, given)

    def create(self, model: str, **values: Any) -> int:
        """Make one record and return its id."""
        return int(self(f"model.{model}.create", [values])[0])

    def find(self, model: str, *clauses: Any, fields: tuple[str, ...] = ("rec_name",)) -> list[dict[str, Any]]:
        """The records that meet all clauses, as the ERP orders them."""
        found: list[dict[str, Any]] = self(f"model.{model}.search_read", list(clauses), 0, 1000, None, list(fields))
        return found

    def first(self, model: str, *clauses: Any) -> int:
        """The id of the first one."""
        return int(self.find(model, *clauses)[0]["id"])

    def today(self) -> date:
        """The ERP's own day: that of its company's time zone, not of this machine's."""
        return date(*(self("model.ir.date.today")[part] for part in ("year", "month", "day")))

    def fields(self, model: str) -> frozenset[str]:
        """The fields that a model has with the modules that are active."""
        return frozenset(self(f"model.{model}.fields_get", None))

    def _post(self, method: str, params: list[Any]) -> Any:
        body = json.dumps({"id": 1, "method": method, "params": params}, default=_wire).encode()
        request = urllib.request.Request(self._url, body, self._headers)  # noqa: S310 - our own server
        request.add_header("Accept-Encoding", "identity")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                raw = answer.read()
        except urllib.error.HTTPError as error:
            with error:
                said = _SessionEnded if error.code == HTTPStatus.UNAUTHORIZED else TrytonSaid
                raise said(f"{method}: HTTP {error.code}") from None
        if raw[:2] == b"\x1f\x8b":  # Tryton zips long answers unasked
            import gzip

            raw = gzip.decompress(raw)
        answer_ = json.loads(raw, object_hook=_plain)
        if "error" in answer_:
            raise TrytonSaid(f"{method}: {str(answer_['error'])[-800:]}")
        return answer_["result"]


def _wire(value: object) -> Any:
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    if isinstance(value, date):
        return {"__class__": "date", "year": value.year, "month": value.month, "day": value.day}
    if isinstance(value, timedelta):
        return {"__class__": "timedelta", "seconds": value.total_seconds()}
    raise TypeError(type(value).__name__)


def _plain(values: dict[str, Any]) -> Any:
    match values:
        case {"__class__": "Decimal", "decimal": text}:
            return Decimal(text)
        case {"__class__": "timedelta", "seconds": seconds}:
            return timedelta(seconds=seconds)
    return values
