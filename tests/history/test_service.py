"""The service's own events: all that happened and nothing else, in one chain that shows every change."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from sqlalchemy import delete, insert, update

from engine.commands.add_client import AddClient
from engine.commands.add_person import AddPerson
from engine.commands.create_batch_operation import CreateBatchOperation
from engine.commands.delete_resource import DeleteResource
from engine.commands.end_provider_sessions import EndProviderSessions
from engine.commands.end_sessions import EndSession, EndSessions
from engine.commands.grant_role import GrantRole
from engine.commands.issue_token import IssueToken
from engine.commands.make_token import MakeToken
from engine.commands.note_access import NoteAccess
from engine.commands.refuse_sign_in import RefuseSignIn
from engine.commands.revoke_client import RevokeClient
from engine.commands.revoke_token import RevokeToken
from engine.commands.set_password import SetPassword
from engine.commands.sign_in import SignIn, token_hash
from engine.commands.sign_in_externally import SignInExternally
from engine.commands.sign_out import SignOut
from engine.errors import AlreadyExists, Forbidden, InvalidArgument, Unauthorized
from engine.history.service import SETTING
from engine.history.verify import Verification, verify_service
from engine.model.actor import SYSTEM, Actor
from engine.store.tables import service_event as s
from engine.store.tables import setting
from engine.store.tables.append_only import lifted
from tests.dsl import ADMIN, AUDITOR, OWNER, Office
from tests.execution.bench import diagram, flows, node

SMALL = diagram(node("startEvent", "s") + node("endEvent", "e") + flows("s e"))
ANONYMOUS = Actor("anonymous")
SECRET = "correct horse"


def told(office: Office) -> list[tuple[str, str, str]]:
    """(type, which thing, who) of every event."""
    return [(said["type"], said["data"]["entityKey"], said["actor"]) for said in office.trail(s)]


def check(office: Office) -> Verification:
    with office.database.read() as db:
        return verify_service(db)


def add(office: Office, name: str = "ann") -> None:
    office.run(AddPerson(name, "Ann", SECRET), ADMIN)


def test_every_step_of_an_account_is_told_in_its_order(office: Office) -> None:
    add(office)
    office.run(GrantRole("ann", "auditor"), ADMIN)
    opened = office.run(SignIn("ann", f"plain:{SECRET}"), ANONYMOUS)
    made = office.run(MakeToken("ann", "for tests"), Actor("ann", roles=frozenset({"auditor"})))
    office.run(RevokeToken(made["tokenId"]), ADMIN)
    office.run(SignOut(token_hash(opened["token"])), ANONYMOUS)
    office.run(SetPassword("ann", "another horse"), ADMIN)
    assert told(office) == [
        ("person-added", "ann", "admin"),
        ("role-granted", "ann", "admin"),
        ("signed-in", "ann", "ann"),
        ("token-made", made["tokenId"], "ann"),
        ("token-revoked", made["tokenId"], "admin"),
        ("signed-out", "ann", "anonymous"),
        ("password-set", "ann", "admin"),
    ]
    assert check(office).valid
    everything = "".join(r.body for r in office.rows(s))
    for secret in (SECRET, "another horse", opened["token"], opened["csrfToken"], made["token"]):
        assert secret not in everything


def test_clients_of_the_api_and_ended_sessions_are_told_without_a_secret(office: Office) -> None:
    add(office)
    session = office.run(SignIn("ann", f"plain:{SECRET}"), ANONYMOUS)["token"]
    office.run(EndSession(token_hash(session)), ADMIN)
    office.run(EndSessions("ann"), ADMIN)
    client = office.run(AddClient("ann", "a worker"), Actor("ann", roles=frozenset({"auditor"})))
    token = office.run(IssueToken(client["clientId"], client["clientSecret"]), ANONYMOUS)["token"]
    with pytest.raises(Unauthorized):
        office.run(IssueToken(client["clientId"], "wrong"), ANONYMOUS)
    office.run(RevokeClient(client["clientId"]), ADMIN)
    types = [type_ for type_, _, _ in told(office)[2:]]
    assert types == ["session-ended", "sessions-ended", "client-added", "token-issued", "client-revoked"]
    everything = "".join(r.body for r in office.rows(s))
    assert client["clientSecret"] not in everything and token not in everything


def test_sign_ins_and_logouts_by_a_provider_are_told(office: Office) -> None:
    roles = frozenset({("auditor", "")})
    person = ("https://id.example", "p-1", "ann", "Ann", None, frozenset[str](), frozenset[str](), roles, roles)
    opened = office.run(SignInExternally(*person, provider_session="x"), SYSTEM)
    office.run(EndProviderSessions("https://id.example", None, "another"), SYSTEM)
    office.run(EndProviderSessions("https://id.example", None, "x"), SYSTEM)
    assert told(office) == [("signed-in", "ann", "ann"), ("sessions-ended", "ann", "system")]
    everything = "".join(r.body for r in office.rows(s))
    assert '"auditor"' in everything and opened["token"] not in everything


def test_a_lock_out_is_told_after_the_refusal_that_caused_it(office: Office) -> None:
    add(office)
    for _ in range(5):
        office.run(RefuseSignIn("ann"), ANONYMOUS)
    office.run(RefuseSignIn("a password in the wrong field"), ANONYMOUS)
    types = [type_ for type_, _, _ in told(office)]
    assert types == ["person-added", *["sign-in-refused"] * 5, "account-locked", "sign-in-refused"]
    assert told(office)[-1][1] == "(unknown)"
    assert "wrong field" not in "".join(r.body for r in office.rows(s))


def test_deployments_and_withdrawals_are_told_with_the_hash_of_each_file(office: Office) -> None:
    key = office.deploy(SMALL)["deployments"][0]["processDefinition"]["processDefinitionKey"]
    office.run(DeleteResource(int(key)), OWNER)
    assert [t[0] for t in told(office)] == ["deployed", "resource-withdrawn"]
    (file,) = orjson.loads(office.rows(s)[0].body)["data"]["resources"]
    assert file["name"] == "p.bpmn" and len(file["sha256"]) == 64


def test_what_is_done_to_many_cases_is_told_with_its_filter(office: Office) -> None:
    wanted = CreateBatchOperation("CANCEL_PROCESS_INSTANCE", {"processDefinitionId": "p"}, {"reason": "ยกเลิกทั้งชุด"})
    key = office.run(wanted, OWNER)["batchOperationKey"]
    assert ("batch-created", key, "owner") in told(office)
    assert orjson.loads(office.rows(s)[0].body)["data"]["reason"] == "ยกเลิกทั้งชุด"


def test_of_variables_that_many_cases_are_found_by_only_the_names_are_told(office: Office) -> None:
    by = {"variables": [{"name": "nationalId", "value": '"1101799912345"'}]}
    office.run(CreateBatchOperation("CANCEL_PROCESS_INSTANCE", {**by, "$or": [by]}, {"reason": "entered twice"}), OWNER)
    names = {"variables": [{"name": "nationalId"}]}
    assert office.trail(s)[0]["data"]["filter"] == {**names, "$or": [names]}


@pytest.mark.parametrize(
    ("command", "actor", "error"),
    [
        (AddPerson("ann", "Ann again"), ADMIN, AlreadyExists),
        (AddPerson("ben", "Ben"), AUDITOR, Forbidden),
        (SignIn("ann", "not the hash"), ANONYMOUS, Unauthorized),
        (SetPassword("ann", "short"), ADMIN, InvalidArgument),
        (NoteAccess("something-else", ("1",)), AUDITOR, InvalidArgument),
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_did_not_happen_is_not_told(office: Office, command: Any, actor: Actor, error: type[Exception]) -> None:
    add(office)
    with pytest.raises(error):
        office.run(command, actor)
    assert len(told(office)) == 1 and check(office).valid


def test_a_repeated_request_is_told_once(office: Office) -> None:
    for _ in range(2):
        office.run(AddPerson("ann", "Ann"), ADMIN, idempotency="same")
    assert len(told(office)) == 1


def test_signing_out_of_a_session_that_is_over_is_no_event(office: Office) -> None:
    office.run(SignOut("nobody's"), ANONYMOUS)
    assert told(office) == []
    assert check(office) == Verification(0, True, 0, check(office).head, None)


TAMPERING = {
    "body": (update(s).where(s.c.sequence == 2).values(body="{}"), 2),
    "actor": (update(s).where(s.c.sequence == 2).values(actor="somebody"), 2),
    "thing": (update(s).where(s.c.sequence == 2).values(entity_key="somebody"), 2),
    "key": (update(s).where(s.c.sequence == 2).values(key=999_999), 2),
    "time": (update(s).where(s.c.sequence == 2).values(at=s.c.type), 2),
    "missing": (delete(s).where(s.c.sequence == 2), 2),
    "first missing": (delete(s).where(s.c.sequence == 1), 1),
    "tail": (delete(s).where(s.c.sequence == 3), 3),
    "everything": (delete(s), 1),
    "head gone": (delete(setting).where(setting.c.name == SETTING), 4),
    "head broken": (update(setting).where(setting.c.name == SETTING).values(value="{"), 4),
    "head moved": (update(setting).where(setting.c.name == SETTING).values(value='[2,"x"]'), 4),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_every_change_is_found_where_it_is(office: Office, what: str) -> None:
    for name in ("ann", "ben", "cat"):
        add(office, name)
    statement, where = TAMPERING[what]
    with office.database.write() as db, lifted(db):
        db.execute(statement)
    found = check(office)
    assert (found.valid, found.first_bad_sequence) == (False, where)


def test_an_event_that_was_put_in_is_found(office: Office) -> None:
    add(office)
    row = dict(office.rows(s)[0]._mapping)
    with office.database.write() as db:
        db.execute(insert(s), row | {"sequence": 2, "key": 999_999})
    assert check(office).first_bad_sequence == 2


def test_a_case_has_nothing_of_it(office: Office) -> None:
    office.deploy(SMALL)
    before = len(told(office))
    office.start()
    assert len(told(office)) == before
    office.run(NoteAccess("case-read", (str(office.key),), "the file"), SYSTEM)
    assert told(office)[-1] == ("case-read", str(office.key), "system")
