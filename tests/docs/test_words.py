"""One Thai word for one thing, in what the service itself says: problems, mails, reports, papers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# word: what is said in its place
OTHER_WORDS = {"กรุณา": "โปรด", "รุ่น": "ฉบับ", "กุญแจ API": "โทเคน API"}


def texts(path: Path) -> list[str]:
    """The texts that a file of Python holds."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)]


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_a_thing_is_called_by_one_word(word: str) -> None:
    files = [path for top in ("engine", "api") for path in (ROOT / top).rglob("*.py")]
    used = [f"{path.relative_to(ROOT)}: {text[:60]}" for path in files for text in texts(path) if word in text]
    assert used == [], f"say {OTHER_WORDS[word]}"
