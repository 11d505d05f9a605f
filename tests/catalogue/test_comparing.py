"""What a diagram lacks, has too much or says otherwise than the manual is named, unless there is a reason for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import main
from engine.errors import DeploymentRefused
from tests.catalogue.small import PRINTED, compare, drawn


def found(folder: Path, printed: str, diagram: str) -> list[tuple[str | None, str, str, str]]:
    return [(d.step, d.what, d.printed, d.drawn) for d in compare(folder, printed, diagram).differences]


def test_what_agrees_is_clean(tmp_path: Path) -> None:
    assert compare(tmp_path, PRINTED, drawn()).clean


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('number="1" stage', 'number="2" stage', ("check", "number", "1", "2")),
        ("P7D", "P8D", ("check", "standard-time", "P7D", "P8D")),
        ('calendar="calendar"', 'calendar="working"', ("check", "calendar", "calendar", "working")),
        ('stage="manage"', 'stage="monitor"', ("check", "stage", "manage", "monitor")),
        ("ตรวจให้ครบทุกข้อ ", "", ("check", "detail", "ตรวจให้ครบทุกข้อ", "")),
        ("ไม่มีข้อผิดพลาด ", "", ("check", "quality", "ไม่มีข้อผิดพลาด", "")),
        ("ตรวจงบประมาณ ", "", ("check", "sub-step", "ตรวจงบประมาณ", "")),
        ("บันทึกผล ", "", ("check", "document", "บันทึกผล", "")),
        ("เลขที่หนังสือ", "", (None, "field", "เลขที่หนังสือ", "")),
        ("ลงนามแล้ว", "ลงนาม", ("check", "control-point", "ลงนามแล้ว", "ลงนาม")),
        ('id="cp-check-1"', 'id="cp-check-1" mandatory="false"', ("check", "control-point", "ลงนามแล้ว", "mandatory=false")),
        ("cp-check-1", "cp-other-1", ("check", "control-point", "ลงนามแล้ว", "")),
        ('candidateGroups="strategy"', 'candidateGroups="finance"', ("check", "performer", "strategy", "finance")),
        ('targetPercent="90"', 'targetPercent="80"', (None, "target", "90", "80")),
        ('krabuan:process number="1"', 'krabuan:process number="7"', (None, "number", "1", "7")),
        ('<krabuan:text lang="en">Check the plan</krabuan:text>', "", ("check", "name-en", "Check the plan", "")),
    ],
)
def test_each_difference_is_named(tmp_path: Path, right: str, wrong: str, said: tuple[str | None, str, str, str]) -> None:
    assert said in found(tmp_path, PRINTED, drawn().replace(right, wrong))


def test_a_drawn_name_may_be_shorter_where_the_printed_one_stands_in_the_documentation(tmp_path: Path) -> None:
    shorter = drawn().replace('<bpmn:userTask id="a" name="ตรวจแผน"', '<bpmn:userTask id="a" name="ตรวจ"')
    assert found(tmp_path, PRINTED, shorter) == [("check", "name", "ตรวจแผน", "ตรวจ")]
    assert found(tmp_path, PRINTED, shorter.replace("บันทึกผล ", "บันทึกผล ตรวจแผน ")) == []


def test_a_step_that_is_not_drawn_or_twice_or_not_printed(tmp_path: Path) -> None:
    other = drawn().replace('key="check"', 'key="look"')
    assert found(tmp_path, PRINTED, other) == [("check", "step", "ตรวจแผน", ""), ("look", "step-unknown", "", "a")]
    twice = drawn().replace('<bpmn:startEvent id="s"', '<bpmn:task id="b"><bpmn:extensionElements><krabuan:step key="check"/></bpmn:extensionElements></bpmn:task><bpmn:startEvent id="s"')
    assert found(tmp_path, PRINTED, twice) == [("check", "step", "ตรวจแผน", "b, a")]


def test_texts_of_the_process_are_exactly_those_printed(tmp_path: Path) -> None:
    other = drawn().replace("ร้อยละของแผน", "จำนวนแผน")
    assert found(tmp_path, PRINTED, other) == [(None, "kpi", "ร้อยละของแผน", ""), (None, "kpi", "", "จำนวนแผน")]


def test_a_group_below_the_one_that_is_printed_may_perform(tmp_path: Path) -> None:
    assert found(tmp_path, PRINTED.replace("roles: [group]", "roles: [center]"), drawn()) == []


def test_a_process_that_is_not_there(tmp_path: Path) -> None:
    assert found(tmp_path, PRINTED, drawn().replace('<bpmn:process id="p"', '<bpmn:process id="q"')) == [(None, "process", "p", "")]


REASON = "differs:\n- {step: check, what: standard-time, reason: {th: เหตุผล, en: Why}}\n"


def test_a_reason_explains_and_one_that_explains_nothing_is_told(tmp_path: Path) -> None:
    slower = drawn().replace('standardTime="P7D"', 'standardTime="P8D"').replace("บันทึกผล", "P7D บันทึกผล")
    explained = compare(tmp_path, PRINTED, slower, REASON)
    assert explained.clean and [reason.why.en for reason in explained.reasons] == ["Why"]
    idle = compare(tmp_path, PRINTED, drawn(), REASON)
    assert not idle.clean and [reason.place for reason in idle.idle] == ["p/differences.yaml:2"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("differs: 1\n", "p/differences.yaml"),
        ("differs: []\nmore: 1\n", "p/differences.yaml"),
        ("differs: [\n", "p/differences.yaml:2"),
        ("differs:\n- {what: name}\n", "p/differences.yaml:2"),
        ("differs:\n- {what: name, reason: {th: เหตุผล, en: Why}}\n- {whta: name, reason: {th: ก, en: a}}\n", "p/differences.yaml:3"),
    ],
)
def test_reasons_that_cannot_be_read_are_refused(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        compare(tmp_path, PRINTED, drawn(), text)
    assert [fault.file for fault in refused.value.faults] == [place]


@pytest.mark.parametrize(
    ("right", "wrong", "place", "said"),
    [
        ("id: p", "id: q", "p.yaml:1", "id must be p"),
        ("kpis:", "kpi:", "p.yaml:4", "kpi is not known here"),
        ("  key: check\n", "", "p.yaml:12", "the step has no key"),
        ("iso8601: P7D, calendar", "iso8601: 7 days, calendar", "p.yaml:18", "7 days is no duration such as P7D"),
        ("calendar: unstated", "calendar: lunar", "p.yaml:18", "calendar is one of calendar, working, hours, recurring, event, unstated, not lunar"),
        ("roles: [group]", "roles: [ghosts]", "p.yaml:19", "organisation.yaml has no ghosts"),
        ("stage: manage", "stage: later", "p.yaml:9", "there is no stage later"),
        ("{th: ลงนามแล้ว, en: It is signed}", "{th: ลงนามแล้ว}", "p.yaml:21", "there must be texts th and en"),
        ("steps:\n-", "steps: 5\nflows:\n-", "p.yaml:11", "steps must be a list of mappings"),
        ("id: p\n", "id: p\nid: p\n", "p.yaml:1", "the file cannot be read: a key is there twice"),
    ],
)
def test_a_file_of_the_catalogue_with_a_fault_is_refused(tmp_path: Path, right: str, wrong: str, place: str, said: str) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        compare(tmp_path, PRINTED.replace(right, wrong, 1), drawn())
    assert (place, said) in [(fault.file, fault.en) for fault in refused.value.faults]


def test_a_step_is_printed_once(tmp_path: Path) -> None:
    step = PRINTED[PRINTED.index("- 'no': 1") : PRINTED.index("deadlines:")]
    with pytest.raises(DeploymentRefused) as refused:
        compare(tmp_path, PRINTED.replace("deadlines:", step + "deadlines:"), drawn())
    assert {fault.en for fault in refused.value.faults} == {"the step check is there twice"}


def test_the_command_prints_what_is_missing_and_answers_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    compare(tmp_path, PRINTED, drawn())
    arguments = ["catalogue-check", str(tmp_path / "catalogue"), "--content", str(tmp_path)]
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines() == [
        "p: ตรงกัน / agrees",
        "กระบวนงาน / processes: 1/1 ตรงกัน / agree; ขั้นตอน / steps 1, จุดควบคุม / control points 1, ความเสี่ยง / risks 1",
    ]
    compare(tmp_path, PRINTED, drawn().replace("ลงนามแล้ว", "ลงนาม"), "differs: []\n")
    assert main(arguments) == 1
    assert "    check control-point: พิมพ์ว่า / printed: ลงนามแล้ว; แผนภาพ / drawn: ลงนาม" in capsys.readouterr().out
    assert main(["catalogue-check", str(tmp_path / "forms")]) == 1
    assert "holds no .yaml file" in capsys.readouterr().err
