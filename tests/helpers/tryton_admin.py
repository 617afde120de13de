"""An administrator at a Tryton, by JSON-RPC and none of our own code: for what the tests make and look at."""

import base64
import json
import urllib.error
import urllib.request
from datetime import date
from decimal import Decimal
from typing import Any


class TrytonSaid(Exception):
    """The server answered with an error."""


class TrytonAdmin:
    """Calls any method of a Tryton as one of its users.

    Attributes:
        context: The company and the language, as `get_preferences` gave them.
    """

    def __init__(self, url: str, database: str, user: str, password: str) -> None:
        self._url = f"{url}/{database}/rpc/"
        self._headers = {"Content-Type": "application/json"}
        self.context: dict[str, Any] = {}
        key, token, *_ = self._post("common.db.login", [user, {"password": password}, "en"])
        secret = base64.b64encode(f"{user}:{key}:{token}".encode()).decode()
        self._headers["Authorization"] = f"Session {secret}"
        preferences = self._post("model.res.user.get_preferences", [True, {}])
        self.context = {name: preferences[name] for name in ("company", "language") if preferences.get(name)}

    def __call__(self, method: str, *params: Any, **context: Any) -> Any:
        return self._post(method, [*params, {**self.context, **context}])

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
                raise TrytonSaid(f"{method}: HTTP {error.code}") from None
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
    raise TypeError(type(value).__name__)


def _plain(values: dict[str, Any]) -> Any:
    return Decimal(values["decimal"]) if values.get("__class__") == "Decimal" else values
