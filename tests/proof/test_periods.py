"""How long cases are kept: by process, by setting, as long as what they called; held and broken ones stay."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.commands.end_hold import EndHold
from engine.commands.place_hold import PlaceHold
from engine.errors import InvalidArgument
from engine.jobs.retention import BROKEN, HELD
from engine.store import tables as t
from tests.dsl import OWNER
from tests.execution.bench import diagram, flows, node, user
from tests.proof.keeping import Keeper, altered, first_of
from tests.proof.notary import Notary


def kept(period: str, process_id: str) -> bytes:
    box = f'<bpmn:extensionElements><krabuan:retention period="{period}"/></bpmn:extensionElements>'
    inside = node("startEvent", "s") + user("a") + node("endEvent", "e") + flows("s a", "a e")
    return diagram(box + inside, process_id=process_id)


def test_a_case_is_kept_ten_years_from_its_end(notary: Notary, keeper: Keeper) -> None:
    first = first_of(notary)
    notary.office.clock.set(datetime(2036, 4, 10, 8, 59, 59, tzinfo=UTC))
    assert keeper.plan() == []
    notary.office.advance("PT1S")
    (planned,) = keeper.plan()
    assert (planned.due.root, planned.obstacle, planned.due.process_id) == (first, None, "p")
    assert planned.due.until == notary.office.clock.now()
    assert planned.events == next(r for r in notary.office.rows(t.process_instance) if r.key == first).history_sequence


def test_each_process_says_how_long_and_a_later_version_does_not_shorten_it(notary: Notary) -> None:
    office, keys = notary.office, {}
    for period in ("P1M", "P2Y", "forever"):
        office.deploy((f"{period}.bpmn", kept(period, f"p{period}")))
        keys[period] = office.start(f"p{period}")
        office.complete("a")
    office.deploy(("again.bpmn", kept("P1D", "pP2Y")))
    keeper = Keeper(notary)
    office.advance("P30D")
    assert keeper.going() == [keys["P1M"]], "a month after 10 April is 10 May, which is 30 days later"
    office.advance("P1Y")
    assert keeper.going() == [keys["P1M"]]
    office.advance("P1Y")
    assert keeper.going() == [keys["P1M"], keys["P2Y"]]
    office.advance("P100Y")
    assert keys["forever"] not in keeper.going()
    keeper.close()


@pytest.mark.parametrize("default", ["", "10", "PT8H", "-P1Y", "P0D", "P1001Y", "never"])
def test_the_setting_is_a_period_or_forever(notary: Notary, keeper: Keeper, default: str) -> None:
    other = Keeper(notary, default)
    with pytest.raises(InvalidArgument):
        other.plan()
    other.close()


def test_the_setting_counts_where_the_process_says_nothing(notary: Notary, keeper: Keeper) -> None:
    notary.office.advance("P11Y")
    for default, due in (("P5Y", [first_of(notary)]), ("P12Y", []), ("forever", [])):
        other = Keeper(notary, default)
        assert other.going() == due
        other.close()


def test_a_case_is_kept_as_long_as_what_it_called(notary: Notary) -> None:
    office = notary.office
    call = node("startEvent", "s") + node("callActivity", "c", '<zeebe:calledElement processId="long"/>') + flows("s c")
    short = '<bpmn:extensionElements><krabuan:retention period="P1Y"/></bpmn:extensionElements>'
    office.deploy(("long.bpmn", kept("P3Y", "long")), ("c.bpmn", diagram(short + call, process_id="caller")))
    caller = office.start("caller")
    office.advance("P1Y")
    called = next(row for row in office.rows(t.process_instance) if row.parent_key == caller)
    office.key = called.key
    office.complete("a")
    keeper = Keeper(notary)
    office.advance("P2Y")
    assert keeper.plan() == []
    office.advance("P1Y")
    (planned,) = keeper.plan()
    assert [case[0] for case in planned.due.cases] == [caller, called.key]
    keeper.carry_out()
    assert not {caller, called.key} & {row.key for row in office.rows(t.process_instance)} and notary.report().valid
    keeper.close()


def test_what_is_held_and_what_does_not_verify_stays(notary: Notary, keeper: Keeper) -> None:
    office, first = notary.office, first_of(notary)
    office.complete("b")
    hold = int(office.run(PlaceHold(first, "a court asked for it"), OWNER)["legalHoldKey"])
    altered(notary, f"UPDATE history_event SET actor = 'x' WHERE process_instance_key = {office.key} AND sequence = 3")
    office.advance("P10Y")
    assert [(p.due.root, p.obstacle) for p in keeper.plan()] == [(first, HELD), (office.key, BROKEN)]
    assert keeper.carry_out() == []
    assert {first, office.key} <= {row.key for row in office.rows(t.process_instance)}
    office.run(EndHold(hold, "the trial is over"), OWNER)
    assert [deleted.cases for deleted in keeper.carry_out()] == [1]
    assert [(p.due.root, p.obstacle) for p in keeper.plan()] == [(office.key, BROKEN)]
