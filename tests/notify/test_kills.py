"""A real service that is killed while it tells people, with a real mail server and a real receiver of its webhook: the
short form of the long run."""

from __future__ import annotations

import socket
from random import Random

from benchmarks.arrival.drive import Plan, kill_run
from benchmarks.arrival.receivers import Ledger, post_office


def test_everything_arrives_under_one_id_with_one_repetition_for_each_kill_at_most(database_url: str) -> None:
    run = kill_run(database_url, Plan(cases=24, kills=3, witnesses=0), seed=7)
    assert run.verdict.faults == []
    # by the law one event and one mail for each case, but for the three who want none; of what is assigned nobody wants any
    assert (run.kills, run.verdict.sent, run.verdict.dropped) == (3, 24 + 21, 24 + 3)
    assert run.verdict.events >= 24 and run.verdict.repeated <= 2 * 3


def test_what_was_sent_before_a_kill_is_of_the_life_before_it_however_late_it_is_looked_at() -> None:
    ledger = Ledger(Random(1))
    mail = "HELO here|MAIL FROM:<a@office.test>|RCPT TO:<b@office.test>|DATA|Message-ID: <1>||hello|.|QUIT|"
    with post_office(ledger) as port, socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(mail.replace("|", "\r\n").encode())
        ledger.next_life((port,))
    assert [one.generation for one in ledger.accepted] == [0] and ledger.generation == 1
