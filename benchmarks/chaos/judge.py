"""After the storm: did every case end as it had to, with every event once, and is nothing lost, doubled or left?"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from benchmarks.arrival.judge import deliveries, parcel_faults
from benchmarks.arrival.receivers import Accepted
from benchmarks.chaos.diagram import business_id, events_of, number_of, state_of
from benchmarks.chaos.load import Diary, Handed
from benchmarks.http.serving import KRABUAN, ROOT, code_of
from engine.history.verify import verify_instance
from engine.store.database import Database
from engine.store.tables import history_event, incident, job, process_instance, user_task

# seconds around the first time within which a trouble excuses that something is done again
BEFORE, AFTER = 2.0, 4.0
Excused = Callable[[float, float], bool]  # was there trouble between these moments?


@dataclass(slots=True)
class Verdict:
    """What was found; `faults` is empty when nothing was lost and nothing happened twice. `repeated`: mails that came
    again under the same id; `handed_again`: jobs that were handed out more than once."""

    completed: int = 0
    canceled: int = 0
    events: int = 0
    verified: int = 0
    mails: int = 0
    repeated: int = 0
    jobs: int = 0
    handed_again: int = 0
    faults: list[str] = field(default_factory=list)


def judge(
    database: Database, numbers: Collection[int], accepted: Sequence[Accepted], diary: Diary, excused: Excused,
    lease: float, since: float = 0.0,
) -> Verdict:  # fmt: skip
    """Look at every case of these numbers, and at all that is left in the database. What came before `since`
    (of time.time()) was judged before."""
    verdict = Verdict(mails=sum(mail.at >= since for mail in accepted))
    with database.read() as db:
        _cases(db, numbers, diary, verdict)
        _left(db, verdict)
        verdict.faults += parcel_faults(deliveries(db), accepted)
    mail_faults(accepted, excused, since, verdict)
    job_faults(diary, lease, verdict)
    verdict.faults += diary.faults
    return verdict


def _cases(db: Connection, numbers: Collection[int], diary: Diary, verdict: Verdict) -> None:
    found = db.execute(select(process_instance)).all()
    by_name: dict[str | None, list[Any]] = defaultdict(list)
    for instance in found:
        by_name[instance.business_id].append(instance)
    for number in numbers:
        cases = by_name.pop(business_id(number), [])
        if len(cases) != 1:
            verdict.faults.append(f"{business_id(number)} was started {len(cases)} times")
            continue
        (case,) = cases
        if diary.started.get(number, str(case.key)) != str(case.key):
            verdict.faults.append(f"{business_id(number)} is {case.key}, its client was told {diary.started[number]}")
        if case.state != state_of(number):
            verdict.faults.append(f"{business_id(number)} is {case.state}, not {state_of(number)}")
        verdict.completed += case.state == "COMPLETED"
        verdict.canceled += case.state == "TERMINATED"
        _history(db, case, number, verdict)
    verdict.faults += [f"nobody started {name}" for name in by_name if name is None or number_of(name) < 0]


def _history(db: Connection, case: Any, number: int, verdict: Verdict) -> None:
    h = history_event.c
    events = db.execute(select(h.type, h.element_id).where(h.process_instance_key == case.key)).all()
    verdict.events += len(events)
    verified = verify_instance(db, case.key)
    if verified is not None and verified.valid:
        verdict.verified += 1
    else:
        verdict.faults.append(f"the chain of {case.business_id} does not verify")
    verdict.faults += [f"{case.business_id}: {fault}" for fault in history_faults(events, number)]


_ONCE = ("user-task-completed", "job-completed", "timer-fired", "message-correlated", "user-task-created")


def history_faults(events: Sequence[Any], number: int) -> list[str]:
    """Every element as often as the case demands, and what people and workers did once."""
    seen = Counter((e.type, e.element_id) for e in events)
    faults = []
    for element, wanted in events_of(number).items():
        got = (seen["element-activated", element], seen["element-completed", element])
        if got != wanted:
            faults.append(f"{element} was activated and completed {got} times, not {wanted}")
    if seen["element-completed", "nudge"] > 1:
        faults.append(f"nudge {seen['element-completed', 'nudge']} times")
    return faults + [f"{what} {element} {n} times" for (what, element), n in seen.items() if what in _ONCE and n > 1]


def _left(db: Connection, verdict: Verdict) -> None:
    """Of cases that have ended nothing is open: no job lost, no task forgotten, no incident, no mail unsent."""
    c = job.c
    # that people are told of a task a minute after it waits for them may be to come; it is over by then
    left = select(c.state, c.kind, c.element_id).where(c.process_instance_key.is_not(None), c.kind != "NEW_TASK")
    for row in db.execute(left.where(c.state.in_(("PENDING", "LOCKED", "FAILED")))):
        verdict.faults.append(f"a job is left {row.state} ({row.kind} {row.element_id})")
    for key in db.execute(select(user_task.c.key).where(user_task.c.completed_at.is_(None))).scalars():
        verdict.faults.append(f"task {key} is left open")
    for text in db.execute(select(incident.c.message).where(incident.c.state == "ACTIVE")).scalars():
        verdict.faults.append(f"an incident: {text}")
    states = Counter(row.state for row in deliveries(db))
    verdict.faults += [f"{n} deliveries are left {state}" for state, n in states.items() if state not in _DONE]


_DONE = ("SENT", "DROPPED")


def mail_faults(accepted: Sequence[Accepted], excused: Excused, since: float, verdict: Verdict) -> None:
    """One task is told of under one id; what comes again is the same, and something had gone wrong the time before."""
    ids: dict[tuple[str, int], set[str]] = defaultdict(set)
    first: dict[str, Accepted] = {}
    last: dict[str, float] = {}
    for mail in accepted:
        for key in mail.keys:
            ids[mail.receiver, key].add(mail.id)
        known = first.setdefault(mail.id, mail)
        if known is not mail and mail.at >= since:
            verdict.repeated += 1
            if (known.digest, known.receiver) != (mail.digest, mail.receiver):
                verdict.faults.append(f"{mail.id} is not the same the second time")
            if not excused(last[mail.id] - BEFORE, last[mail.id] + AFTER):
                verdict.faults.append(f"{mail.id} came again without a trouble")
        last[mail.id] = mail.at
    for (receiver, key), under in ids.items():
        if len(under) > 1:
            verdict.faults.append(f"{receiver} was told of task {key} under {len(under)} ids: {sorted(under)}")


def job_faults(diary: Diary, lease: float, verdict: Verdict) -> None:
    """A job is handed out again when its worker gave it back, or its lease ran out before it was done; never sooner."""
    before: dict[str, Handed] = {}
    for handed in sorted(diary.handed, key=lambda one: one.until):  # who has one first may hear of it last
        known = before.get(handed.job)
        if known is not None:
            verdict.handed_again += 1
            if handed.job not in diary.failed and handed.at < known.asked + lease:
                early = known.asked + lease - handed.at
                said = f"job {handed.job} of {handed.case} was handed out twice at a time, {early:.3f} s early"
                verdict.faults.append(said)
        before[handed.job] = handed
    verdict.jobs = len(before)


def proof_faults(url: str, data: Path, release: Path = ROOT) -> list[str]:
    """Whether everything agrees with the checkpoints that the nodes exported, and with one of now; asked of that
    release."""
    place, checkpoints = ("--database", url, "--data", str(data)), str(data / "checkpoints")
    for command in (("checkpoint",), ("verify", "--checkpoints", checkpoints)):
        done = subprocess.run(
            [sys.executable, *KRABUAN, *command, *place], cwd=release, env=code_of(release), capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            return [f"krabuan {command[0]} ended with {done.returncode}: {(done.stdout + done.stderr)[-1500:]}"]
    return []
