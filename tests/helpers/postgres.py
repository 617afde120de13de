"""A PostgreSQL server of the test's own, thrown away afterwards."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def server_programs() -> Path | None:
    """The folder of the newest ``initdb`` and ``postgres``, or None where there are none.

    Debian keeps them outside the path.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program else None


@contextmanager
def postgres(programs: Path, database: str) -> Iterator[str]:
    """Run a cluster with one empty database; yields ``postgresql://user:secret@127.0.0.1:port/``."""
    folder = Path(tempfile.mkdtemp(prefix="samspil-pg-"))
    owner: dict[str, str] = {}
    if os.geteuid() == 0:
        # It refuses to run as root; Debian's package makes a user for it.
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        owner = {"user": "postgres", "group": "postgres"}
    password = secrets.token_urlsafe(12)
    secret = folder / "secret"
    secret.write_text(password + "\n", encoding="utf-8")
    secret.chmod(0o644)  # in a folder that only its owner may enter
    data = folder / "data"

    def call(name: str, *arguments: str | Path) -> None:
        subprocess.run(
            [programs / name, *arguments],
            check=True,
            capture_output=True,
            cwd=folder,
            user=owner.get("user"),
            group=owner.get("group"),
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PGPASSWORD": password},
        )

    port = _free_port()
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off -c synchronous_commit=off"
    try:
        call(
            "initdb", "-D", data, "-U", "samspil", "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"
        )
        call("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            call("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "samspil", database)
            yield f"postgresql://samspil:{password}@127.0.0.1:{port}/"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
