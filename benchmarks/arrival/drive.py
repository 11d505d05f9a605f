"""Kill the service at random moments while it tells people, start it again, and judge in the end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select

from benchmarks.arrival.content import add_receiver, begin, prepare
from benchmarks.arrival.judge import Verdict, judge
from benchmarks.arrival.receivers import SOMEWHERE, Ledger, post_office, webhook_receiver
from benchmarks.http.serving import KRABUAN, free_port, served, until_served
from engine.adapters.vault import open_vault
from engine.store.database import Database
from engine.store.tables import delivery, job

# seconds that a service lives after it answers: long enough to tell some, so short that kills fall among them
LIFE = (0.02, 0.8)
START = 3.0  # seconds that one takes to start, about: what is due is spread over the lives
PATIENCE = 600.0  # seconds without the end before the run counts as stuck
LOOK_EVERY = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is told, and how the receivers behave (receivers.Ledger)."""

    cases: int
    kills: int
    witnesses: int
    pause: float = 0.1
    refusing: float = 0.0


@dataclass(slots=True)
class Run:
    """One run and its figures."""

    database: str
    plan: Plan
    kills: int = 0
    seconds: float = 0.0
    refused: int = 0
    verdict: Verdict = field(default_factory=Verdict)

    def figures(self) -> dict[str, Any]:
        """What goes into the figures file."""
        return {**asdict(self), "database": self.database.split(":")[0]}


def kill_run(url: str, plan: Plan, seed: int) -> Run:
    """Tell `plan.cases` cases while killing the service `plan.kills` times; the moments follow from `seed`."""
    chance, began = random.Random(seed), time.monotonic()
    ledger = Ledger(random.Random(seed + 1), plan.pause, plan.refusing)
    people = [f"person{n}" for n in range(plan.cases)]
    unwilling, run, database = frozenset(people[::10]), Run(url, plan), Database(url)
    with ExitStack() as stack:
        folder, port = stack.enter_context(TemporaryDirectory()), stack.enter_context(post_office(ledger))
        hook, secret = stack.enter_context(webhook_receiver(ledger))
        stack.callback(database.close)
        bus = prepare(url, people, plan.witnesses, unwilling, vault=open_vault(Path(folder) / "second-factor.key"))
        secret.append(add_receiver(bus, hook))
        spread = plan.kills * (START + sum(LIFE) / 2)
        for number, who in enumerate(people):
            begin(bus, number, who, bus.clock.now() + timedelta(seconds=spread * number / plan.cases))
        bus.database.close()
        for _ in range(plan.kills):
            with service(url, folder, port) as process:
                time.sleep(chance.uniform(*LIFE))
                kill(process)
            run.kills += 1
            ledger.next_life((port, hook))
        with service(url, folder, port):
            _until_all_is_told(database)
        run.verdict = judge(database, ledger, plan.cases)
    run.refused, run.seconds = ledger.refused, round(time.monotonic() - began, 1)
    return run


@contextmanager
def service(url: str, folder: str, mail_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`krabuan serve` over the database, at work; its mails go to the port."""
    port = free_port()
    options = ("serve", "--port", str(port), "--database", url, "--no-content", "--data", folder)
    told = {
        "KRABUAN_SMTP_HOST": "127.0.0.1", "KRABUAN_SMTP_PORT": str(mail_port), "KRABUAN_PUBLIC_URL": SOMEWHERE,
        "KRABUAN_SMTP_SENDER": "krabuan@office.test",
    }  # fmt: skip
    with served(*KRABUAN, *options, port=port, environment=told, silent=True) as process:
        until_served(port)
        yield process


def kill(process: subprocess.Popen[bytes]) -> None:
    """At once and wholly, as a power cut does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _until_all_is_told(database: Database) -> None:
    """Returns too when the patience is over: the verdict then says what is missing."""
    end, c = time.monotonic() + PATIENCE, job.c
    to_come = select(func.count()).where(c.kind == "REMINDER", c.state == "PENDING")
    leaving = select(func.count()).where(delivery.c.state.in_(("PENDING", "PACKED")))
    while time.monotonic() < end:
        with database.read() as db:
            if not db.execute(to_come).scalar() and not db.execute(leaving).scalar():
                return
        time.sleep(LOOK_EVERY)
