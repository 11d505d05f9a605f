"""After the kills: is everything there, exactly once, and does every chain verify?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from benchmarks.crash.diagram import AT_MOST_ONCE, ONCE
from engine.history.verify import verify_instance
from engine.store.database import Database
from engine.store.tables import history_event, job, process_instance, user_task


@dataclass(slots=True)
class Verdict:
    """What was found; `faults` is empty when nothing was lost and nothing happened twice."""

    completed: int = 0
    events: int = 0
    verified: int = 0
    faults: list[str] = field(default_factory=list)


def judge(url: str, cases: int) -> Verdict:
    """Look at every instance, its events, its tasks and its jobs."""
    database, verdict = Database(url), Verdict()
    with database.read() as db:
        instances = db.execute(select(process_instance)).all()
        numbers = Counter(i.business_id for i in instances)
        verdict.faults += [f"case {b} was started {n} times" for b, n in numbers.items() if n != 1]
        verdict.completed = sum(i.state == "COMPLETED" for i in instances)
        if verdict.completed != cases:
            verdict.faults.append(f"{verdict.completed} of {cases} cases are complete")
        h = history_event.c
        for instance in instances:
            events = db.execute(select(h.type, h.element_id).where(h.process_instance_key == instance.key)).all()
            verdict.events += len(events)
            verdict.faults += _once(instance.business_id, Counter((e.type, e.element_id) for e in events))
            found = verify_instance(db, instance.key)
            verdict.verified += bool(found and found.valid)
        open_jobs = db.execute(select(job.c.state, job.c.kind).where(job.c.state.in_(("LOCKED", "FAILED")))).all()
        verdict.faults += [f"a job is left {j.state} ({j.kind})" for j in open_jobs]
        open_tasks = db.execute(select(user_task.c.key).where(user_task.c.state == "CREATED")).all()
        verdict.faults += [f"task {task.key} is left open" for task in open_tasks]
    if verdict.verified != len(instances):
        verdict.faults.append(f"{len(instances) - verdict.verified} chains do not verify")
    database.close()
    return verdict


def _once(case: str | None, seen: Counter[tuple[str, str | None]]) -> list[str]:
    faults = []
    for element in ONCE:
        for what in ("element-activated", "element-completed"):
            if seen[what, element] != 1:
                faults.append(f"{case}: {what} {element} {seen[what, element]} times")
    for element in AT_MOST_ONCE:
        if seen["element-completed", element] > 1:
            faults.append(f"{case}: {element} {seen['element-completed', element]} times")
    for what in ("user-task-completed", "job-completed", "timer-fired"):
        twice = [e for (t, e), n in seen.items() if t == what and n > 1]
        faults += [f"{case}: {what} {e} twice" for e in twice]
    return faults
