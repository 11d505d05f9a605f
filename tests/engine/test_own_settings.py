"""What a person keeps for himself or herself: what holds afterwards, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.commands.add_person import AddPerson
from engine.commands.erase_account import EraseAccount
from engine.commands.own_settings import (
    MOST_FAVOURITES,
    AddFavouriteProcess,
    RemoveFavouriteProcess,
    SeeTour,
    SetOwnSettings,
    TooManyFavourites,
)
from engine.errors import Forbidden, InvalidArgument, NotFound, StaleRevision
from engine.model.actor import SYSTEM
from engine.queries.own_settings import get_own_settings
from engine.store import tables as t
from tests.dsl import ADMIN, Office, person
from tests.execution.bench import diagram, flows, node, user

ANN = person("ann", "clerks")
LOOK: dict[str, Any] = {"language": "th", "theme": "dark", "text_size": 150, "still": False}


@pytest.fixture
def own(office: Office) -> Office:
    """With Ann, and one process."""
    office.run(AddPerson("ann", "Ann", "a long password"), SYSTEM)
    office.deploy(diagram(node("startEvent", "s") + user("a") + node("endEvent", "e") + flows("s a", "a e")))
    return office


def settings(office: Office) -> dict[str, Any]:
    with office.database.read() as db:
        return get_own_settings(db, ANN)


def favourites(office: Office) -> list[str]:
    return [row.process_id for row in office.rows(t.favourite_process, everything=True)]


def test_nothing_is_chosen_at_first(own: Office) -> None:
    assert settings(own) == {"display": None, "tours": [], "rev": 0}


def test_the_choice_is_kept_and_its_revision_counts(own: Office) -> None:
    own.run(SetOwnSettings(**LOOK, rev=0), ANN)
    own.run(SetOwnSettings(**LOOK | {"theme": "contrast"}, rev=1), ANN)
    kept = settings(own)
    assert (kept["display"]["theme"], kept["display"]["textSize"], kept["rev"]) == ("contrast", 150, 2)
    with pytest.raises(StaleRevision):
        own.run(SetOwnSettings(**LOOK, rev=1), ANN)


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"text_size": 110}, {"language": "de"}], ids=str)
def test_what_is_no_choice_is_refused(own: Office, wrong: dict[str, Any]) -> None:
    before = own.snapshot()
    with pytest.raises(InvalidArgument):
        own.run(SetOwnSettings(**LOOK | wrong), ANN)
    assert own.snapshot() == before


def test_a_tour_is_seen_once(own: Office) -> None:
    for tour in ("staff", "auditor", "staff"):
        own.run(SeeTour(tour), ANN)
    assert settings(own)["tours"] == ["auditor", "staff"]
    with pytest.raises(InvalidArgument):
        own.run(SeeTour("../x"), ANN)


def test_no_more_tours_are_kept_than_there_can_be(own: Office) -> None:
    for number in range(60):
        own.run(SeeTour(f"tour-{number}"), ANN)
    assert len(settings(own)["tours"]) == 50


def test_a_favourite_is_put_in_and_taken_out_each_as_often_as_one_likes(own: Office) -> None:
    for _ in range(2):
        own.run(AddFavouriteProcess("p"), ANN)
    assert favourites(own) == ["p"]
    for _ in range(2):
        own.run(RemoveFavouriteProcess("p"), ANN)
    assert favourites(own) == []
    with pytest.raises(NotFound):
        own.run(AddFavouriteProcess("q"), ANN)


def test_there_is_a_most(own: Office) -> None:
    with own.database.write() as db:
        rows = [{"username": "ann", "process_id": f"x{n}", "added_at": own.clock.now()} for n in range(MOST_FAVOURITES)]
        db.execute(t.favourite_process.insert(), rows)
    with pytest.raises(TooManyFavourites):
        own.run(AddFavouriteProcess("p"), ANN)


def test_a_substitute_changes_nothing_of_the_absent_person(own: Office) -> None:
    with pytest.raises(Forbidden):
        own.run(SetOwnSettings(**LOOK), replace(ANN, on_behalf_of="ben"))


def test_it_goes_with_the_account(own: Office) -> None:
    own.run(SetOwnSettings(**LOOK), ANN)
    own.run(SeeTour("staff"), ANN)
    own.run(AddFavouriteProcess("p"), ANN)
    own.run(EraseAccount("ann", "she asked for it"), ADMIN)
    for table in (t.own_settings, t.seen_tours, t.favourite_process):
        assert own.rows(table, everything=True) == []
