"""A year from its founding, or from where it was saved, to its figures."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.year import office
from benchmarks.year.counting import counted
from benchmarks.year.dates import ZONE
from benchmarks.year.drive import Plan, State, Year
from benchmarks.year.findings import Known, look_back
from benchmarks.year.library import gather
from engine.scenarios.content import Content, read_content
from engine.scenarios.world import World
from engine.store.tables import job

Told = Callable[[str], None]


def year(processes: Path, folder: Path, plan: Plan, told: Told = lambda said: None, months: int = 0) -> dict[str, Any]:
    """Simulate a year; its figures. What is saved in `folder` of the same plan and content goes on from there.

    With `months` it stops after so many, saved, and answers with nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = read_content(processes)
    world, state, seconds = _opened(folder, content, plan, told)
    began = time.monotonic()
    try:
        diagrams = office.processes(world)
        driven = Year(world, gather(content.folders, diagrams), plan, state)
        stop = _Saving(folder, _stamp(content, plan), began - seconds, told, months)
        driven.run(stop.month)
        with world.database.read() as db:
            found = look_back(db, diagrams, Known(state.given_up, frozenset(driven.library.events)))
            figures = counted(db, world.bus.services, plan)
            never = _never(world)
    except Stopped:
        return {}
    finally:
        world.close()
    done = {"tasksDone": state.done["tasks"], "casesBegun": state.done["begun"]}
    return {
        "plan": asdict(plan), "seconds": round(time.monotonic() - began + seconds), **done,
        "incidents": found.incidents, "stuck": found.stuck, "startsRefused": state.refused_starts,
        "chains": {"verified": found.verified, "broken": found.broken, "events": found.events},
        "waitsOnPurpose": dict(sorted(found.waits.items())), "timersThatNeverStarted": never, **figures,
        "refused": dict(sorted(driven.people.refusals.items())),
    }  # fmt: skip


class Stopped(Exception):
    """As many months as were wanted are over."""


class _Saving:
    """Saves the office and its state before each month, and tells how far it is."""

    def __init__(self, folder: Path, stamp: str, began: float, told: Told, months: int) -> None:
        self._folder, self._stamp, self._began, self._told, self._left = folder, stamp, began, told, months
        self._limited = bool(months)

    def month(self, driven: Year) -> None:
        """Raises Stopped."""
        now = driven.world.clock.now().astimezone(ZONE)
        file = self._folder / f"saved-{now:%Y-%m-%d}.db"
        office.save(driven.world, file)
        seconds = round(time.monotonic() - self._began)
        saved = {"stamp": self._stamp, "seconds": seconds, "file": file.name, "state": driven.as_saved()}
        half = self._folder / "state.half"
        half.write_text(json.dumps(saved), encoding="utf-8")
        half.replace(self._folder / "state.json")
        for older in self._folder.glob("saved-*.db"):
            if older != file:
                older.unlink()
        done = driven.state.done
        self._told(f"{now:%Y-%m}: {done['begun']} cases begun, {done['tasks']} tasks done, {seconds} s")
        self._left -= 1
        if self._limited and self._left < 0:
            raise Stopped


def _opened(folder: Path, content: Content, plan: Plan, told: Told) -> tuple[World, State, int]:
    """The office and its state, and how many seconds were spent before."""
    file, kept = folder / "office.db", folder / "state.json"
    saved = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    if saved.get("stamp") != _stamp(content, plan):
        return office.found(file, content, plan.start), State(), 0
    state = State(**saved["state"])
    state.waiting = [(moment, key, kind) for moment, key, kind in state.waiting]
    told(f"goes on from {state.now}")
    world = office.resume(folder / saved["file"], file, datetime.fromisoformat(state.now), state.key)
    return world, state, saved["seconds"]


def _stamp(content: Content, plan: Plan) -> str:
    """What makes a saved year another one: the plan, and everything in the folders of the content."""
    digest = hashlib.sha256(json.dumps(asdict(plan)).encode())
    for resource in content.resources:
        digest.update(resource.content)
    for folder in content.folders:
        for file in sorted((folder / "scenarios").glob("*.yaml")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _never(world: World) -> list[str]:
    """The start timers that came due in no part of the year."""
    j = job.c
    with world.database.read() as db:
        rows = db.execute(select(j.process_id, j.element_id, j.payload).where(j.kind == "TIMER_START")).all()
    fired = {(row.process_id, row.element_id) for row in rows if row.payload.get("fired")}
    return sorted({f"{row.process_id} {row.element_id}" for row in rows} - {f"{p} {e}" for p, e in fired})
