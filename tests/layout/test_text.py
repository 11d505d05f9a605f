"""Widths of Thai text: marks above and below take no room, lines never begin with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.layout import text


def test_marks_above_and_below_take_no_room() -> None:
    assert text.width("กิ่") == text.width("ก")
    assert text.width("น้ำ") == text.width("นำ")


def test_a_word_is_as_wide_as_its_letters() -> None:
    assert text.width("กข", 100) == pytest.approx(58 + 59)
    assert text.width("Wi", 100) == pytest.approx(83 + 24)


def test_thai_without_blanks_is_wrapped() -> None:
    name = "จัดทำบันทึกข้อความเสนอผู้บังคับบัญชาเพื่อพิจารณาอนุมัติ"
    lines = text.wrapped(name, 90)
    assert len(lines) > 2
    assert "".join(lines) == name
    assert all(text.width(line) <= 90 for line in lines)


@pytest.mark.parametrize("room", range(30, 120, 7))
def test_no_line_begins_with_a_mark_or_ends_with_a_leading_vowel(room: int) -> None:
    for name in ("เสนอผู้อำนวยการพิจารณาให้ความเห็นชอบและลงนามในหนังสือ", "ตั้งแต่ไตรมาสที่ ๒ (ครั้งที่ ๑) เป็นต้นไป"):
        for line in text.wrapped(name, room):
            assert line[0] not in "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ)"
            assert line[-1] not in "เแโใไ"


def test_latin_words_stay_whole() -> None:
    assert text.wrapped("Notify the Office", 40) == ["Notify", "the", "Office"]


def test_long_labels_get_wider_before_they_get_taller() -> None:
    short, long = (
        text.label_size("ผ่าน?"),
        text.label_size("เอกสารครบถ้วนถูกต้องตามระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้างหรือไม่"),
    )
    assert short.lines == 1
    assert short.width < text.LABEL_WIDTH
    assert long.width > text.LABEL_WIDTH


def test_written_line_breaks_are_kept() -> None:
    assert text.size("ก\nข", 100).lines == 2


def test_a_name_of_one_line_gets_room_to_spare_and_one_of_several_the_whole_width() -> None:
    assert text.label_size("ครุภัณฑ์").width > text.width("ครุภัณฑ์") + 5
    assert text.label_size("แจ้งคณะกรรมการตรวจรับพัสดุให้ส่งมอบใหม่").width == text.LABEL_WIDTH


def test_letters_are_as_large_as_the_web_application_draws_them() -> None:
    page = (Path(__file__).parents[2] / "web" / "src" / "diagram" / "Diagram.tsx").read_text(encoding="utf-8")
    assert f"fontSize: {text.TASK_FONT} }}, externalStyle: {{ fontSize: {text.LABEL_FONT} }}" in page
