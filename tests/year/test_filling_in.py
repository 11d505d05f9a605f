"""What was filled in once is filled in again: at another time, for another case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from benchmarks.year.dates import between, moved
from benchmarks.year.fitting import Case, filled_up, fitted

THEN = datetime(2026, 4, 10, 2, tzinfo=UTC)  # nine o'clock in the office
NOW = datetime(2027, 11, 1, 1, 30, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("2026-04-10", "2027-11-01"),
        ("2026-04-09T16:00+07:00", "2027-10-31T15:30+07:00"),
        ("2026-04-10T09:00:00+07:00", "2027-11-01T08:30:00+07:00"),
        (2569, 2571),
        ("2569", "2571"),
        ({"rows": [{"on": "2026-04-11"}]}, {"rows": [{"on": "2027-11-02"}]}),
        ("2026-13-45", "2026-13-45"),
        ("see 2026-04-10", "see 2026-04-10"),
        (500, 500),
        (True, True),
    ],
)
def test_dates_moments_and_years_move_with_the_clock(said: object, means: object) -> None:
    assert moved(said, between(THEN, NOW)) == means


def _case(seen: dict[str, Any], *donors: dict[str, Any], offered: list[Any] | None = None) -> Case:
    return Case(seen, donors, lambda name: offered or [])


def test_a_fixed_list_gets_the_rows_of_the_case() -> None:
    errors = [{"field": "parts[1].checks", "code": "rows-fixed"}]
    seen = {"parts": [{}, {"checks": [{"of": 1}, {"of": 2}, {"of": 3}]}]}
    data = {"parts": [{}, {"checks": [{"ok": True}, {"ok": False}]}]}
    found = fitted(data, errors, _case(seen), 0)
    assert found == {"parts": [{}, {"checks": [{"ok": True}, {"ok": False}, {"ok": True}]}]}
    assert len(data["parts"][1]["checks"]) == 2  # what was given is not changed


def test_a_field_that_is_asked_for_comes_from_another_sample() -> None:
    errors = [{"field": "rows[0].why", "code": "required"}]
    donors = ({"rows": [{}, {"why": "late"}]}, {"rows": [{"why": "ill"}]})
    case = _case({}, *donors)
    assert fitted({"rows": [{}]}, errors, case, 0) == {"rows": [{"why": "late"}]}
    assert fitted({"rows": [{}]}, errors, case, 1) == {"rows": [{"why": "ill"}]}


def test_a_choice_is_one_that_the_form_offers_there() -> None:
    errors = [{"field": "system", "code": "not-an-option"}]
    assert fitted({"system": "old"}, errors, _case({}, {"system": "older"}, offered=["new"]), 0) == {"system": "new"}


def test_a_number_is_brought_nearer_to_its_limit() -> None:
    assert fitted({"n": 3}, [{"field": "n", "code": "number-too-large"}], _case({}), 0) == {"n": 2}
    assert fitted({"n": 4}, [{"field": "n", "code": "number-too-small"}], _case({}), 0) == {"n": 6}


def test_what_no_sample_has_is_left_out_and_then_nothing_more_can_be_done() -> None:
    errors = [{"field": "extra", "code": "required"}]
    assert fitted({"extra": 1}, errors, _case({}), 0) == {}
    assert fitted({}, errors, _case({}), 1) is None


def test_what_a_control_point_asks_for_comes_from_all_samples() -> None:
    found = filled_up(
        {"accepted": True, "late_reasons": ""}, [{"late_reasons": ""}, {"late_reasons": "flood", "accepted": False}]
    )
    assert found == {"accepted": True, "late_reasons": "flood"}
    assert filled_up({"accepted": True}, [{"accepted": False}]) is None


def test_a_field_that_the_form_does_not_have_is_left_out() -> None:
    errors = [{"field": "extra", "code": "unknown-field"}]
    assert fitted({"extra": 1}, errors, _case({}, {"extra": 2}), 0) == {}
