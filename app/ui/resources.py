"""Where the files beside the code lie: icons, themes and translations."""

from pathlib import Path

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def resource(*parts: str) -> Path:
    """The path of a file under ``resources/``; the same in a clone and in a bundle."""
    return _RESOURCES.joinpath(*parts)
