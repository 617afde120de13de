"""What the command line takes, and what it does with the rest."""

from typing import Any

import pytest

from app import __version__
from app.__main__ import main
from app.opening import Options


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """What the window would have been opened with."""
    seen: list[Options] = []

    def open_window(options: Options, **_: Any) -> int:
        seen.append(options)
        return 0

    monkeypatch.setattr("app.opening.open_window", open_window)
    return seen


def test_a_link_opens_the_card_of_its_number(opened: list[Options]) -> None:
    assert main(["samspil://customer/10023", "--language", "da"]) == 0
    assert opened == [Options(language="da", customer="10023")]


def test_without_a_command_the_window_opens(opened: list[Options]) -> None:
    assert main([]) == 0
    assert opened == [Options()]


@pytest.mark.parametrize(
    "arguments",
    [
        ["samspil://customer/"],
        ["samspil://customer/../../etc"],
        ["samspil://customer/1 2"],
        ["samspil://delete/10023"],
        ["https://example.com"],
        ["dmeo"],
        ["--screenshot", "a.png"],
    ],
    ids=str,
)
def test_what_it_does_not_know_it_says(
    arguments: list[str], opened: list[Options], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert not opened
    assert "error" in capsys.readouterr().err


def test_it_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"samspil {__version__}\n"
