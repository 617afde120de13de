"""Where the demo keeps its environments and its filled databases."""

import os
from pathlib import Path

import platformdirs

HOME_VARIABLE = "SAMSPIL_DEMO_HOME"


def demo_home() -> Path:
    """Return the demo's folder, which need not exist yet.

    It lies in the user's cache: everything in it can be made again. ``SAMSPIL_DEMO_HOME`` moves it, for tests
    and for machines whose home folder is small or slow.
    """
    if chosen := os.environ.get(HOME_VARIABLE):
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_cache_path("samspil", appauthor=False) / "demo"
