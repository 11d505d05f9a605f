"""krabuan layout: files are drawn in place, good drawings are left alone, a check changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import main
from engine.layout import layout
from tests.layout.builder import Process


@pytest.fixture
def file(tmp_path: Path) -> Path:
    p = Process()
    p.chain(p.node("startEvent", "เริ่ม"), p.node("userTask", "งาน"), p.node("endEvent", "จบ"))
    path = tmp_path / "a.bpmn"
    path.write_bytes(p.xml())
    return path


def test_it_draws_in_place(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert main(["layout", str(file)]) == 0
    assert file.read_bytes() == layout(before)
    assert "no flaw" in capsys.readouterr().out


def test_a_good_drawing_is_left_alone_unless_asked(file: Path) -> None:
    moved = layout(file.read_bytes()).replace(b'x="', b'x="1')
    file.write_bytes(moved)
    assert main(["layout", str(file)]) == 0
    assert file.read_bytes() == moved
    assert main(["layout", "--anew", str(file)]) == 0
    assert file.read_bytes() == layout(moved)


def test_a_check_names_the_flaws_and_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert main(["layout", "--check", str(file)]) == 1
    assert file.read_bytes() == before
    assert "missing: userTask_2" in capsys.readouterr().err
    main(["layout", str(file)])
    assert main(["layout", "--check", str(file)]) == 0


def test_what_is_no_diagram_is_named_and_the_others_are_drawn(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "b.bpmn"
    other.write_text("no diagram")
    assert main(["layout", str(other), str(file)]) == 1
    assert "b.bpmn: not well-formed XML" in capsys.readouterr().err
    assert b"BPMNDiagram" in file.read_bytes()
