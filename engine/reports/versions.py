"""Which version of a process a report is of, and which time: who may ask, and what such a report begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.calendar.working import WorkingCalendar
from engine.errors import NotFound
from engine.model.actor import Actor
from engine.policy.permissions import Facts, require
from engine.reports.periods import Kind, Period, period_of
from engine.reports.scopes import scope_of
from engine.store.tables import process_definition as pd


@dataclass(frozen=True, slots=True)
class VersionWanted:
    """Which version and which time; see periods.py."""

    definition_key: int
    kind: Kind
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ReportedVersion:
    """`of` is the row of the version."""

    of: Any
    period: Period

    def head(self, now: datetime) -> dict[str, Any]:
        """What is reported, as the API shows it: the version, its process, the period, and when it was asked."""
        of, period, (th, en) = self.of, self.period, self.period.said()
        return {
            "processDefinitionKey": str(of.key),
            "processDefinitionId": of.process_id,
            "version": of.version,
            "name": {"th": of.name or None, "en": of.name_en or None},
            "period": {
                "kind": period.kind, "from": period.first.isoformat(), "to": period.last.isoformat(),
                "name": {"th": th, "en": en},
            },
            "asOf": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }  # fmt: skip


def reported(db: Connection, actor: Actor, wanted: VersionWanted, office: WorkingCalendar) -> ReportedVersion:
    """Raises NotFound, PeriodRefused, and Forbidden for who may not have the whole process reported."""
    of = db.execute(select(pd).where(pd.c.key == wanted.definition_key)).one_or_none()
    if of is None:
        raise NotFound(processDefinitionKey=str(wanted.definition_key))
    require(actor, "report:read", Facts(process_ids=frozenset({of.process_id})))
    scope_of(db, actor, of.process_id, "PROCESS")
    return ReportedVersion(of, period_of(wanted.kind, office.zone, wanted.first, wanted.last))
