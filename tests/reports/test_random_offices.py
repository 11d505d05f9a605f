"""Reports of offices that worked by chance tell what a slow count of the same work tells."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from engine.model.actor import Actor
from tests.dsl import ADMIN, AUDITOR, OWNER, Office
from tests.governance.people import account
from tests.reports.office import BANGKOK, Chance, Done, grouped, in_days, report, share

FIRST, LAST = date(2026, 4, 1), date(2026, 5, 31)
SHARE = ("counted", "kept", "sharePercent")
OF_GROUP = {"a": "finance", "b": "legal"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_report_tells_what_was_done(office: Office, seed: int) -> None:
    chance = Chance(office, random.Random(seed))
    chance.work(220)
    assert len(chance.done) > 30 and chance.finished and chance.deleted and 1 in chance.classes.values()
    for check in (
        the_whole_process, cases_are_kept_when_all_of_their_steps_were, where_the_time_goes,
        a_part_of_a_month_counts_its_days_alone, each_person_sees_the_own_figures_and_nobody_elses,
        a_head_sees_what_the_unit_did_and_who_of_it, who_looks_after_the_office_sees_the_whole_without_persons,
    ):  # fmt: skip
        check(chance)


def shares(items: list[dict[str, Any]], name: str) -> dict[Any, dict[str, Any]]:
    return {item[name]: {n: item[n] for n in SHARE} for item in items if item["counted"]}


def seen(chance: Chance, actor: Actor, first: date = FIRST, last: date = LAST) -> list[Done]:
    """What was done in these days, and is of no higher class than the actor may see."""
    allowed = [one for one in chance.done if chance.classes[one.case] <= actor.clearance]
    return [one for one in allowed if in_days(one.ended, first, last)]


def the_whole_process(chance: Chance) -> None:
    for clearance in (0, 3):
        owner = Actor("owner", roles=OWNER.roles, owned=OWNER.owned, clearance=clearance)
        done, found = seen(chance, owner), report(chance.office, owner, "RANGE", FIRST, LAST)
        timed = [one for one in done if one.kept is not None]
        assert found["steps"] == found["tasks"] == share(bool(one.kept) for one in timed)
        assert shares(found["bySteps"], "elementId") == grouped(done, lambda one: one.element)
        assert shares(found["byTasks"], "elementId") == grouped(done, lambda one: one.element)
        assert shares(found["byUnits"], "unit") == grouped(done, lambda one: OF_GROUP[one.element])
        assert shares(found["versions"], "version") == grouped(done, lambda one: one.version)
        months = grouped(done, lambda one: f"{one.ended.astimezone(BANGKOK):%Y-%m}")
        assert shares(found["months"], "month") == months
        there = [one for one in done if one.case not in chance.deleted]  # of what was deleted nobody is named
        assert shares(found["byPersons"], "username") == grouped(there, lambda one: one.person)


def cases_are_kept_when_all_of_their_steps_were(chance: Chance) -> None:
    owner = Actor("owner", roles=OWNER.roles, owned=OWNER.owned, clearance=3)
    ended = [case for case, at in chance.finished.items() if in_days(at, FIRST, LAST)]
    kept = [all(one.kept is not False for one in chance.done if one.case == case) for case in ended]
    assert report(chance.office, owner, "RANGE", FIRST, LAST)["cases"] == share(kept)


def where_the_time_goes(chance: Chance) -> None:
    found = report(chance.office, OWNER, "RANGE", FIRST, LAST)
    done = [one for one in seen(chance, OWNER) if one.case not in chance.deleted]
    with chance.office.database.read() as db:
        office = chance.office.bus.services.office(db, chance.office.clock.now())
    for item in found["byTasks"]:
        these = [one for one in done if one.element == item["elementId"]]
        waited = sorted(int((one.claimed - one.began).total_seconds()) for one in these)
        assert item["waiting"]["counted"] == len(these) and item["waiting"]["totalSeconds"] == sum(waited)
        assert item["waiting"]["medianSeconds"] == (waited[(len(waited) - 1) // 2] if waited else None)
        worked = sum(office.working_seconds_between(one.claimed, one.ended) for one in these)
        assert item["officeWorking"]["totalSeconds"] == worked


def a_part_of_a_month_counts_its_days_alone(chance: Chance) -> None:
    first, last = date(2026, 4, 12), date(2026, 4, 20)
    found = report(chance.office, OWNER, "RANGE", first, last)
    done = [one for one in seen(chance, OWNER, first, last) if one.case not in chance.deleted]
    assert found["steps"] == share(bool(one.kept) for one in done if one.kept is not None)


def each_person_sees_the_own_figures_and_nobody_elses(chance: Chance) -> None:
    ben = account(chance.office, "ben")
    found = report(chance.office, ben, "RANGE", FIRST, LAST)
    mine = [one for one in seen(chance, ben) if one.person == "ben" and one.case not in chance.deleted]
    assert (found["scope"], found["scopes"], found["steps"], found["cases"]) == ("OWN", ["OWN"], None, None)
    assert found["tasks"] == share(bool(one.kept) for one in mine if one.kept is not None)
    assert found["byPersons"] is None
    assert shares(found["versions"], "version") == grouped(mine, lambda one: one.version)


def a_head_sees_what_the_unit_did_and_who_of_it(chance: Chance) -> None:
    dao = account(chance.office, "dao")  # heads finance, of which are Ann, Ben and Cem
    found = report(chance.office, dao, "RANGE", FIRST, LAST)
    there = [one for one in seen(chance, dao) if one.case not in chance.deleted]
    assert (found["scope"], found["scopes"]) == ("UNIT", ["UNIT", "OWN"])
    assert found["tasks"] == share(bool(one.kept) for one in there if one.kept is not None)
    assert shares(found["byPersons"], "username") == grouped(there, lambda one: one.person)
    assert report(chance.office, dao, "RANGE", FIRST, LAST, "OWN")["tasks"]["counted"] == 0


def who_looks_after_the_office_sees_the_whole_without_persons(chance: Chance) -> None:
    for actor in (AUDITOR, ADMIN):
        found = report(chance.office, actor, "RANGE", FIRST, LAST)
        assert found["scope"] == "PROCESS" and found["byPersons"] is None
        assert found["steps"]["counted"] > 0
