"""The judge of the storm names what is wrong: it is not blind."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.arrival.receivers import Accepted
from benchmarks.chaos.diagram import events_of
from benchmarks.chaos.judge import Verdict, history_faults, job_faults, mail_faults
from benchmarks.chaos.load import Diary, Handed

LEASE = 4.0


def history(number: int) -> list[Any]:
    """The events of a case that went as it had to."""
    return [
        SimpleNamespace(type=what, element_id=element)
        for element, (activated, completed) in events_of(number).items()
        for what, times in (("element-activated", activated), ("element-completed", completed))
        for _ in range(times)
    ]


@pytest.mark.parametrize("number", range(10))
def test_a_history_as_it_has_to_be(number: int) -> None:
    assert history_faults(history(number), number) == []


@pytest.mark.parametrize("number", range(10))
def test_each_event_that_is_missing_or_doubled_is_named(number: int) -> None:
    events = history(number)
    for place, event in enumerate(events):
        assert event.element_id in history_faults(events[:place] + events[place + 1 :], number)[0]
        assert event.element_id in history_faults([*events, event], number)[0]


def test_a_task_that_was_completed_twice_is_named() -> None:
    twice = [SimpleNamespace(type="user-task-completed", element_id="enter")] * 2
    assert history_faults(history(0) + twice, 0) == ["user-task-completed enter 2 times"]


def mail(id_: str, at: float, key: int = 1, digest: str = "a") -> Accepted:
    return Accepted("mail", "person1@office.test", id_, digest, (key,), 0, at)


def quiet(_begins: float, _ends: float) -> bool:
    return False


def rough(begins: float, ends: float) -> bool:
    return begins <= 100.0 <= ends


def mails(*accepted: Accepted, excused: Any = quiet) -> tuple[int, list[str]]:
    verdict = Verdict()
    mail_faults(accepted, excused, 0.0, verdict)
    return verdict.repeated, verdict.faults


def test_a_mail_comes_once_and_after_a_trouble_again() -> None:
    assert mails(mail("<1>", 99.0), mail("<2>", 99.0, key=2)) == (0, [])
    assert mails(mail("<1>", 99.0), mail("<1>", 130.0), excused=rough) == (1, [])


def test_a_repetition_without_a_trouble_is_named() -> None:
    assert mails(mail("<1>", 99.0), mail("<1>", 130.0)) == (1, ["<1> came again without a trouble"])
    # the trouble was over long before the first time
    assert mails(mail("<1>", 120.0), mail("<1>", 130.0), excused=rough)[1] == ["<1> came again without a trouble"]


def test_two_ids_and_another_content_are_named() -> None:
    two = mails(mail("<1>", 99.0), mail("<2>", 99.0))[1]
    assert two == ["person1@office.test was told of task 1 under 2 ids: ['<1>', '<2>']"]
    other = mails(mail("<1>", 99.0), mail("<1>", 99.5, digest="b"), excused=rough)[1]
    assert other == ["<1> is not the same the second time"]


def jobs(*handed: Handed, failed: frozenset[str] = frozenset()) -> tuple[int, list[str]]:
    verdict = Verdict()
    job_faults(Diary(handed=list(handed), failed=set(failed)), LEASE, verdict)
    return verdict.handed_again, verdict.faults


def test_a_job_is_handed_out_again_once_its_lease_ran_out_or_it_failed() -> None:
    first, soon, later = (Handed("7", "S-1", at, at + 0.1, at + LEASE) for at in (10.0, 11.0, 15.0))
    assert jobs(first, later) == (1, [])
    assert jobs(replace(first, at=16.0), later) == (1, [])  # the answer to the first came last
    assert jobs(first, soon, failed=frozenset({"7"})) == (1, [])
    assert jobs(first, soon) == (1, ["job 7 of S-1 was handed out twice at a time, 2.900 s early"])
