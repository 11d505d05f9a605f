"""With which configuration the service started is in the audit log, and no secret of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from api.configuration import configuration_of
from engine.commands.note_configuration import NoteConfiguration
from engine.model.actor import SYSTEM
from engine.store.tables import service_event
from tests.dsl import Office


def told(office: Office) -> list[Any]:
    with office.database.read() as db:
        bodies = db.execute(select(service_event.c.body).order_by(service_event.c.sequence)).scalars()
        found = [orjson.loads(body) for body in bodies]
    return [body["data"]["settings"] for body in found if body["type"] == "configuration-changed"]


def test_what_changed_since_the_last_start_is_told_and_the_same_is_not(office: Office) -> None:
    before = len(told(office))
    for values in ({"a": "1", "b": "2"}, {"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}, {"b": "3", "c": "4"}):
        office.run(NoteConfiguration(values), SYSTEM)
    assert told(office)[before:] == [
        {"a": {"before": None, "after": "1"}, "b": {"before": None, "after": "2"}},
        {"b": {"before": "2", "after": "3"}, "c": {"before": None, "after": "4"}},
        {"a": {"before": "1", "after": None}},
    ]


def test_secrets_are_told_to_be_there_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "identity.yaml").write_text("providers: []", encoding="utf-8")
    environment = {
        "KRABUAN_SMTP_PASSWORD": "hidden", "KRABUAN_DATABASE": "postgresql+psycopg://k:hidden@db/krabuan",
        "KRABUAN_OFFICE_SECRET": "hidden", "KRABUAN_SMTP_HOST": "mail", "HOME": "/hidden",
    }  # fmt: skip
    found = configuration_of({"behind_proxy": True}, environment, tmp_path)
    assert "hidden" not in str(found)
    assert (found["--behind-proxy"], found["KRABUAN_SMTP_HOST"], found["KRABUAN_SMTP_PASSWORD"]) == ("True", "mail", "(set)")
    assert found["KRABUAN_DATABASE"] == "postgresql+psycopg://k:***@db/krabuan"
    assert len(found["sha256 of identity.yaml"]) == 64 and found["release"]
    assert configuration_of({}, {"KRABUAN_DATABASE": "nonsense hidden"}, tmp_path)["KRABUAN_DATABASE"] == "(set)"
