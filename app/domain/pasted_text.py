"""A table as other programs put it on the clipboard: rows of cells between tabs, semicolons or commas."""

import re
from collections.abc import Iterator

from app.domain.text import clean

LONGEST_CELL = 2_000
"""Characters of a cell that are kept; no field of an order line takes more."""

MOST_COLUMNS = 60
"""Cells of a row that are looked at."""

_ROW_ENDS = "\n"
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
_MARKED = frozenset("=+-@'＝＋－＠")
_SPACES = "\u200b\u2060\ufeff \u00a0\t\r\n"
_SAMPLE = 50
_IN_QUOTES = re.compile(r'"[^"]*"')


def cells_of(text: str) -> Iterator[list[str]]:
    """The rows of ``text`` that hold anything, each as its cells without the white space around them.

    Works row by row and in time that grows with the length of the text alone, so that a caller can stop a megabyte
    after the rows it takes. A cell is cut one character after `LONGEST_CELL`, so that it can be told that it was, and a
    row after `MOST_COLUMNS`.
    Cells may be in double quotes, with line breaks and doubled quotes in them; a quote that does not begin such a
    cell is a character like others (``2" pipe``).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = separator_of(text)
    after = re.escape(separator + _ROW_ENDS)
    quoted = re.compile(rf' *"((?:[^"]++|"")*+)" *(?=[{after}]|\Z)')
    plain = re.compile(rf"[^{after}]*")
    row: list[str] = []
    at, end = 0, len(text)
    while at <= end:
        in_quotes = quoted.match(text, at) if at < end else None
        found = in_quotes or plain.match(text, at)
        if found is None:
            raise AssertionError("the pattern takes the empty text too")
        row.append(_tidy(found[1].replace('""', '"') if in_quotes else found[0]))
        at = found.end()
        if len(row) > MOST_COLUMNS:
            following = text.find("\n", at)
            at = following if following >= 0 else end
        if at >= end or text[at] == "\n":
            if any(row):
                yield row
            row = []
        at += 1


def separator_of(text: str) -> str:
    """What stands between the cells: the first of tab, semicolon and comma that is in most of the first lines.

    Headings between commas are believed before semicolons below them, which may be part of the texts there. A text
    without any is one column; the tab is as good as any then.
    """
    lines = [line for line in text[: _SAMPLE * LONGEST_CELL].split("\n")[: 2 * _SAMPLE] if line.strip()][:_SAMPLE]
    if any("\t" in line for line in lines):
        return "\t"
    commas = {_IN_QUOTES.sub("", line).count(",") for line in lines}
    if len(commas) == 1 and min(commas) > 1 and ";" not in lines[0]:
        return ","
    for separator in ";,":
        if 2 * sum(separator in line for line in lines) > len(lines):
            return separator
    return "\t"


def is_table(text: str) -> bool:
    """More than one cell: several rows, or one with tabs. One cell is pasted into the cell that is being edited."""
    tidy = text.strip("\r\n ")
    return "\n" in tidy or "\r" in tidy or "\t" in tidy.strip()


def bare(text: str) -> str:
    """``text`` as it is compared or looked up: on one line, no invisible characters, one space where many were."""
    return " ".join(clean(text).translate(_INVISIBLE).split())


def safe_cell(text: str) -> str:
    """``text`` for a cell of a spreadsheet, where one that begins like a formula would be reckoned instead of shown."""
    return f"'{text}" if _is_marked(text) else text


def _is_marked(text: str) -> bool:
    # Some programs take the white space away before they look, and some read the wide signs of East Asia too.
    return text.lstrip(_SPACES)[:1] in _MARKED


def _tidy(cell: str) -> str:
    tidy = clean(cell[: LONGEST_CELL + 1]).strip(_SPACES)
    if tidy[:1] == "'" and _is_marked(tidy[1:]):
        return tidy[1:].strip(_SPACES)  # `safe_cell`, and how a spreadsheet itself marks a text
    if len(tidy) > 3 and tidy.startswith('="') and tidy.endswith('"') and '"' not in tidy[2:-1]:
        return tidy[2:-1]  # how a text file keeps a spreadsheet from taking the zeros of 007 away
    return tidy
