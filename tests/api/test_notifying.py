"""How people are notified, over HTTP: preferences, templates, dead letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from api.runtime import Runtime
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.set_clearance import SetClearance
from engine.commands.settle_dead_letter import RetryDeadLetter
from engine.model.actor import SYSTEM
from engine.store.tables import delivery
from tests.api.conftest import Caller
from tests.api.world import DEAD_LETTER, World

At = tuple[Runtime, World]
Callers = Callable[[str | None], Caller]
MINE = "/authentication/me/notification-preferences"
CHOSEN = {"language": "en", "choices": {"open": {"mail": "off"}}, "digestAt": "07:30", "quietFrom": "19:00", "quietUntil": "07:00"}
REMINDER = "/notification-templates/reminder.th"
WHY = {"reason": "the address was mended"}


class TestPreferences:
    """One's own, each with what holds for who chose nothing."""

    def test_who_chose_nothing_sees_what_holds(self, calling: Callers) -> None:
        found = calling("ann").get(MINE)
        assert (found["language"], found["rev"], found["digestAt"], found["quietFrom"]) == ("th", 0, "08:00", "20:00")
        assert found["choices"]["open"] == {"mail": "digest", "push": "digest"}
        assert found["choices"]["statutory"] == {"mail": "at-once", "push": "at-once"}

    def test_what_is_chosen_is_seen_and_changed_only_as_it_was_seen(self, calling: Callers) -> None:
        ann = calling("ann")
        assert ann("PUT", MINE, CHOSEN, headers={"If-Match": '"0"'}).status_code == 204
        seen = ann("GET", MINE)
        assert (seen.headers["ETag"], seen.get_json()["language"]) == ('"1"', "en")
        assert seen.get_json()["choices"]["open"] == {"mail": "off", "push": "digest"}
        stale = ann("PUT", MINE, CHOSEN, headers={"If-Match": '"0"'})
        assert (stale.status_code, stale.get_json()["code"]) == (409, "stale-revision")
        assert ann("PUT", MINE, {**CHOSEN, "language": "th"}).status_code == 204
        assert ann.get(MINE)["rev"] == 2 and calling("ben").get(MINE)["rev"] == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            {"language": "de"}, {"choices": {"everything": {"mail": "off"}}}, {"choices": {"open": {"fax": "off"}}},
            {"choices": {"open": {"mail": "never"}}}, {"choices": {"statutory": {"mail": "digest"}}}, {"choices": []},
            {"digestAt": "24:00"}, {"digestAt": "8:00"}, {"digestAt": None}, {"quietFrom": None}, {"quietUntil": "19:00"},
            {"quietUntil": "๐๗:๐๐"}, {"quietFrom": "19:00\n"}, {"more": 1},
        ],
    )  # fmt: skip
    def test_what_is_no_choice_is_refused_and_changes_nothing(self, wrong: dict[str, Any], calling: Callers) -> None:
        ann = calling("ann")
        refused = ann("PUT", MINE, {**CHOSEN, **wrong})
        assert refused.status_code == 400 and refused.get_json()["th"]
        assert ann.get(MINE)["rev"] == 0


class TestTemplates:
    """Written, looked at and taken back by an administrator."""

    def test_every_topic_has_a_text_in_both_languages(self, calling: Callers) -> None:
        items = calling("admin").get("/notification-templates")["items"]
        assert len(items) == 24 and all(item["builtIn"] for item in items)

    def test_a_text_is_written_and_taken_back(self, calling: Callers) -> None:
        admin, text = calling("admin"), {"subject": "[งาน] {{ subject }}", "text": "เรียน {{ person }}\n{{ body }}"}
        built_in = admin.get(REMINDER)
        assert admin("PUT", REMINDER, text, headers={"If-Match": '"0"'}).status_code == 204
        found = admin.get(REMINDER)
        assert (found["subject"], found["builtIn"], found["changedBy"], found["rev"]) == ("[งาน] {{ subject }}", False, "admin", 1)
        assert admin("PUT", REMINDER, text, headers={"If-Match": '"0"'}).status_code == 409
        assert admin("DELETE", REMINDER, headers={"If-Match": '"1"'}).status_code == 204
        assert admin.get(REMINDER) == built_in
        types = [item["entityKey"] for item in admin.post("/audit-logs/search", {"filter": {"entityKey": "reminder.th"}})["items"]]
        assert types == ["reminder.th"] * 2

    def test_a_preview_shows_the_whole_mail_of_nobody(self, calling: Callers) -> None:
        text = {"subject": "{{ subject }}!", "text": "<b>{{ person }}</b>"}
        found = calling("admin").post(f"{REMINDER}/preview", text)
        assert (found["subject"], found["text"]) == ("ใกล้ครบกำหนด: ตรวจสอบข้อเท็จจริง!", "<b>สมศรี ตัวอย่าง</b>")
        assert "&lt;b&gt;สมศรี" in found["html"] and found["html"].startswith("<!DOCTYPE html>") and "<b>สมศรี" in found["plain"]

    @pytest.mark.parametrize("path", [REMINDER, f"{REMINDER}/preview"])
    def test_one_that_could_do_more_is_refused_and_changes_nothing(self, path: str, calling: Callers) -> None:
        admin = calling("admin")
        method = "POST" if path.endswith("preview") else "PUT"
        refused = admin(method, path, {"subject": "s", "text": "{{ body.__class__ }}"})
        assert (refused.status_code, refused.get_json()["code"]) == (400, "template-refused")
        assert refused.get_json()["errors"][0]["field"] == "text"
        assert admin.get(REMINDER)["builtIn"]

    @pytest.mark.parametrize("name", ["nothing.th", "reminder.de", "reminder", "..", "reminder.th.th"])
    def test_there_is_no_other(self, name: str, calling: Callers) -> None:
        admin = calling("admin")
        for method in ("GET", "PUT", "DELETE"):
            answer = admin(method, f"/notification-templates/{name}", {"subject": "s", "text": "t"} if method == "PUT" else None)
            assert answer.status_code == 404


