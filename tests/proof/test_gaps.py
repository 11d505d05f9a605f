"""Missing numbers among exported files."""

from __future__ import annotations

import pytest

from krabuan_verify.files import MOST_NAMED, gaps


@pytest.mark.parametrize(("numbers", "missing"), [
    ([], []), ([1, 2, 3], []), ([2, 3], [1]), ([1, 4, 5, 7], [2, 3, 6]), ([3], [1, 2]),
])  # fmt: skip
def test_each_missing_number_is_named(numbers: list[int], missing: list[int]) -> None:
    assert [number for number, _ in gaps(numbers)] == missing


def test_a_huge_number_keeps_nobody_busy() -> None:
    """Whoever adds a file must not be able to stop everybody from verifying."""
    found = list(gaps([2, 10**30, 10**30 + 5]))
    assert [number for number, _ in found[:MOST_NAMED]] == [1, *range(3, MOST_NAMED + 2)]
    assert [said for _, said in found[MOST_NAMED:]] == [
        f"its file is missing, and those up to {10**30 - 1}", f"its file is missing, and those up to {10**30 + 4}",
    ]  # fmt: skip
    assert found[MOST_NAMED][0] == MOST_NAMED + 2 and found[MOST_NAMED + 1][0] == 10**30 + 1
