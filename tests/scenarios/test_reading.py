"""Scenario files that are wrong: every fault in words, none a crash, as a person who knows no Python reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scenarios.reading import ScenarioFaulty, read_scenario

HEAD = "process: p\nat: '2026-04-10T16:00:00+07:00'\nstart: {as: ann, data: {x: 1}}\n"


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    file = tmp_path / "s.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    try:
        read_scenario(file)
    except ScenarioFaulty as error:
        assert all(f.th and f.en and f.th != f.en for f in error.faults)
        return [f.en for f in error.faults]
    return []


def test_a_good_file_has_no_fault(tmp_path: Path) -> None:
    steps = """steps:
- {task: A, as: ann, data: {y: 2}, expect: {groups: [g], due: '2026-04-11T16:00:00+07:00'}, item: 1}
- {task: A, as: ann, refused: {code: form-invalid, fields: [y]}}
- {task: A}
- {waive: {task: A, controlPoint: c, as: ann, approvedBy: owner, reason: a good reason}, refused: forbidden}
- {wait: PT24H}
- {until: '2026-04-12T16:00:00+07:00'}
- {message: {name: m, key: k, as: ann, data: {z: 3}}}
- {signal: {name: s}}
- {job: {type: t, complete: {a: 1}}}
- {correct: {as: ann, data: {x: 2}}}
- {expect: {waiting: [A], state: ACTIVE, controlPoints: {c: passed}, deadlines: {d: kept}, notified: [{to: g, about: reminder}], variables: {x: 2}, taken: [F], instances: 1}}
- {expect: {waiting: }}
"""
    assert faults(tmp_path, HEAD + steps) == []


def test_dates_stay_the_texts_that_forms_give(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(HEAD.replace("{x: 1}", "{day: 2026-04-10}"), encoding="utf-8")
    assert read_scenario(tmp_path / "s.yaml").start["data"] == {"day": "2026-04-10"}


@pytest.mark.parametrize("text", ["", "[]", "hello", "5", "- a", b"\xff\xfe", "{", "a: *b", "!!python/object/apply:os.system ['true']"])
def test_what_is_no_scenario(tmp_path: Path, text: str | bytes) -> None:
    assert faults(tmp_path, text)


def test_everything_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, "nonsense: 1\n")
    assert len(found) == 4 and any("nonsense" in f for f in found)


@pytest.mark.parametrize("at", ["2026-04-10", "2026-04-10T16:00:00", "tomorrow", "5", "[]"])
def test_the_clock_needs_a_moment(tmp_path: Path, at: str) -> None:
    assert any("at must be" in f for f in faults(tmp_path, HEAD.replace("'2026-04-10T16:00:00+07:00'", at)))


@pytest.mark.parametrize("start", ["{}", "[]", "ann", "{data: {x: 1}}", "{as: ann, data: [1]}", "{as: ann, dta: {x: 1}}", "{evaluate: 1}", "{message: m, signal: s}", "{events: []}", "{events: [1]}", "{events: [{as: ann}]}", "{events: [{signal: s}], as: ann}"])
def test_the_start_names_who_and_what(tmp_path: Path, start: str) -> None:
    assert faults(tmp_path, HEAD.replace("{as: ann, data: {x: 1}}", start))


@pytest.mark.parametrize("start", ["{timer: T}", "{message: m, key: k}", "{signal: s}", "{evaluate: {x: 1}}", "{events: [{evaluate: {x: 1}}, {message: m, key: k}]}"])
def test_what_starts_by_itself_needs_nobody(tmp_path: Path, start: str) -> None:
    assert faults(tmp_path, HEAD.replace("{as: ann, data: {x: 1}}", start)) == []


@pytest.mark.parametrize(
    "step",
    [
        "5", "[]", "{}", "{tsk: A}", "{task: A, wait: P1D}", "{task: }", "{task: [A]}", "{task: A, data: {x: 1}}",
        "{task: A, as: ann, data: [1]}", "{task: A, as: ann, dta: {}}", "{task: A, expect: [g]}", "{task: A, expect: {group: [g]}}",
        "{task: A, expect: {groups: g}}", "{task: A, as: ann, refused: {cde: x}}", "{task: A, as: ann, refused: {fields: x}}",
        "{task: A, as: ann, refused: [x]}", "{waive: A}", "{waive: {task: A, controlPoint: c, reason: x}}",
        "{waive: {task: A, as: ann, approvedBy: bob, reason: x}}", "{waive: {task: A, controlPoint: c, as: ann, reason: x}}", "{wait: 1 day}", "{wait: }", "{until: tomorrow}", "{until: '2026-04-10'}",
        "{message: m}", "{message: {key: k}}", "{signal: {data: {}}}", "{job: t}", "{job: {complete: {}}}", "{correct: {data: {}}}",
        "{correct: {as: ann}}", "{expect: }", "{expect: [A]}", "{expect: {waiting: A}}", "{expect: {state: DONE}}",
        "{expect: {controlPoints: [c]}}", "{expect: {notified: {to: g}}}", "{expect: {notified: [g]}}", "{expect: {variables: x}}",
        "{expect: {wating: [A]}}",
    ],
)  # fmt: skip
def test_steps_that_are_wrong(tmp_path: Path, step: str) -> None:
    found = faults(tmp_path, HEAD + f"steps:\n- {step}\n")
    assert found and any("Step 1" in f for f in found)


@pytest.mark.parametrize("steps", ["steps: {task: A}", "steps: 5", "steps: text"])
def test_steps_are_a_list(tmp_path: Path, steps: str) -> None:
    assert faults(tmp_path, HEAD + steps + "\n") == ["steps must be a list of steps."]
