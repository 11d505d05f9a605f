"""A second factor in the engine, on both databases: codes once, wrong ones counted, nothing readable in the rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import select

from engine.adapters.vault import KeyVault
from engine.bus import Bus
from engine.commands.add_person import AddPerson
from engine.commands.change_second_factor import RemoveSecondFactor, RenewRecoveryCodes
from engine.commands.definitions import Definitions
from engine.commands.enrol_second_factor import (
    AlreadyEnrolled,
    BeginSecondFactor,
    ConfirmSecondFactor,
    WrongCode,
)
from engine.commands.reset_second_factor import ResetSecondFactor
from engine.commands.second_factor import NoSecondFactor, Unreadable
from engine.commands.set_password import SetPassword
from engine.commands.sign_in import SignIn, token_hash
from engine.commands.sign_in_with_code import SignInAgain, SignInWithCode
from engine.commands.tidy_up import TidyUp
from engine.commands.transaction import Services
from engine.commands.vaults import NoVault
from engine.errors import Forbidden, NotFound, Unauthorized
from engine.history.verify import verify_service
from engine.model.actor import SYSTEM, Actor
from engine.queries.second_factor import second_factor_of
from engine.store.tables import metadata, service_event, session, sign_in_step
from tests.dsl import ADMIN, Office, PlainHasher

ANONYMOUS = Actor("anonymous")
ANN = Actor("ann", roles=frozenset({"staff"}))
PASSWORD = "correct horse"
PROOF = f"plain:{PASSWORD}"


class Person:
    """Ann, with a telephone that shows codes."""

    def __init__(self, office: Office) -> None:
        self.office = office
        office.run(AddPerson("ann", "Ann", PASSWORD), ADMIN)
        self.secret: str = office.run(BeginSecondFactor("ann", PROOF), ANN)["secret"]
        self.recovery: list[str] = office.run(ConfirmSecondFactor("ann", self.code()), ANN)["recoveryCodes"]

    def code(self, steps: int = 0) -> str:
        """What the telephone shows now, or so many steps of 30 seconds from now."""
        shown: str = pyotp.TOTP(self.secret).at(self.office.clock.now() + timedelta(seconds=30 * steps))
        return shown

    def step(self) -> str:
        """Give the right password: what waits for the code."""
        answer: str = self.office.run(SignIn("ann", PROOF), ANONYMOUS)["step"]
        return answer

    def give(self, step: str, code: str) -> Any:
        return self.office.run(SignInWithCode(token_hash(step), code), ANONYMOUS)

    def signs_in(self, code: str) -> bool:
        return self.give(self.step(), code) is not None


@pytest.fixture
def ann(office: Office) -> Person:
    return Person(office)


@pytest.fixture
def small_ann(small_office: Office) -> Person:
    return Person(small_office)


def later(person: Person, **by: float) -> None:
    person.office.clock.advance(timedelta(**by))


def test_a_password_opens_no_session_and_the_code_opens_one(ann: Person) -> None:
    later(ann, seconds=30)
    step = ann.step()
    assert ann.office.rows(session) == []
    opened = ann.give(step, ann.code())
    assert opened["username"] == "ann" and opened["token"] and opened["csrfToken"]
    (row,) = ann.office.rows(session)
    assert row.token_hash == token_hash(opened["token"])
    with pytest.raises(SignInAgain):
        ann.give(step, ann.code(1))
    assert len(ann.office.rows(session)) == 1, "a step opens one session"


def test_what_happens_is_told_without_a_secret(ann: Person) -> None:
    later(ann, seconds=30)
    ann.signs_in(ann.code())
    ann.signs_in(ann.recovery[0])
    ann.signs_in("000000")
    told = [(said["type"], said["data"]["entityKey"], said["actor"]) for said in ann.office.trail(service_event)]
    asked, signed_in = ("code-asked", "ann", "ann"), ("signed-in", "ann", "ann")
    refused = ("sign-in-refused", "ann", "anonymous")
    assert told[1:] == [("second-factor-enrolled", "ann", "ann"), asked, signed_in, asked, signed_in, asked, refused]
    with ann.office.database.read() as db:
        assert verify_service(db).valid


def test_no_row_of_the_database_tells_a_secret_or_a_recovery_code(ann: Person) -> None:
    ann.step()
    with ann.office.database.read() as db:
        everything = repr([list(db.execute(select(table))) for table in metadata.tables.values()])
    plain = [code.replace("-", "") for code in ann.recovery]
    assert [s for s in (ann.secret, *ann.recovery, *plain) if s in everything or s.upper() in everything] == []


def test_a_code_is_taken_once(ann: Person) -> None:
    assert not ann.signs_in(ann.code()), "the code that confirmed it is used, too"
    later(ann, seconds=30)
    code = ann.code()
    assert ann.signs_in(code)
    assert not ann.signs_in(code)
    assert not ann.signs_in(ann.code(-1)), "nor one before it"
    assert ann.signs_in(ann.code(1))


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_clock_of_a_telephone_may_be_off_by_one_step(small_ann: Person, steps: int, taken: bool) -> None:
    later(small_ann, minutes=10)
    assert small_ann.signs_in(small_ann.code(steps)) is taken


@pytest.mark.parametrize("typed", ["{} ", "halves", "thai"])
def test_how_people_type(small_ann: Person, typed: str) -> None:
    later(small_ann, minutes=1)
    code = small_ann.code()
    thai = code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    written = {"thai": thai, "{} ": f" {code} "}.get(typed, f"{code[:3]} {code[3:]}")
    assert small_ann.signs_in(written)


@pytest.mark.parametrize("rubbish", ["000000", "", "x", "๐", "1" * 64, "ⅷ", "-----", "\U0001f600" * 6])
def test_rubbish_is_a_wrong_code(small_ann: Person, rubbish: str) -> None:
    assert not small_ann.signs_in(rubbish)


def test_wrong_codes_lock_the_account_and_the_password_does_not_forgive_them(ann: Person) -> None:
    later(ann, seconds=30)
    for _ in range(4):
        assert not ann.signs_in("000000")
    step = ann.step()
    assert ann.give(step, "000000") is None
    with pytest.raises(SignInAgain):
        ann.give(step, ann.code())
    with pytest.raises(Unauthorized):
        ann.step()
    later(ann, seconds=61)
    with pytest.raises(SignInAgain):
        ann.give(step, ann.code())
    assert ann.signs_in(ann.code())
    assert not ann.signs_in("000000")
    assert ann.signs_in(ann.code(1)), "a good sign-in forgets the failures"


def test_a_step_is_over_after_five_minutes_and_is_tidied_up(ann: Person) -> None:
    step = ann.step()
    later(ann, minutes=5)
    with pytest.raises(SignInAgain):
        ann.give(step, ann.code())
    assert len(ann.office.rows(sign_in_step)) == 1
    ann.office.run(TidyUp(), SYSTEM)
    assert ann.office.rows(sign_in_step) == []


def test_a_new_password_ends_the_step(ann: Person) -> None:
    later(ann, seconds=30)
    step = ann.step()
    ann.office.run(SetPassword("ann", "another horse"), ADMIN)
    with pytest.raises(SignInAgain):
        ann.give(step, ann.code())


def test_each_recovery_code_opens_the_account_once(ann: Person) -> None:
    assert len(set(ann.recovery)) == 10
    with ann.office.database.read() as db:
        assert second_factor_of(db, ANN)["recoveryCodesLeft"] == 10
    assert ann.signs_in(ann.recovery[3].upper().replace("-", " ").replace("0", "O").replace("1", "I"))
    assert not ann.signs_in(ann.recovery[3])
    assert ann.signs_in(ann.recovery[4])
    with ann.office.database.read() as db:
        assert second_factor_of(db, ANN)["recoveryCodesLeft"] == 8


def test_new_recovery_codes_need_password_and_code_and_end_the_old_ones(ann: Person) -> None:
    later(ann, minutes=1)
    with pytest.raises(Unauthorized):
        ann.office.run(RenewRecoveryCodes("ann", "plain:wrong", ann.code()), ANN)
    assert ann.office.run(RenewRecoveryCodes("ann", PROOF, "000000"), ANN)["refused"]
    renewed = ann.office.run(RenewRecoveryCodes("ann", PROOF, ann.code()), ANN)["recoveryCodes"]
    assert not ann.signs_in(ann.recovery[0])
    assert ann.signs_in(renewed[0])


def test_switching_it_off_needs_password_and_code(ann: Person) -> None:
    later(ann, minutes=1)
    for proof, code in (("plain:wrong", ann.code()), (PROOF, "000000")):
        try:
            assert ann.office.run(RemoveSecondFactor("ann", proof, code), ANN)["refused"]
        except Unauthorized:
            assert proof != PROOF
    assert ann.step()
    assert not ann.office.run(RemoveSecondFactor("ann", PROOF, ann.code()), ANN)["refused"]
    assert "token" in ann.office.run(SignIn("ann", PROOF), ANONYMOUS)
    with pytest.raises(NoSecondFactor):
        ann.office.run(RemoveSecondFactor("ann", PROOF, ann.code()), ANN)


def test_wrong_codes_of_somebody_signed_in_lock_as_well(ann: Person) -> None:
    later(ann, minutes=1)
    for _ in range(5):
        assert ann.office.run(RemoveSecondFactor("ann", PROOF, "000000"), ANN)["refused"]
    assert ann.office.run(RemoveSecondFactor("ann", PROOF, ann.code()), ANN)["refused"], "locked for a minute"
    later(ann, seconds=61)
    assert not ann.office.run(RemoveSecondFactor("ann", PROOF, ann.code()), ANN)["refused"]


def test_a_second_factor_that_was_never_confirmed_is_not_asked_for(office: Office) -> None:
    office.run(AddPerson("ann", "Ann", PASSWORD), ADMIN)
    first = office.run(BeginSecondFactor("ann", PROOF), ANN)["secret"]
    second = office.run(BeginSecondFactor("ann", PROOF), ANN)["secret"]
    with pytest.raises(WrongCode):
        office.run(ConfirmSecondFactor("ann", pyotp.TOTP(first).at(office.clock.now())), ANN)
    assert "token" in office.run(SignIn("ann", PROOF), ANONYMOUS)
    office.run(ConfirmSecondFactor("ann", pyotp.TOTP(second).at(office.clock.now())), ANN)
    assert "step" in office.run(SignIn("ann", PROOF), ANONYMOUS)
    for again in (BeginSecondFactor("ann", PROOF), ConfirmSecondFactor("ann", "000000")):
        with pytest.raises(AlreadyEnrolled):
            office.run(again, ANN)


def test_enrolling_needs_the_password(small_office: Office) -> None:
    small_office.run(AddPerson("ann", "Ann", PASSWORD), ADMIN)
    with pytest.raises(Unauthorized):
        small_office.run(BeginSecondFactor("ann", "plain:wrong"), ANN)
    with pytest.raises(NoSecondFactor):
        small_office.run(ConfirmSecondFactor("ann", "000000"), ANN)


def test_an_administrator_resets_what_somebody_lost_and_never_ones_own(ann: Person) -> None:
    later(ann, seconds=30)
    ann.signs_in(ann.code())
    ann.step()
    ann.office.run(ResetSecondFactor("ann"), ADMIN)
    assert ann.office.rows(session) == ann.office.rows(sign_in_step) == []
    assert "token" in ann.office.run(SignIn("ann", PROOF), ANONYMOUS)
    for username, refusal in (("ann", NoSecondFactor), ("nobody", NotFound), ("admin", Forbidden)):
        with pytest.raises(refusal):
            ann.office.run(ResetSecondFactor(username), ADMIN)


def test_with_another_key_it_cannot_be_read_and_says_so(small_ann: Person) -> None:
    office = small_ann.office
    for vault, refusal in ((KeyVault(b"x" * 32), Unreadable), (None, NoVault)):
        office.bus = Bus(
            office.database, office.clock, Services(office.bus.services.keys, Definitions(), PlainHasher(), vault=vault)
        )
        with pytest.raises(refusal):
            small_ann.signs_in(small_ann.code(1))
