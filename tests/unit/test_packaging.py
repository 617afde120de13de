"""Each platform is told that links beginning ``samspil://`` are ours, and what is started takes them."""

import configparser
import plistlib
import re
from pathlib import Path

from app.__main__ import _CUSTOMER

PACKAGING = Path(__file__).parents[2] / "packaging"
SCHEME = _CUSTOMER.partition(":")[0]


def test_linux() -> None:
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "linux" / "dk.samspil.Samspil.desktop", encoding="utf-8")
    found = entry["Desktop Entry"]
    assert f"x-scheme-handler/{SCHEME}" in found["MimeType"].split(";")
    # The link is the first argument: `samspil samspil://customer/10023`.
    assert found["Exec"].split() == ["samspil", "%u"]


def test_a_mac() -> None:
    found = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert [scheme for each in found["CFBundleURLTypes"] for scheme in each["CFBundleURLSchemes"]] == [SCHEME]


def test_windows() -> None:
    text = (PACKAGING / "windows" / "samspil.iss").read_text("utf-8")
    line = re.compile(r'^Root: HKA; Subkey: "Software\\Classes\\([^"]+)";.*ValueData: (".*")$', re.MULTILINE)
    keys = dict(line.findall(text))
    assert rf"{SCHEME}\shell\open\command" in keys
    # In quotes, so that nothing in a link becomes a second argument.
    assert keys[rf"{SCHEME}\shell\open\command"] == '"""{app}\\Samspil.exe"" ""%1"""'
    assert re.search(rf'Subkey: "Software\\Classes\\{SCHEME}";.*ValueName: "URL Protocol"', text)
