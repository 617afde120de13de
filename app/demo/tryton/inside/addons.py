"""Lets trytond find a module of ours where it stands, as ``pip install`` of its folder would.

The demo's environment holds what the lock file says and nothing else, so that one environment serves every version
of the module.
"""

import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any


class _Installed(metadata.Distribution):
    """What pip would have written down about the module."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name = name
        self._folder = folder

    def read_text(self, filename: str) -> str | None:
        """Return the file of the ``dist-info``, or None where it would have none."""
        return {
            "METADATA": f"Metadata-Version: 2.1\nName: {self._name.replace('_', '-')}\nVersion: 1.0.0\n",
            "entry_points.txt": f"[trytond.modules]\n{self._name} = {self._name}\n",
        }.get(filename)

    def locate_file(self, path: Any) -> Path:
        """Return where a file of the module is."""
        return self._folder / path


class _Finder(metadata.DistributionFinder):
    """Names the distribution; the module itself is found on ``sys.path``."""

    def __init__(self, name: str, folder: Path) -> None:
        self._found = _Installed(name, folder)

    def find_spec(self, *_arguments: Any) -> None:
        """Find no module."""

    def find_distributions(self, context: metadata.DistributionFinder.Context | None = None) -> Iterator[Any]:
        """Return ours, where all or it are asked for."""
        if context is None or context.name in (None, self._found.metadata["Name"]):
            yield self._found


def install(folder: Path) -> tuple[str, ...]:
    """Make the modules in `folder` known, before trytond looks for modules, and return their names.

    Args:
        folder: Holds one folder with a ``tryton.cfg`` for each module.
    """
    sys.path.append(str(folder))
    names = tuple(sorted(configuration.parent.name for configuration in folder.glob("*/tryton.cfg")))
    sys.meta_path.extend(_Finder(name, folder) for name in names)
    return names
