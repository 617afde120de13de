"""Documents: what is taken of a report's answer, what names become, and what leaves for other programs."""

import asyncio
import base64
import errno
import io
import os
import time
from collections.abc import AsyncIterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest

from app.domain.documents import PDF, Document, file_name
from app.ports.connection import Connection
from app.ports.errors import MalformedAnswer
from app.ports.handover import HandOverFailed, HandOverProblem
from app.storage import handover
from app.storage.handover import DesktopHandOver
from app.systems.tryton.client import Client
from app.systems.tryton.documents import mail_address, read_document
from app.ui.documents.pdf import MOST_PAGES, PdfPages
from app.ui.documents.texts import failure

CONTENT = b"%PDF-1.6 and so on"
DOCUMENT = Document("Ordre-SO-2026-0002 æøå.pdf", PDF, CONTENT)


def wire(content: bytes) -> dict[str, str]:
    return {"__class__": "bytes", "base64": base64.b64encode(content).decode()}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("Ordre-SO-2026-0002 [REK-9726]", "Ordre-SO-2026-0002 [REK-9726].pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("..\\..\\Windows\\x", "Windows-x.pdf"),
        ("/", "document.pdf"),
        ("", "document.pdf"),
        (" . ", "document.pdf"),
        ("CON", "document CON.pdf"),
        ("lpt1.x", "document lpt1.x.pdf"),
        ("a\x00b\x1b[31m\nc", "ab[31m c.pdf"),
        ("fine\u202efdp.exe", "finefdp.exe.pdf"),
        ('what? "no": <a|b>*', "what- -no-- -a-b.pdf"),
        ("ø" * 300, "ø" * 90 + ".pdf"),
    ],
)
def test_a_name_from_the_erp_is_no_path_and_taken_everywhere(given: str, made: str) -> None:
    assert file_name(given, "pdf") == made
    assert Path(made).name == made


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        [],
        ["pdf"],
        ["pdf", None, False, "x"],
        ["pdf", wire(b""), False, "x"],
        ["pdf", wire(b"<html>not at all</html>"), False, "x"],
        ["exe", wire(b"MZ"), False, "x"],
        ["html", "<script>", False, "x"],
        ["../pdf", wire(CONTENT), False, "x"],
        [7, wire(CONTENT), False, "x"],
        ["pdf", {"__class__": "bytes", "base64": "!"}, False, "x"],
        ["pdf", wire(CONTENT + bytes(20 * 2**20)), False, "x"],
    ],
)
def test_what_is_no_document_is_not_taken(answer: Any) -> None:
    with pytest.raises(MalformedAnswer):
        read_document(answer, "Sale")


def test_a_document_is_taken_as_it_is() -> None:
    made = read_document(["pdf", wire(b"\n" + CONTENT), False, "../Ordre 7"], "Sale")
    assert (made.file_name, made.content, made.is_pdf) == ("Ordre 7.pdf", b"\n" + CONTENT, True)
    # The server has no LibreOffice: what it has is offered as what it is.
    text = read_document(["odt", wire(b"PK\x03\x04"), False, None], "Sale")
    assert (text.file_name, text.is_pdf) == ("Sale.odt", False)
    assert read_document(["txt", "Blåbær", False, "x"], "Sale").content == "Blåbær".encode()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("mail@lund.dk.example", "mail@lund.dk.example"),
        ("  søren@lund.example ", "søren@lund.example"),
        ("a@b.example\r\nBcc: all@b.example", ""),
        ("a@b.example,c@d.example", ""),
        ("a@b?bcc=c@d", ""),
        ('"x" <a@b.example>', ""),
        ("@", ""),
        ("nobody", ""),
    ],
)
def test_only_one_plain_address_gets_into_a_mail(given: str, taken: str) -> None:
    assert mail_address(given) == taken


class Desktop:
    """Records what would be started, and can lack a program."""

    def __init__(self, *missing: str) -> None:
        self.started: list[list[str]] = []
        self._missing = missing

    def __call__(self, command: Any) -> None:
        if command[0] in self._missing:
            raise FileNotFoundError(errno.ENOENT, "no such program", command[0])
        self.started.append(list(command))


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(handover.tempfile, "tempdir", str(folder))
    return folder


def test_saving_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "order.pdf"
    path.write_bytes(b"the old one")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(handover.os, "fsync", full)
        with pytest.raises(HandOverFailed) as failed:
            DesktopHandOver().save(DOCUMENT, path)
    assert failed.value.problem is HandOverProblem.FULL
    assert path.read_bytes() == b"the old one"
    DesktopHandOver().save(DOCUMENT, path)
    assert path.read_bytes() == CONTENT
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["order.pdf"]


def test_a_full_disk_is_said_to_be_full() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    error = OSError()
    try:
        with Path("/dev/full").open("wb", buffering=0) as file:
            file.write(CONTENT)
    except OSError as caught:
        error = caught
    assert handover._failed(error).problem is HandOverProblem.FULL


def test_a_folder_that_is_gone_or_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "gone" / "order.pdf", tmp_path / "file" / "order.pdf"):
        with pytest.raises(HandOverFailed) as failed:
            DesktopHandOver().save(DOCUMENT, path)
        assert failed.value.problem is HandOverProblem.NO_FOLDER


def test_a_read_only_folder(tmp_path: Path) -> None:
    if os.name != "nt" and os.geteuid() == 0:
        folder = Path("/proc")  # root may write anywhere else
    else:
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o500)
    with pytest.raises(HandOverFailed) as failed:
        DesktopHandOver().save(DOCUMENT, folder / "order.pdf")
    assert failed.value.problem in (HandOverProblem.NOT_ALLOWED, HandOverProblem.NO_FOLDER)


