"""People, groups and roles from a file: the difference, all or nothing, the same twice, and what becomes of leavers."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.add_client import AddClient
from engine.commands.add_person import AddPerson
from engine.commands.import_people import ImportPeople, ImportRefused
from engine.commands.make_calendar_feed import MakeCalendarFeed
from engine.commands.make_token import MakeToken
from engine.commands.sign_in import SignIn
from engine.errors import Forbidden, Unauthorized
from engine.history.verify import verify_service
from engine.model.actor import SYSTEM, Actor
from engine.store import tables as t
from tests.dsl import ADMIN, Office
from tests.execution.bench import diagram, flows, node, user

GROUPS = """key,kind,th,en,parent,head
clerks,unit,กลุ่มธุรการ,Clerks,,
checkers,unit,กลุ่มตรวจสอบ,Checkers,clerks,
panel,committee,คณะกรรมการ,Panel,,
director,position,ผู้อำนวยการ,Director,clerks,yes
"""
PEOPLE = """account,name,email,groups,roles,clearance
chief,ผู้ดูแล,,,administrator,
ann,แอน ตัวอย่าง,ann@example.go.th,clerks; director,,secret
ben,เบน ตัวอย่าง,,checkers;panel,auditor; process-owner:room-request,
"""
YAML = """
units:
  - {key: clerks, th: กลุ่มธุรการ, en: Clerks}
  - {key: checkers, th: กลุ่มตรวจสอบ, en: Checkers, parent: clerks}
committees: [{key: panel, th: คณะกรรมการ, en: Panel}]
positions: [{key: director, th: ผู้อำนวยการ, en: Director, unit: clerks, head: true}]
people:
  - {account: chief, name: ผู้ดูแล, email: , groups: [], roles: [administrator], clearance: normal}
  - account: ann
    name: แอน ตัวอย่าง
    email: ann@example.go.th
    groups: [clerks, director]
    roles: []
    clearance: secret
  - account: ben
    name: เบน ตัวอย่าง
    email:
    groups: [checkers, panel]
    roles: [auditor, {role: process-owner, process: room-request}]
    clearance: normal
