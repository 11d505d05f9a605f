"""Texts as people write them: what is found, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.personal import tree_of
from engine.model.sealed import ERASED
from engine.model.traces import Scrubber, Words, files_in, named_in, told_by, under

TREE = tree_of(["nationalId", "address.street", "people[].name", "whole"])


@pytest.mark.parametrize(("word", "text"), [
    ("1101700203451", "เลขที่ 1-1017-00203-45-1 ครับ"), ("1-1017-00203-45-1", "1101700203451"),
    ("1101700203451", "๑๑๐๑๗๐๐๒๐๓๔๕๑"), ("1101700203451", "๑ ๑๐๑๗ ๐๐๒๐๓ ๔๕ ๑"), ("Somsri@Office.example", "to: somsri@office.EXAMPLE."),
    ("สมศรี  ตัวอย่าง", "นางสาวสมศรี ตัวอย่าง,"), ("ann", "by Ann."), ("ann", "(ann)"), ("a\"b\\c", 'x a"b\\c'), ("100%_!", "x 100%_!"), ("É x", "(É\u00a0X)"),
])  # fmt: skip
def test_it_is_found_however_it_is_written(word: str, text: str) -> None:
    assert Words([word]).within(text)
    assert not Words([word]).within(Words([word]).replaced(text, "-"))


@pytest.mark.parametrize(("word", "text"), [
    ("ann", "planning"), ("ann", "joe-ann"), ("ann", "ann.b@x.example"), ("110170", "9110170"), ("110170", "1101709"), ("", "x"), ("110170", "๑๑๐๑๗๐๑"),
])  # fmt: skip
def test_what_only_looks_like_it_is_left(word: str, text: str) -> None:
    assert not Words([word]).within(text)
    assert Words([word]).replaced(text, "-") == text


@given(st.text(min_size=1, max_size=12), st.text(max_size=4), st.text(max_size=4))
def test_whatever_fits_is_found_by_the_database_first(word: str, before: str, after: str) -> None:
    """A pattern of LIKE may find too much, and nothing too little."""
    import sqlite3

    text = before + word + after
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text) or not Words([word]).within(text):
        return
    with sqlite3.connect(":memory:") as db:
        fits = [db.execute("SELECT ? LIKE ? ESCAPE '!'", (_low(text), like)).fetchone()[0] for like in Words([word]).likes()]
    db.close()
    assert 1 in fits


def _low(text: str) -> str:
    """As the database's lower(): Latin letters at least."""
    return "".join(c.lower() if c.isascii() else c for c in text)


@pytest.mark.parametrize(("value", "left"), [
    ({"nationalId": "1"}, {"nationalId": ERASED}), ({"x": [{"nationalId": 1.5}]}, {"x": [{"nationalId": ERASED}]}),
    ({"people": [{"name": "a", "n": 1}, {"name": None}]}, {"people": [{"name": ERASED, "n": 1}, {"name": None}]}),
    ({"address": {"street": {"a": 1}, "zip": 2}}, {"address": {"street": ERASED, "zip": 2}}), ({"people": "odd"}, {"people": ERASED}),
    ({"name": "nationalId", "value": True}, {"name": "nationalId", "value": ERASED}), ({"name": "a", "value": 1}, {"name": "a", "value": 1}),
    ({"text": "of สมศรี, now"}, {"text": f"of {ERASED}, now"}), ({"สมศรี": 1}, {ERASED: 1}), ([1234567, 12345], [ERASED, 12345]),
    ({"inputValue": "45"}, {"inputValue": f'"{ERASED}"'}), (True, True), (None, None),
])  # fmt: skip
def test_what_is_replaced_and_what_stays(value: Any, left: Any) -> None:
    scrubber = Scrubber(TREE, Words(["สมศรี", "1234567"]))
    assert scrubber.json(value) == left
    assert scrubber.json(left) == left, "once is enough"


def test_the_values_of_fields_and_what_they_tell() -> None:
    value = {
        "people": [{"name": "สมศรี", "age": 4}, {"name": "ก"}], "whole": [{"documentId": "d1", "metadata": {"fileName": "id card.pdf"}}, "files::d2"],
        "nationalId": 1101700203451, "other": "no",
    }  # fmt: skip
    assert [name for name, _ in under(value, TREE)] == ["people[].name", "people[].name", "whole", "nationalId"]
    told = [text for _, end in under(value, TREE) for text in told_by(end)]
    assert told == ["สมศรี", "id card.pdf", "1101700203451"], "too short a value means too much"
    assert [file for _, end in under(value, TREE) for file in files_in(end)] == ["d1", "d2"]
    assert list(named_in([{"a": {"name": "whole", "value": 3}}], TREE)) == [("whole", 3)]
