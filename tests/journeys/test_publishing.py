"""Process owners: what is published is seen before in words and on both diagrams, and a second person decides."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from api.cli import main as krabuan
from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker
from tests.web.office import CONTENT, DPO, PROCESS, Office
from tests.web.serving import served
from tests.web.test_workbench import diagram_of, get

pytestmark = pytest.mark.browser
OWNER, WHY = "owner", "ตามมติที่ประชุม"
DAYS = itertools.count(5)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of its own, in which a second person approves what is published; DPO owns processes too."""
    folder = tmp_path_factory.mktemp("second")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KRABUAN_SECOND_PUBLISHER", "on")
        with served(folder, content=CONTENT) as opened:
            own = ["--role", "process-owner", "--process", "*", "--data", str(folder / "data")]
            assert krabuan(["user", "role", DPO, *own]) == 0
            yield opened


def weakened(office: Office, name: str) -> tuple[str, int]:
    """A draft of the first version in which a control point may be passed over and a step takes longer than in any draft
    before; its key, and how many days."""
    days = next(DAYS)
    made = {"name": name, "processDefinitionId": PROCESS, "version": 1}
    key = str(office.ask("POST", "/v2/model-drafts", made)["draftKey"])
    file = diagram_of(office, key)
    content = file["content"].replace('risk-1" mandatory="true"', 'risk-1" mandatory="false"')
    ends = 'number="9" stage="conclude" standardTime="P{}D"'
    content = content.replace(ends.format(3), ends.format(days))
    assert content != file["content"]
    office.ask("PUT", f"/v2/model-drafts/{key}/files/content", {**file, "content": content})
    return key, days


def asked_for(office: Office, name: str) -> tuple[str, int]:
    """A weakened draft that its owner asked to publish."""
    key, days = weakened(office, name)
    body = {"revision": get(office, key)["revision"], "reason": WHY}
    office.ask("POST", f"/v2/model-drafts/{key}/publication", body)
    return key, days


def newest(office: Office) -> int:
    """The number of the version in use."""
    wanted = {"filter": {"processDefinitionId": PROCESS, "isLatestVersion": True}}
    version: int = office.ask("POST", "/v2/process-definitions/search", wanted)["items"][0]["version"]
    return version


def see_what_is_weakened(walker: Walker, days: int) -> None:
    said = walker.pick(rf"เวลามาตรฐาน: \d+ เป็น {days} วัน", rf"Standard time: \d+ to {days} days")
    expect(walker.page.get_by_text(re.compile(said)).first).to_be_visible()
    walker.see(walker.say("compare.warning"))


def drawn(walker: Walker, key: str) -> Locator:
    """The diagram of a side, once it is drawn."""
    side = walker.page.get_by_role("group", name=re.compile(walker.say(key, name="") + "$"))
    expect(side.locator(".djs-shape").first).to_be_visible()
    return side


def place_of(side: Locator) -> list[float]:
    """Scale and place of what is seen of a diagram."""
    moved = side.locator(".viewport").get_attribute("transform") or ""
    return [float(number) for number in re.findall(r"-?[0-9.]+", moved)]


def test_a_publication_is_asked_for(office: Office, walk: Walk) -> None:
    (key, days), before = weakened(office, "ขยายเวลาสรุปผล"), newest(office)
    walker = walk(OWNER, f"/workbench/drafts/{key}")
    walker.press("draft.publish")
    see_what_is_weakened(walker, days)
    walker.shoot()
    walker.write(walker.field("reason.label", walker.dialog()), WHY)
    walker.press(walker.button("draft.publish", walker.dialog()))
    walker.see(walker.say("approval.own"))
    assert (get(office, key)["state"], newest(office)) == ("AWAITING_APPROVAL", before)


def test_a_second_person_publishes(office: Office, walk: Walk) -> None:
    (key, days), before = asked_for(office, "ขยายเวลา"), newest(office)
    walker = walk(DPO, f"/workbench/drafts/{key}")
    see_what_is_weakened(walker, days)
    walker.press("approval.approve")
    walker.press(walker.button("approval.approve", walker.dialog()))
    walker.see(walker.say("draft.closed"))
    assert (get(office, key)["state"], newest(office)) == ("PUBLISHED", before + 1)


def test_a_second_person_sends_it_back(office: Office, walk: Walk) -> None:
    key, _ = asked_for(office, "ร่างที่ถูกส่งกลับ")
    walker = walk(DPO, f"/workbench/drafts/{key}")
    walker.press("approval.reject")
    walker.write(walker.field("reason.label", walker.dialog()), "จุดควบคุมต้องคงไว้")
    walker.press(walker.button("approval.reject", walker.dialog()))
    walker.button("draft.publish").wait_for()
    assert get(office, key)["state"] == "OPEN"


def test_a_draft_is_compared_and_discarded(office: Office, walk: Walk) -> None:
    key, days = weakened(office, "Longer summary")
    revision = get(office, key)["revision"]
    sides = f"before=d{key}.{revision - 1}&after=d{key}"
    walker = walk(OWNER, f"/workbench/compare?process={PROCESS}&{sides}")
    see_what_is_weakened(walker, days)
    before, after = drawn(walker, "compare.beforeOf"), drawn(walker, "compare.afterOf")
    walker.press(walker.page.get_by_role("button", name=re.compile(f"^{walker.say('compare.show', title='')}")).first)
    expect(after.locator(".krabuan-chosen, .djs-shape.selected, .krabuan-changed").first).to_be_visible()
    stood = place_of(before)
    for side in (before, after):
        was = side.locator(".viewport").get_attribute("transform") or ""
        walker.press(side.get_by_role("button", name=walker.say("diagram.zoomIn")))
        expect(side.locator(".viewport")).not_to_have_attribute("transform", was)
    assert place_of(before) == pytest.approx(place_of(after), abs=0.1) != stood
    walker.shoot(full=True)
    walker.press(walker.link(walker.say("compare.toDraft")))
    walker.press("draft.discard")
    walker.press(walker.button("draft.discard", walker.dialog()))
    walker.heading("workbench.title")
    assert get(office, key)["state"] == "DISCARDED"
