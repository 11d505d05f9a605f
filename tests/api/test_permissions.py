"""The permission matrix: every operation of the API, asked by every kind of account, both ways.

Who may succeeds, or is refused for a reason that is no permission; a search finds something. Who may not is answered 401,
403 or 404, learns nothing and changes nothing: what the account may not know of is answered as what does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.description import describe
from engine.commands.set_clearance import SetClearance
from engine.model.actor import SYSTEM, Actor
from engine.policy.permissions import Facts, allowed
from tests.api.matrix.cells import CELLS, CONFIDENTIAL, NO_ROLE, NOBODY, ROLES, Cell, Row
from tests.api.matrix.places import ABSENT, Place, build_places
from tests.api.matrix.reads import READS
from tests.api.permissions import PAGE, ROWS, page
from tests.api.world import World

# what a permission of notices and of batches is about is not the case; of the cases that one may see, one's own are fewer
NAMED_OTHERWISE = {
    "POST /notifications/search", "POST /batch-operation-items/search", "POST /process-instances/mine/search",
}  # fmt: skip
OF_CASES = [row for row in READS if row.of_case and row.at != "link"]  # no link opens what is classified
PROBLEM = {"type", "title", "status", "detail", "instance", "code", "th", "en", "permission"}


@pytest.fixture(scope="module")
def places(world_file: tuple[Path, World], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Cell, Place]]:
    """The office at work, once for each cell."""
    made = build_places(*world_file, CELLS, tmp_path_factory.mktemp("matrix"))
    yield made
    for place in made.values():
        place.close()


def test_every_operation_has_its_row() -> None:
    described = {
        f"{method.upper()} {path.removeprefix('/v2')}"
        for path, methods in describe()["paths"].items()
        for method in methods
        if method != "parameters"
    }
    rows = [row.operation for row in ROWS]
    assert sorted(described - set(rows)) == [], "add a row for each to tests/api/matrix"
    assert sorted(set(rows) - described) == [], "there is no such operation any more"
    assert len({row.name for row in ROWS}) == len(ROWS), "a note tells two rows of one operation apart"


def test_the_page_is_the_newest() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.api.permissions`"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_both_ways(row: Row, places: dict[Cell, Place]) -> None:
    wrong = [fault for cell in CELLS if (fault := _fault(row, places[cell])) is not None]
    assert not wrong, f"{row.name}:\n  " + "\n  ".join(wrong)


@pytest.mark.parametrize("row", OF_CASES, ids=lambda row: row.name)
def test_who_is_cleared_sees_what_is_classified(row: Row, places: dict[Cell, Place]) -> None:
    """The class takes nothing away from who is cleared for it, and gives nothing to anybody."""
    for role in ROLES:
        place = places[Cell(role, CONFIDENTIAL)]
        place.runtime.bus.run(SetClearance(place.who, "secret"), SYSTEM)
        answer = place.ask(row)
        assert _let_through(row, answer) == (Cell(role, "own") in row.may), f"{place.cell}: {answer.text}"
        place.restore()


@pytest.mark.parametrize("row", [row for row in OF_CASES if row.operation not in NAMED_OTHERWISE], ids=lambda r: r.name)
def test_the_permission_that_the_description_names_decides(row: Row) -> None:
    """The rule of permissions, asked with the facts that each cell stands for, says the same as the row."""
    permission = described(row)["x-permission"]
    may = {cell for cell in CELLS if cell not in (NO_ROLE, NOBODY) and allowed(*by_rule(cell, permission))}
    assert may == row.may, permission


def described(row: Row) -> dict[str, Any]:
    path = row.path if row.path.startswith(("/oauth", "/scim")) else f"/v2{row.path}"
    found: dict[str, Any] = describe()["paths"][path][row.method.lower()]
    return found


def by_rule(cell: Cell, permission: str) -> tuple[Actor, str, Facts]:
    """Who a cell is, and what the waiting task and its case are to it."""
    own, group = cell.relation in ("own", CONFIDENTIAL), cell.relation == "group"
    roles: Any = {*({"staff"} if group else ()), cell.role}
    owned = frozenset({"p" if own else "another"}) if cell.role == "process-owner" else frozenset[str]()
    who = Actor("me", roles=frozenset(roles), groups=frozenset({"g"} if group else ()), owned=owned)
    part = group or (own and cell.role != "process-owner")
    return who, permission, Facts(
        frozenset({"p"}), "me" if part and own else None, frozenset({"g"}), participant=part,
        person="me" if own else "you", access_class=2 if cell.relation == CONFIDENTIAL else 0,
    )  # fmt: skip


def _fault(row: Row, place: Place) -> str | None:
    """What is wrong with the answer that this cell gets; None when it is as the row says."""
    answer = place.ask(row)
    changed, let_through = place.changed(), _let_through(row, answer)
    answer.close()
    said = f"{place.cell}: {answer.status_code} {answer.get_json().get('detail', '') if answer.status_code > 399 else ''}"
    if changed and let_through:
        place.restore()
    if row.allowed(place.cell):
        return None if let_through else f"{said}: should be let through"
    if let_through:
        return f"{said}: should be refused"
    if changed:
        place.restore()
        return f"{said}: was refused and changed something"
    return _tells(row, place, answer)


def _let_through(row: Row, answer: TestResponse) -> bool:
    if answer.status_code < 400:
        return not row.finds or bool(answer.get_json()[row.finds])
    return answer.get_json()["code"] in row.otherwise


def _tells(row: Row, place: Place, answer: TestResponse) -> str | None:
    """What a refusal tells that it should not."""
    if answer.status_code < 400:
        return None
    if place.cell == NOBODY:
        return None if answer.status_code == 401 else f"{place.cell}: {answer.status_code} and not 401"
    if answer.status_code not in row.refusals:
        return f"{place.cell}: {answer.status_code} {answer.text}: neither done nor refused"
    extra = {name for name in set(answer.get_json()) - PROBLEM if not name.endswith(("Key", "Id", "Name", "name"))}
    if extra:
        return f"{place.cell}: the refusal tells {extra}"
    if answer.status_code == 404 and row.at and row.at not in ("whose", "colleague", "provider"):
        key = str(place.keys[row.at])
        absent = "0" * len(key) if not key.isdecimal() else ABSENT
        nothing = place.ask(row, absent)
        if (answer.status_code, answer.text.replace(key, "KEY")) != (404, nothing.text.replace(absent, "KEY")):
            return f"{place.cell}: {answer.text} differs from what there is not: {nothing.text}"
    return None
