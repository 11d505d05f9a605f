"""Many act on the same cases at once: one order explains every answer, and history tells it. The short form of
`./run long linearizability`; and engines that are wrong, which it finds."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.linearizability.doors import BusDoor
from benchmarks.linearizability.drive import Arena, Shape
from benchmarks.linearizability.verdict import Tally
from benchmarks.long.linearizability import added
from engine.bus import Bus
from tests.concurrency import broken_buses as broken

ROUNDS = 5  # until a wrong engine is found: each shows itself in nearly every round


def test_answers_and_history_agree_whoever_is_killed_or_cut_off(database_url: str) -> None:
    on_postgres = database_url.startswith("postgresql")
    shape = Shape((3, 2), http=(1,), kill_every=2.0, cut_every=1.0 if on_postgres else None, cases=24)
    with Arena(database_url, shape, "short") as arena:
        tally = arena.round()
    assert tally.violations == []
    assert tally.cases == 24 and tally.operations >= 24 * shape.each and tally.http > 0


def test_the_figures_of_all_sittings_add_up() -> None:
    one = Tally(operations=10, cases=1, seconds=0.14, outcomes=Counter({"claim ok": 3}), violations=["a"])
    two = Tally(operations=20, cases=2, seconds=0.5, outcomes=Counter({"claim ok": 1, "cancel ok": 1}), violations=["b"])
    both = added(added(None, one), two)
    assert (both["operations"], both["cases"], both["seconds"]) == (30, 3, 0.6)
    assert (both["outcomes"], both["violations"]) == ({"cancel ok": 1, "claim ok": 4}, ["a", "b"])


def found(url: str, bus: type[Bus] = Bus, door: type[BusDoor] = BusDoor) -> str:
    """The first violation; what shows it is marked with an exclamation mark. It is one of the answers, or, where those
    alone could be explained, of the order that history tells."""
    with broken.Inside(url, door, bus) as arena:
        for _ in range(ROUNDS):
            if violations := arena.round().violations:
                return violations[0]
    return ""


def test_threads_of_one_process(database_url: str) -> None:
    with broken.Inside(database_url, BusDoor, Bus) as arena:
        assert arena.round().violations == []


@pytest.mark.parametrize("bus", [broken.Forgetful, broken.Obliging, broken.Repeating])
def test_a_wrong_bus_is_found(sqlite_url: str, bus: type[Bus]) -> None:
    assert "!" in found(sqlite_url, bus)


def test_a_look_at_what_was_is_found(sqlite_url: str) -> None:
    assert "!" in found(sqlite_url, door=broken.Remembering)


def test_a_lock_that_is_left_out_is_found(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken.leave_out_locks(monkeypatch)
    assert "!" in found(postgres_url)


def test_a_command_that_goes_on_when_all_is_over_is_found(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken.claim_what_is_over(monkeypatch)
    assert "!" in found(sqlite_url)
