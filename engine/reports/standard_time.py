"""The report on standard times of one process and period (docs/reference/standard-time.md has every formula)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from engine.calendar.working import WorkingCalendar
from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.reports import scopes
from engine.reports.count import Counter, Figures
from engine.reports.figures import Share, merged
from engine.reports.names import Diagrams, Elements, by_unit, display_names
from engine.reports.open_work import open_work
from engine.reports.periods import Kind, Period, period_of
from engine.reports.scopes import Scope, scope_of
from engine.reports.words import say


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: `scope` None is the widest that who asks may have; see periods.py for the rest."""

    process_id: str
    kind: Kind
    first: date
    last: date | None = None
    scope: scopes.Name | None = None


def standard_time_report(
    db: Connection, actor: Actor, diagrams: Diagrams, wanted: Wanted, office: WorkingCalendar, now: datetime
) -> dict[str, Any]:
    """The report as the API shows it, with the same in words. `office` is the calendar of the organisation.

    Raises Forbidden, NotFound, PeriodRefused, ReportTooLarge.
    """
    require(actor, "report:read", Facts(process_ids=frozenset({wanted.process_id})))
    elements = Elements(db, diagrams, wanted.process_id)
    period = period_of(wanted.kind, office.zone, wanted.first, wanted.last)
    scope = scope_of(db, actor, wanted.process_id, wanted.scope)
    figures = Counter(db, wanted.process_id, actor.clearance, period, scope, office).count()
    open_now = open_work(db, wanted.process_id, actor.clearance, scope, now)
    report = {
        **_about(elements, wanted, period, scope, now),
        **_target(elements, figures, scope),
        "scopes": scopes.scopes_of(db, actor, wanted.process_id),
        **_totals(figures, scope),
        **_parts(db, figures, elements, scope),
        "open": _open(open_now, elements),
    }
    return {**report, "text": say(report, period)}


def _about(elements: Elements, wanted: Wanted, period: Period, scope: Scope, now: datetime) -> dict[str, Any]:
    process = elements.newest
    th, en = period.said()
    return {
        "processDefinitionId": wanted.process_id,
        "name": {"th": process.name or None, "en": process.name_en or None},
        "period": {
            "kind": period.kind, "from": period.first.isoformat(), "to": period.last.isoformat(),
            "name": {"th": th, "en": en},
        },
        "asOf": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "scope": scope.name,
    }  # fmt: skip


def _target(elements: Elements, figures: Figures, scope: Scope) -> dict[str, Any]:
    """The share that the manual sets as a target, and whether it was reached."""
    text = elements.newest.facts.target_percent
    try:
        target = None if text is None else float(text)
    except ValueError:
        target = None
    share = figures.steps if scope.name == "PROCESS" else figures.tasks
    return {"targetPercent": target, "targetMet": None if target is None else share.reaches(target)}


def _totals(figures: Figures, scope: Scope) -> dict[str, Any]:
    whole = scope.name == "PROCESS"
    return {
        "steps": figures.steps.shown() if whole else None,
        "cases": figures.cases.shown() if whole else None,
        "tasks": figures.tasks.shown(),
        "ofDeletedCases": figures.deleted.counted if whole else None,
    }


def _parts(db: Connection, f: Figures, elements: Elements, scope: Scope) -> dict[str, Any]:
    called = display_names(db, f.by_person)
    persons = [
        {"username": name, "displayName": called.get(name), **f.by_person[name].shown()} for name in sorted(f.by_person)
    ]
    return {
        "bySteps": [
            {**named, **f.by_step[id_].shown(), "time": f.step_times[id_].shown()}
            for id_, named in elements.ordered(f.by_step)
        ],
        "byTasks": [{**named, **f.by_task[id_].shown()} for id_, named in elements.ordered(f.by_task)],
        "byUnits": by_unit(db, f.by_groups),
        "byPersons": persons if scope.persons else None,
        "months": [{"month": month, **share.shown()} for month, share in f.months.items()],
        "versions": [{"version": version, **f.versions[version].shown()} for version in sorted(f.versions)],
        "waits": [{**named, **f.waits[id_].shown()} for id_, named in elements.ordered(f.waits)],
        "time": {shown: _whole(f, name) for shown, name in _TIMES.items()},
    }


_TIMES = {
    "waiting": "waiting", "working": "working", "officeWaiting": "office_waiting", "officeWorking": "office_working",
}  # fmt: skip


def _whole(f: Figures, name: str) -> dict[str, Any]:
    """The lengths of all tasks together."""
    return merged(getattr(times, name) for times in f.by_task.values()).shown()


def _open(found: dict[str, Share], elements: Elements) -> dict[str, Any]:
    counted = sum(share.counted for share in found.values())
    late = counted - sum(share.kept for share in found.values())
    items = [
        {**named, "open": found[id_].counted, "overdue": found[id_].counted - found[id_].kept}
        for id_, named in elements.ordered(found)
    ]
    return {"open": counted, "overdue": late, "items": items}
