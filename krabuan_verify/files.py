"""The numbered files of a folder, and the numbers that are missing among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from re import Pattern

MOST_NAMED = 1_000  # missing files; a file with a huge number must not keep the verifier busy for ever


def numbered(folder: Path, name: Pattern[str]) -> dict[int, Path]:
    """The files whose names match, by the number in its first group, in order. Raises OSError when there is no such
    folder."""
    named = ((name.fullmatch(path.name), path) for path in folder.iterdir())
    return dict(sorted((int(match.group(1)), path) for match, path in named if match))


def gaps(numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Each number from 1 to the last that is missing among `numbers` (in order), with what is to be said of it."""
    expected, said = 1, 0
    for number in numbers:
        missing = max(0, number - expected)
        for one in range(expected, min(number, expected + MOST_NAMED - said)):
            yield one, "its file is missing"
        if said + missing > MOST_NAMED:
            first = max(expected, expected + MOST_NAMED - said)
            yield first, f"its file is missing, and those up to {number - 1}"
        said = min(MOST_NAMED, said + missing)
        expected = number + 1
