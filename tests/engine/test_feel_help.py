"""What an editor of FEEL offers: every built-in function with a sentence in both languages, and where a text is wrong."""

from __future__ import annotations

import pytest

from engine.feel import described_functions, parse_expression, read_text
from engine.feel.functions.help import HELP
from engine.feel.functions.registry import BUILTINS


def test_every_function_is_told_in_both_languages_and_no_other() -> None:
    assert set(HELP) == set(BUILTINS)
    for one in described_functions():
        assert any("\u0e00" <= letter <= "\u0e7f" for letter in one.th), one.name
        assert one.en.isascii() and one.signatures, one.name


def test_functions_come_by_name_with_their_parameters() -> None:
    found = list(described_functions())
    assert [one.name for one in found] == sorted(BUILTINS)
    substring = next(one for one in found if one.name == "substring")
    (signature,) = substring.signatures
    assert (signature.parameters, signature.required) == (("string", "start position", "length"), 2)


@pytest.mark.parametrize(
    ("text", "names", "reads"),
    [
        ("วงเงิน > 500000", (), {"วงเงิน"}),
        ("วงเงิน ขอ > 1", ("วงเงิน ขอ",), {"วงเงิน ขอ"}),
        ("count(rows[amount > 1])", (), {"rows"}),
        ('"ข้อความ"', (), set()),
    ],
)
def test_a_right_text_tells_what_it_reads(text: str, names: tuple[str, ...], reads: set[str]) -> None:
    found = read_text(text, names)
    assert found.fault is None
    assert found.names == reads


@pytest.mark.parametrize(
    ("text", "position", "said"), [("amount >", 8, "expression"), ("a == 1", 3, "one ="), ("", 0, ""), ("(" * 5000, 0, "")]
)
def test_a_wrong_text_tells_where(text: str, position: int, said: str) -> None:
    fault = read_text(text).fault
    assert fault is not None
    assert (position, True) == (fault.position if position else 0, said in fault.message)
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in fault.th)


def test_unary_tests_are_another_language() -> None:
    assert read_text("> 5, < 2", tests=True).fault is None
    assert read_text("> 5, < 2").fault is not None


def test_what_is_being_typed_is_not_kept() -> None:
    text = "only typed once + 1"
    read_text(text)
    assert parse_expression(text).certain_names == {"only typed once"}
