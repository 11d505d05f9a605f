"""Drafts of processes on both databases: what was written stays, who wrote it can be erased, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from engine.commands.decide_publication import ApprovePublication
from engine.commands.make_model_draft import MakeModelDraft
from engine.commands.publish_model_draft import PublishModelDraft
from engine.commands.write_draft_file import DeleteDraftFile, RestoreDraftFile, WriteDraftFile
from engine.model.actor import Actor
from engine.queries.model_drafts import get_draft, search_drafts, search_history
from engine.queries.search import Search
from engine.store import tables as t
from tests.dsl import Office

ANN, BEN = (Actor(name, roles=frozenset({"process-owner"}), owned=frozenset({"*"})) for name in ("ann", "ben"))


def test_a_draft_from_its_first_file_to_its_publication(office: Office) -> None:
    office.bus.services = replace(office.bus.services, second_publisher=True)
    key = int(office.bus.run(MakeModelDraft("ร่าง"), ANN)["draftKey"])
    first = office.bus.run(WriteDraftFile(key, "notes.md", "one", None), ANN)["revision"]
    second = office.bus.run(WriteDraftFile(key, "notes.md", "two", first), BEN)["revision"]
    office.bus.run(DeleteDraftFile(key, "notes.md", second), BEN)
    office.bus.run(RestoreDraftFile(key, "notes.md", first, None), ANN)
    with office.database.read() as db:
        found = get_draft(db, ANN, key)
        history = search_history(db, ANN, key, Search({}, [{"field": "revision", "order": "ASC"}]))["items"]
        assert search_drafts(db, BEN, Search({"state": "OPEN"}))["items"][0]["draftKey"] == str(key)
    assert [(item["path"], item["deleted"], item["author"]) for item in history[1:]] == [
        ("notes.md", False, "ann"), ("notes.md", False, "ben"), ("notes.md", True, "ben"), ("notes.md", False, "ann"),
    ]  # fmt: skip
    revision = found["revision"]
    assert office.bus.run(PublishModelDraft(key, revision, "as decided"), ANN)["deploymentKey"] is None
    assert office.bus.run(ApprovePublication(key, revision), BEN)["state"] == "PUBLISHED"


def test_the_history_is_only_ever_added_to_but_for_the_names_of_people(office: Office) -> None:
    office.bus.run(MakeModelDraft("ร่าง"), ANN)
    kept = t.model_draft_file
    for change in (delete(kept), update(kept).values(content=None), update(kept).values(path="other.md")):
        with pytest.raises(DBAPIError, match="only ever added"), office.database.write() as db:
            db.execute(change)
    with office.database.write() as db:
        db.execute(update(kept).values(author="pseudonym"))
        assert [row.author for row in db.execute(kept.select())] == ["pseudonym"]
