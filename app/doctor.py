"""``samspil doctor``: tests the connection to every system that is set up, and says what it finds."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from app.bootstrap import manifests
from app.ports.connection import Connection, Manifest
from app.ports.secrets import SecretStore
from app.services.doctor import Finding, Verdict, examine
from app.storage.paths import config_dir
from app.storage.settings import Settings
from app.ui.connect.findings import finding_text, step_title

_SIGN = {Verdict.WELL: "ok", Verdict.WARNING: "!", Verdict.BAD: "WRONG", Verdict.NOT_TRIED: "-"}


def doctor(settings: Path | None = None, secrets: SecretStore | None = None, out: TextIO | None = None) -> int:
    """Test what the settings name, with the secrets of the keyring; 0 when nothing is wrong, else 1.

    Args:
        settings: The folder of the settings file, or None for the usual one.
        secrets: Where the secrets are, or None for the operating system's keyring.
        out: Where to write, or None for the standard output.
    """
    out = out or sys.stdout
    if secrets is None:
        from app.storage.secrets import KeyringSecrets

        secrets = KeyringSecrets()
    connections = Settings(settings or config_dir()).connections()
    found = manifests()
    if not connections:
        print("No system is set up yet: start Samspil and sign in.", file=out)
        return 1
    is_well = True
    for connection in connections:
        manifest = found.get(connection.system)
        if manifest is None:
            print(f"{connection.system}: this program has no such system", file=out)
            is_well = False
            continue
        print(f"{manifest.title} ({manifest.kind.value}), {connection.url}", file=out)
        findings = asyncio.run(_examine(manifest, connection, secrets))
        for finding in findings:
            text = finding_text(finding, manifest.kind)
            print(f"  {_SIGN[finding.verdict]:<6}{step_title(finding.step):<12}{text}", file=out)
        is_well = is_well and all(finding.verdict is not Verdict.BAD for finding in findings)
    return 0 if is_well else 1


async def _examine(manifest: Manifest, connection: Connection, secrets: SecretStore) -> Sequence[Finding]:
    system = manifest.connect(connection, None)
    try:
        return await examine(system, manifest, None, lambda: secrets.read(connection))
    finally:
        await system.close()
