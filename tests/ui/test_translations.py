"""Every text is there in Danish, with its placeholders."""

import functools
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from app.ui.resources import resource

DANISH = resource("translations", "samspil_da.ts")
_HOLES = re.compile(r"\{\w+\}|%n|%\d")
_SAID = re.compile(r"""(?:self\.tr|\btranslate)\(\s*(?:"\w+",\s*)?("(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*)""")


@functools.cache
def _messages(path: Path) -> list[ET.Element]:
    return list(ET.parse(path).getroot().iter("message"))  # noqa: S314 - our own file


def test_nothing_is_unfinished() -> None:
    for message in _messages(DANISH):
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, message.findtext("source")
        assert "".join(translation.itertext()).strip(), message.findtext("source")


def test_placeholders_are_kept() -> None:
    for message in _messages(DANISH):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        for form in forms:
            assert sorted(_HOLES.findall(form)) == sorted(_HOLES.findall(source)), source


@pytest.mark.parametrize("path", sorted(resource("..", "app").resolve().rglob("*.py")), ids=lambda p: p.stem)
def test_every_text_in_the_code_is_in_the_file(path: Path) -> None:
    known = {message.findtext("source") for message in _messages(DANISH)}
    if "demo" in path.parts or "systems" in path.parts:
        return
    for literal in _SAID.findall(path.read_text(encoding="utf-8")):
        text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literal)).replace('\\"', '"')
        assert text in known, f"{path.name}: {text}"
