"""A real service that is killed while it tells people, with a real mail server: the short form of the long run."""

from __future__ import annotations

from benchmarks.arrival.drive import Plan, kill_run


def test_everything_arrives_under_one_id_with_one_repetition_for_each_kill_at_most(database_url: str) -> None:
    run = kill_run(database_url, Plan(cases=24, kills=3, witnesses=0), seed=7)
    assert run.verdict.faults == []
    # of each case one mail by the law, but for the three who want none; what is assigned nobody wants to hear of
    assert (run.kills, run.verdict.sent, run.verdict.dropped) == (3, 21, 27)
    assert run.verdict.repeated <= 3