"""
TABLES = (("groups.csv", GROUPS), ("people.csv", PEOPLE))
NOTHING = {"groups": {"added": [], "changed": []}, "added": [], "changed": [], "missing": [], "deactivated": False}
MANAGER = Actor("manager", roles=ADMIN.roles)


def people(text: str, **options: Any) -> ImportPeople:
    return ImportPeople((("people.csv", text),), **options)


def state(office: Office) -> list[Any]:
    """Everything that an import can change."""
    kept = (t.person, t.group_, t.membership, t.role_grant, t.api_token, t.api_client, t.session, t.service_event)
    return [sorted(map(tuple, office.rows(table)), key=repr) for table in kept]


def groups_of(office: Office, account: str) -> set[str]:
    return {row.group_key for row in office.rows(t.membership) if row.username == account}


def roles_of(office: Office, account: str) -> set[tuple[str, str]]:
    return {(row.role, row.process_id) for row in office.rows(t.role_grant) if row.username == account}


def row_of(office: Office, account: str) -> Any:
    return next(row for row in office.rows(t.person) if row.username == account)


def told(office: Office) -> list[tuple[str, str]]:
    return [(said["type"], said["data"]["entityKey"]) for said in office.trail(t.service_event)]


@pytest.mark.parametrize("files", [TABLES, (("office.yaml", YAML),)], ids=["csv", "yaml"])
def test_everybody_is_added_with_groups_roles_and_clearance(office: Office, files: Any) -> None:
    done = office.run(ImportPeople(files), ADMIN)
    assert done["groups"]["added"] == ["clerks", "checkers", "panel", "director"]
    assert [p["account"] for p in done["added"]] == ["chief", "ann", "ben"]
    ann = row_of(office, "ann")
    assert (ann.display_name, ann.email, ann.clearance, ann.active) == ("แอน ตัวอย่าง", "ann@example.go.th", 2, True)
    assert ann.password_hash is None, "nobody can sign in before a password was set, or by a provider"
    assert groups_of(office, "ann") == {"clerks", "director"}
    assert roles_of(office, "ben") == {("auditor", ""), ("process-owner", "room-request")}
    director = next(row for row in office.rows(t.group_) if row.key == "director")
    assert (director.kind, director.parent, director.head_of) == ("position", "clerks", "clerks")
    assert told(office) == [
        ("person-added", "chief"),
        ("person-added", "ann"),
        ("person-added", "ben"),
        ("people-imported", "people"),
    ]


def test_the_second_time_nothing_is_different_and_nothing_is_told(office: Office) -> None:
    office.run(ImportPeople(TABLES), ADMIN)
    before = state(office)
    assert office.run(ImportPeople(TABLES), ADMIN) == NOTHING
    assert office.run(ImportPeople((("office.yaml", YAML),)), ADMIN) == NOTHING, "the other form says the same"
    assert state(office) == before


def test_a_dry_run_shows_the_difference_and_changes_nothing(office: Office) -> None:
    office.run(ImportPeople(TABLES), ADMIN)
    changed = PEOPLE.replace("แอน ตัวอย่าง", "แอน ใหม่").replace("clerks; director,,secret", "clerks;panel,auditor,normal")
    before = state(office)
    shown = office.run(people(changed, dry_run=True), ADMIN)
    assert state(office) == before
    (ann,) = shown["changed"]
    assert ann == {
        "account": "ann",
        "name": "แอน ใหม่",
        "clearance": "normal",
        "groups": {"added": ["panel"], "removed": ["director"]},
        "roles": {"added": ["auditor"], "removed": []},
    }
    assert office.run(people(changed), ADMIN) == shown, "what is done is what was shown"
    assert groups_of(office, "ann") == {"clerks", "panel"}
    events = told(office)[4:]
    assert events == [
        ("person-changed", "ann"),
        ("clearance-set", "ann"),
        ("role-granted", "ann"),
        ("people-imported", "people"),
    ]
    with office.database.read() as db:
        assert verify_service(db).valid


def test_a_role_that_the_file_takes_away_is_told(small_office: Office) -> None:
    small_office.run(ImportPeople(TABLES), ADMIN)
    small_office.run(people(PEOPLE.replace("auditor; process-owner:room-request", "auditor")), ADMIN)
    assert roles_of(small_office, "ben") == {("auditor", "")}
    assert told(small_office)[4:] == [("role-granted", "ben"), ("people-imported", "people")]


def test_what_the_file_does_not_speak_of_stays(small_office: Office) -> None:
    small_office.run(ImportPeople(TABLES), ADMIN)
    small_office.run(people("account,name\nann,แอน ใหม่\n"), ADMIN)
    ann = row_of(small_office, "ann")
    assert (ann.display_name, ann.email, ann.clearance) == ("แอน ใหม่", "ann@example.go.th", 2)
    assert groups_of(small_office, "ann") == {"clerks", "director"}


def test_who_is_missing_is_shown_and_stays_unless_one_says_otherwise(office: Office) -> None:
    office.run(ImportPeople(TABLES), ADMIN)
    without = PEOPLE.replace("ben,", "dan,")
    done = office.run(people(without), ADMIN)
    assert [p["account"] for p in done["missing"]] == ["ben"] and not done["deactivated"]
    assert row_of(office, "ben").active


def leaver(office: Office) -> None:
    """Ben, who has a session, a token, a client and an open task."""
    office.run(ImportPeople(TABLES), ADMIN)
    office.run(AddPerson("robot", "A program", roles=(("client", ""),)), ADMIN)
    with office.database.write() as db:
        db.execute(t.person.update().where(t.person.c.username == "ben").values(password_hash="plain:secret"))
    office.run(SignIn("ben", "plain:secret"), Actor("anonymous"))
    office.run(MakeToken("ben", "his"), SYSTEM)
    office.run(AddClient("ben", "his"), SYSTEM)
    office.run(MakeCalendarFeed("ben"), SYSTEM)
    mine = '<zeebe:assignmentDefinition assignee="ben"/>'
    office.deploy(diagram(node("startEvent", "s") + user("a", mine) + node("endEvent", "e") + flows("s a", "a e")))
    office.start()


def test_a_leaver_is_deactivated_with_all_access_and_the_open_tasks_are_named(office: Office) -> None:
    leaver(office)
    task = str(office.task("a").key)
    without = PEOPLE.replace("ben,", "dan,")
    done = office.run(people(without, deactivate_missing=True), ADMIN)
    assert done["missing"] == [{"account": "ben", "name": "เบน ตัวอย่าง", "openTasks": [task]}]
    assert done["deactivated"]
    assert not row_of(office, "ben").active
    assert office.rows(t.session) == [] and office.rows(t.calendar_feed) == []
    assert [row.revoked_at for row in (*office.rows(t.api_token), *office.rows(t.api_client))].count(None) == 0
    with pytest.raises(Unauthorized):
        office.run(SignIn("ben", "plain:secret"), Actor("anonymous"))
    assert row_of(office, "robot").active, "a program is in no file of people"
    assert ("person-deactivated", "ben") in told(office)
    assert office.run(people(without, deactivate_missing=True), ADMIN) == NOTHING


def test_who_comes_back_is_active_again_and_old_keys_stay_revoked(office: Office) -> None:
    leaver(office)
    office.run(people(PEOPLE.replace("ben,", "dan,"), deactivate_missing=True), ADMIN)
    done = office.run(people(PEOPLE), ADMIN)
    assert done["changed"] == [{"account": "ben", "active": True}]
    assert row_of(office, "ben").active and groups_of(office, "ben") == {"checkers", "panel"}
    assert [row.revoked_at for row in office.rows(t.api_token)].count(None) == 0
    assert ("person-activated", "ben") in told(office)


@pytest.mark.parametrize("options", [{}, {"deactivate_missing": True}], ids=["role taken away", "deactivated"])
def test_somebody_stays_administrator(office: Office, options: Any) -> None:
    office.run(ImportPeople(TABLES), ADMIN)
    before = state(office)
    alone = "account,name,roles\nann,แอน,\n" + ("" if options else "chief,ผู้ดูแล,\n")
    with pytest.raises(ImportRefused) as refused:
        office.run(people(alone, **options), ADMIN)
    assert "no administrator would be left" in str(refused.value.faults)
    assert state(office) == before


def test_nobody_clears_himself_or_herself_by_a_file(small_office: Office) -> None:
    small_office.run(AddPerson("manager", "Manager", roles=(("administrator", ""),)), ADMIN)
    file = people("account,name,clearance\nmanager,Manager,topSecret\n")
    with pytest.raises(Forbidden):
        small_office.run(file, MANAGER)
    small_office.run(file, ADMIN)
    assert row_of(small_office, "manager").clearance == 3


WRONG_PEOPLE = [
    ("account,name\n,Nobody\n", 2, "Latin letters"),
    ("account,name\nสมชาย,Somebody\n", 2, "Latin letters"),
    ("account,name\nann,\n", 2, "a name is needed"),
    ("account,name\nann,A\n\nANN,A\n", 4, "twice"),
    ("account,name,groups\nann,A,ghosts\n", 2, "there is no group ghosts"),
    ("account,name,roles\nann,A,king\n", 2, "there is no role king"),
    ("account,name,roles\nann,A,process-owner\n", 2, "process owner"),
    ("account,name,roles\nann,A,auditor:x\n", 2, "process owner"),
    ("account,name,clearance\nann,A,cosmic\n", 2, "there is no class cosmic"),
    ("account,name,email\nann,A,nowhere\n", 2, "no mail address"),
    ("account,name\nann,A,B\n", 2, "3 cells"),
    ("account\nann\n", 1, "name is missing"),
    ("account,name,salary\nann,A,1\n", 1, "no column salary"),
    ("account,name,name\nann,A,B\n", 1, "twice"),
    ('account,name\nann,"A\n', 2, "cannot be read"),
    (f"account,name\nann,{'x' * 1025}\n", 2, "at most 1024"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG_PEOPLE, ids=[said for _, _, said in WRONG_PEOPLE])
def test_a_faulty_table_changes_nothing_and_says_where(small_office: Office, text: str, line: int, said: str) -> None:
    before = state(small_office)
    with pytest.raises(ImportRefused) as refused:
        small_office.run(people(text), ADMIN)
    (fault,) = refused.value.faults
    assert fault.file == f"people.csv:{line}" and said in fault.en and fault.th != fault.en
    assert state(small_office) == before


WRONG_YAML = [
    ("people:\n  - account: 7\n    name: A", 2, "a text"),
    ("people:\n  - name: A", 2, "account is missing"),
    ("people:\n  - {account: ann, name: A, groups: clerks}", 2, "groups is a list"),
    ("people:\n  - {account: ann, name: A, pay: 1}", 2, "there is no pay"),
    ("people:\n  - {account: ann, name: A}\n  - [ann]", 1, "people must be a list of mappings"),
    ("people: {ann: A}", 1, "people must be a list"),
    ("staff: []", 1, "there is no staff"),
    ("units:\n  - {key: a, th: ก, en: A, parent: z}", 2, "there is no unit z"),
    ("units:\n  - key: a\n    th: ก\n    th: ข\n    en: A", 2, "twice"),
    ("units: [", 1, "cannot be read"),
    ("- a", 1, "no mapping"),
    ("", 1, "no mapping"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG_YAML, ids=[said for _, _, said in WRONG_YAML])
def test_a_faulty_yaml_file_says_where(small_office: Office, text: str, line: int, said: str) -> None:
    before = state(small_office)
    with pytest.raises(ImportRefused) as refused:
        small_office.run(ImportPeople((("office.yaml", text),)), ADMIN)
    found = [f for f in refused.value.faults if said in f.en]
    assert found and found[0].file in (f"office.yaml:{line}", "office.yaml")
    assert state(small_office) == before


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a b,unit,ก,A,,", "Latin letters"),
        ("a,team,ก,A,,", "there is no kind team"),
        ("a,unit,,A,,", "th and en"),
        ("a,unit,ก,A,z,", "there is no unit z"),
        ("a,position,ก,A,,maybe", "yes or no"),
    ],
)
def test_a_faulty_group_says_where(small_office: Office, row: str, said: str) -> None:
    header = "key,kind,th,en,parent,head\n"
    with pytest.raises(ImportRefused) as refused:
        small_office.run(ImportPeople((("groups.csv", header + row + "\n"),)), ADMIN)
    (fault,) = refused.value.faults
    assert fault.file == "groups.csv:2" and said in fault.en


def test_all_faults_are_told_at_once_and_good_rows_are_not_taken(small_office: Office) -> None:
    text = "account,name,groups\ngood,Good,\nbad one,A,\nbad,B,ghosts\n"
    with pytest.raises(ImportRefused) as refused:
        small_office.run(people(text), ADMIN)
    assert [f.file for f in refused.value.faults] == ["people.csv:3", "people.csv:4"]
    assert small_office.rows(t.person) == []


def test_a_table_of_groups_alone_misses_nobody(small_office: Office) -> None:
    small_office.run(ImportPeople(TABLES), ADMIN)
    renamed = GROUPS.replace("Panel", "The panel")
    done = small_office.run(ImportPeople((("groups.csv", renamed),), deactivate_missing=True), ADMIN)
    assert done == {**NOTHING, "groups": {"added": [], "changed": ["panel"]}}