def test_linux_hands_the_file_to_the_mail_program(own_temporary_folder: Path) -> None:
    desktop = Desktop()
    hand_over = DesktopHandOver(desktop, platform="linux")
    hand_over.mail(DOCUMENT, "mail@lund.dk.example")
    ((program, *arguments),) = desktop.started
    assert program == "xdg-email"
    path = Path(arguments[arguments.index("--attach") + 1])
    assert (path.name, path.read_bytes()) == (DOCUMENT.file_name, CONTENT)
    assert arguments[-1] == "mailto:mail@lund.dk.example"
    assert arguments[arguments.index("--subject") + 1] == "Ordre-SO-2026-0002 æøå"
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    assert own_temporary_folder in path.parents


@pytest.mark.parametrize(
    ("platform", "opener", "missing"),
    [("linux", "xdg-open", "xdg-email"), ("darwin", "open", ""), ("win32", "cmd", "")],
)
def test_elsewhere_it_is_a_draft_with_the_file_in_it(platform: str, opener: str, missing: str) -> None:
    desktop = Desktop(missing)
    DesktopHandOver(desktop, platform=platform).mail(DOCUMENT, "søren@lund.example")
    ((program, *_, path),) = desktop.started
    assert program == opener
    draft = message_from_bytes(Path(path).read_bytes(), policy=default)
    assert (draft["X-Unsent"], draft["To"], draft["Subject"]) == ("1", "søren@lund.example", "Ordre-SO-2026-0002 æøå")
    (attached,) = draft.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == (DOCUMENT.file_name, PDF)
    assert attached.get_content() == CONTENT


def test_without_any_program_it_is_said() -> None:
    hand_over = DesktopHandOver(Desktop("xdg-email", "xdg-open"), platform="linux")
    for use in (hand_over.open, lambda document: hand_over.mail(document, "")):
        with pytest.raises(HandOverFailed) as failed:
            use(DOCUMENT)
        assert failed.value.problem is HandOverProblem.NO_PROGRAM


def test_a_helper_that_fails_or_stays_is_known(own_temporary_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        pytest.skip("the helpers are Unix's")
    monkeypatch.setattr(handover, "_STARTS_WITHIN", 0.3)
    programs = own_temporary_folder / "bin"
    programs.mkdir()
    for name, script in (("xdg-email", "exit 3"), ("xdg-open", 'sleep 1; echo "$1" > ' + str(programs / "opened"))):
        program = programs / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    hand_over = DesktopHandOver(platform="linux")
    hand_over.mail(DOCUMENT, "")
    opened, end = programs / "opened", time.monotonic() + 10
    # The shell makes the file before it writes into it.
    while not (opened.exists() and opened.read_text().endswith("\n")) and time.monotonic() < end:
        time.sleep(0.05)
    assert opened.read_text().strip().endswith(".eml")
    hand_over.close()


def test_copies_are_removed_when_their_programs_have_read_them(own_temporary_folder: Path) -> None:
    desktop = Desktop()
    first = DesktopHandOver(desktop, platform="linux")
    first.open(DOCUMENT)
    path = Path(desktop.started[0][-1])
    first.close()
    assert path.exists(), "a mail program reads it when the mail is sent"
    long_ago = time.time() - 2 * 3600
    os.utime(path.parent, (long_ago, long_ago))
    foreign = own_temporary_folder / "samspil-documents-link"
    foreign.symlink_to(Path(__file__).parent)
    DesktopHandOver(desktop, platform="linux").close()
    assert not path.parent.parent.exists()
    assert Path(__file__).exists()


def pdf(*sizes: tuple[float, float]) -> bytes:
    """A document of empty pages."""
    made = pypdfium2.PdfDocument.new()
    for width, height in sizes:
        made.new_page(width, height).close()
    content = io.BytesIO()
    made.save(content)
    made.close()
    return content.getvalue()


@pytest.mark.parametrize("content", [b"%PDF-1.7 and then nothing", b"", pdf()])
def test_a_damaged_pdf_is_said_to_be(content: bytes) -> None:
    with pytest.raises(HandOverFailed) as failed:
        PdfPages(content)
    assert failed.value.problem is HandOverProblem.UNREADABLE
    assert failure(failed.value).what


def test_a_page_as_large_as_a_house_is_drawn_smaller() -> None:
    pages = PdfPages(pdf((14_400, 14_400), (595, 842)))
    assert pages.image(0, 4.0).width() <= 6_001
    assert (pages.image(1, 2.0).width(), pages.image(1, 2.0).height()) == (1190, 1684)
    assert pages.text(1) == ""
    pages.close()
    assert pages.image(1, 1.0).isNull()
    assert pages.text(0) == ""
    pages.close()


def test_only_the_first_of_very_many_pages_are_shown() -> None:
    pages = PdfPages(pdf(*[(100.0, 100.0)] * (MOST_PAGES + 3)))
    assert len(pages.sizes) == MOST_PAGES
    pages.close()


def test_an_answer_without_an_end_is_not_taken_into_memory() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'{"result": ["pdf", "'
        while sent < 2**30:
            sent += 2**20
            yield b"0" * 2**20

    def answer(request: httpx.Request) -> httpx.Response:
        if b"common.db.login" in request.content:
            return httpx.Response(200, json={"result": [1, "token"]})
        return httpx.Response(200, content=endless())

    async def ask() -> None:
        connection = Connection("tryton", "http://127.0.0.1:1", "clerk", {"database": "samspil"})
        client = Client(connection, httpx.MockTransport(answer))
        await client.sign_in("secret")
        try:
            await client.make("report.sale.sale.execute", [1], {})
        finally:
            await client.close()

    with pytest.raises(MalformedAnswer):
        asyncio.run(ask())
    assert sent <= 33 * 2**20
