"""What Tryton prints of an order, a delivery or an invoice: its own reports, as its own client asks for them.

A report is a template that the server fills. Whether a PDF comes of it is the server's to say: where an administrator
has set the report's output format to PDF, LibreOffice on the server makes one, and where that is missing or fails the
filled template itself is the answer (``trytond/report/report.py``), an OpenDocument text.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from app.domain.documents import PDF, Document, DocumentKind, OrderDocuments, file_name
from app.domain.text import one_line
from app.ports.errors import NotFound
from app.systems.tryton.protocol import SYSTEM, Row, malformed, plain, rows
from app.systems.tryton.schema import ORDER, REPORTS
from app.systems.tryton.site import Site, existing, key_of

MEDIA_TYPES: Final = {
    "pdf": PDF,
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "odg": "application/vnd.oasis.opendocument.graphics",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "rtf": "application/rtf",
    "csv": "text/csv",
    "txt": "text/plain",
}
"""Those of Tryton's formats that hold a document and no program. Another one is not taken: it might be anything."""
_LARGEST = 20 * 1024 * 1024
_PDF_STARTS_WITHIN = 1024
"""Bytes that readers let stand before a PDF's own first mark."""
_NAMED: Final = {ORDER: ("contact", "party"), "account.invoice": ("party",)}
"""Who gets it, the nearest first; of deliveries the customer."""


async def documents(site: Site, model: str, record: int) -> OrderDocuments:
    """The record's reports, and the customer's mail address: the contact's on an order before the party's own."""
    reports, found = await _offered(site, model, record)
    kinds = tuple(DocumentKind(str(report.key()), report.text("name")) for report in reports.values())
    people = [person for name in _named(site, model) if (person := found.row(name)) is not None]
    addresses = [address for person in people if (address := mail_address(person.text("email")))]
    return OrderDocuments(kinds, next(iter(addresses), ""))


async def document(site: Site, model: str, record: int, key: str) -> Document:
    """Let the server make one of them. Of a posted invoice Tryton keeps the first that was made, and gives that."""
    reports, _found = await _offered(site, model, record)
    report = reports.get(key_of(key))
    if report is None:
        raise NotFound(SYSTEM, detail="there is no such report of this order")
    data = {"action_id": report.key(), "model": model, "id": record, "ids": [record]}
    answer = await site.client.make(f"report.{report.token('report_name')}.execute", [record], data)
    return read_document(answer, report.text("name"))


def _named(site: Site, model: str) -> list[str]:
    named = _NAMED.get(model, ("customer",))
    return existing(site.schema.sale, *named) if model == ORDER else [*named]


async def _offered(site: Site, model: str, record: int) -> tuple[dict[int, Row], Row]:
    """The record's reports by their ids, and who gets them. Raises `NotFound`."""
    mail = [f"{name}.email" for name in _named(site, model)]
    reports, answer = await asyncio.gather(
        site.client.read(*REPORTS, [model, record]),
        site.client.read(f"model.{model}.search_read", [["id", "=", record]], 0, 1, None, mail),
    )
    found = next(iter(rows(answer)), None)
    if found is None:
        raise NotFound(SYSTEM)
    named = [row for row in rows(reports) if row.text("type") == "ir.action.report"]
    # A method's name is made of a report's: nothing but a name goes into it.
    return {row.key(): row for row in named if row.token("report_name").replace(".", "_").isidentifier()}, found


def mail_address(text: str) -> str:
    """``text`` where it is one plain address and nothing else, or empty: it ends up in a mail's header."""
    address = one_line(text)
    name, at, host = address.partition("@")
    is_plain = address.isprintable() and not set(address) & set(" ,;:<>()[]\\\"'`|&?%")
    return address if at and name and host and "@" not in host and is_plain and len(address) < 255 else ""


def read_document(answer: Any, title: str) -> Document:
    """The document in a report's answer: extension, content, a wish to print it at once, and a name.

    Raises:
        MalformedAnswer: it holds none of a kind that is known, or one that is larger than a document is.
    """
    match answer:
        case [str(extension), content, _, *rest] if extension in MEDIA_TYPES:
            name = rest[0] if rest and isinstance(rest[0], str) else ""
        case _:
            raise malformed("a report's answer without a document of a known kind")
    if isinstance(content, Mapping):
        content = plain(content)
    if isinstance(content, str):
        content = content.encode("utf-8", "replace")
    if not isinstance(content, bytes) or not content:
        raise malformed("a document without content")
    if len(content) > _LARGEST:
        raise malformed(f"a document of {len(content) // 2**20} MB")
    if extension == "pdf" and b"%PDF-" not in content[:_PDF_STARTS_WITHIN]:
        raise malformed("a document that says it is a PDF and is none")
    return Document(file_name(name or title, extension), MEDIA_TYPES[extension], content)
