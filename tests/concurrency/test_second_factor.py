"""Codes of a second factor at the same moment: none is taken twice, and a crowd guesses no more than one person."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pyotp

from engine.commands.add_person import AddPerson
from engine.commands.enrol_second_factor import (
    AlreadyEnrolled,
    BeginSecondFactor,
    ConfirmSecondFactor,
    WrongCode,
)
from engine.commands.sign_in import SignIn, token_hash
from engine.commands.sign_in_with_code import SignInAgain, SignInWithCode
from engine.model.actor import Actor
from engine.store.tables import person, session
from tests.concurrency.races import RacingOffice
from tests.dsl import ADMIN

NOBODY, ANN = Actor("anonymous"), Actor("ann")
PROOF = "plain:correct horse"


def enrolled(racing: RacingOffice) -> pyotp.TOTP:
    racing.run(AddPerson("ann", "Ann", "correct horse"), ADMIN)
    totp = pyotp.TOTP(racing.run(BeginSecondFactor("ann", PROOF), ANN)["secret"])
    racing.run(ConfirmSecondFactor("ann", totp.at(racing.clock.now())), ANN)
    racing.clock.advance(timedelta(seconds=30))
    return totp


def step(racing: RacingOffice) -> str:
    return token_hash(racing.run(SignIn("ann", PROOF), NOBODY)["step"])


def test_two_who_read_the_same_code(racing: RacingOffice) -> None:
    code = enrolled(racing).at(racing.clock.now())
    one, other = step(racing), step(racing)
    first, second = racing.race(
        partial(racing.run, SignInWithCode(one, code), NOBODY), partial(racing.run, SignInWithCode(other, code), NOBODY)
    )
    assert first["username"] == "ann" and second is None
    assert len(racing.rows(session)) == 1


def test_one_step_with_two_good_codes_opens_one_session(racing: RacingOffice) -> None:
    totp, waiting = enrolled(racing), step(racing)
    codes = [totp.at(racing.clock.now() + timedelta(seconds=30 * n)) for n in (0, 1)]
    first, second = racing.race(*(partial(racing.run, SignInWithCode(waiting, code), NOBODY) for code in codes))
    assert first["username"] == "ann" and isinstance(second, SignInAgain)
    assert len(racing.rows(session)) == 1


def test_two_confirmations_show_recovery_codes_once(racing: RacingOffice) -> None:
    racing.run(AddPerson("ann", "Ann", "correct horse"), ADMIN)
    code = pyotp.TOTP(racing.run(BeginSecondFactor("ann", PROOF), ANN)["secret"]).at(racing.clock.now())
    confirm = partial(racing.run, ConfirmSecondFactor("ann", code), ANN)
    first, second = racing.race(confirm, confirm)
    assert len(first["recoveryCodes"]) == 10 and isinstance(second, AlreadyEnrolled)


def test_a_code_confirms_the_secret_that_it_is_of_and_no_newer_one(racing: RacingOffice) -> None:
    racing.run(AddPerson("ann", "Ann", "correct horse"), ADMIN)
    begin = BeginSecondFactor("ann", PROOF)
    code = pyotp.TOTP(racing.run(begin, ANN)["secret"]).at(racing.clock.now())
    anew, confirmed = racing.race(
        partial(racing.run, begin, ANN), partial(racing.run, ConfirmSecondFactor("ann", code), ANN)
    )
    assert anew["secret"] and isinstance(confirmed, WrongCode)
    assert "token" in racing.run(SignIn("ann", PROOF), NOBODY)


def test_a_crowd_of_guesses_is_counted_one_by_one(racing: RacingOffice) -> None:
    enrolled(racing)
    waiting = [step(racing) for _ in range(4)]
    guesses = [partial(racing.run, SignInWithCode(waiting[n % 4], "000000"), NOBODY) for n in range(12)]
    answers = racing.crowd(guesses)
    assert answers.count(None) == 5, "the fifth locked the account, and nothing was looked at after it"
    assert sum(isinstance(answer, SignInAgain) for answer in answers) == 7
    (ann,) = racing.rows(person)
    assert ann.failed_sign_ins == 5