class TestDeadLetters:
    """What could not be delivered is listed, and sent again or not any more."""

    def state(self, at_work: At) -> Any:
        with at_work[0].database.read() as db:
            return db.execute(select(delivery).where(delivery.c.key == DEAD_LETTER)).one()

    def test_it_is_listed_and_sent_again_as_what_it_was(self, at_work: At, calling: Callers) -> None:
        admin, before = calling("admin"), self.state(at_work)
        (letter,) = admin.post("/dead-letters/search")["items"]
        assert (letter["deliveryKey"], letter["username"], letter["channel"]) == (str(DEAD_LETTER), "ann", "mail")
        assert (letter["topic"], letter["attempts"], letter["errorMessage"]) == ("message", 8, "the mail server answered 550")
        assert admin("POST", f"/dead-letters/{DEAD_LETTER}/retry", WHY).status_code == 204
        after = self.state(at_work)
        assert (after.state, after.attempts, after.content, after.parcel_key) == ("PACKED", 0, before.content, before.parcel_key)
        assert admin.post("/dead-letters/search")["items"] == []

    def test_one_that_is_dropped_keeps_nothing_of_what_it_said(self, at_work: At, calling: Callers) -> None:
        admin = calling("admin")
        assert admin("POST", f"/dead-letters/{DEAD_LETTER}/drop", WHY).status_code == 204
        after = self.state(at_work)
        assert (after.state, after.content, after.error_message) == ("DROPPED", None, WHY["reason"])
        for what in ("retry", "drop"):
            again = admin("POST", f"/dead-letters/{DEAD_LETTER}/{what}", WHY)
            assert (again.status_code, again.get_json()["code"]) == (409, "invalid-state")

    @pytest.mark.parametrize("what", ["retry", "drop"])
    def test_without_a_reason_nothing_is_done(self, what: str, at_work: At, calling: Callers) -> None:
        for body in ({}, {"reason": ""}, {"reason": "  x   "}):
            assert calling("admin")("POST", f"/dead-letters/{DEAD_LETTER}/{what}", body).status_code == 400
        assert calling("admin")("POST", f"/dead-letters/999/{what}", WHY).status_code == 404
        assert self.state(at_work).state == "FAILED"

    def test_of_a_case_that_was_classified_it_is_not_sent_to_who_is_not_cleared(self, at_work: At) -> None:
        runtime, world = at_work
        runtime.bus.run(ClassifyInstance(world.waiting, "secret"), SYSTEM)
        assert (self.state(at_work).state, self.state(at_work).content) == ("FAILED", None)
        runtime.bus.run(RetryDeadLetter(DEAD_LETTER, WHY["reason"]), SYSTEM)
        assert (self.state(at_work).state, self.state(at_work).error_message) == ("DROPPED", "not cleared for the case")

    def test_to_who_is_cleared_it_says_only_the_number_from_then_on(self, at_work: At) -> None:
        runtime, world = at_work
        runtime.bus.run(SetClearance("ann", "secret"), SYSTEM)
        runtime.bus.run(ClassifyInstance(world.waiting, "secret"), SYSTEM)
        content = self.state(at_work).content
        assert content["guarded"] and str(world.waiting) in content["subject"] and "ใกล้" not in content["subject"]
