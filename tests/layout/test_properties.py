"""What holds for every drawing, tried on many random processes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.layout import layout
from engine.layout.quality import measure
from tests.layout.builder import random_process


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 5000))
def test_nothing_is_hidden_covered_or_detached(seed: int) -> None:
    quality = measure(layout(random_process(seed).xml()))
    serious = [n for n in quality.notes if not n.startswith("label over edge")]
    assert serious == []
    assert quality.labels_over_edges <= 1


def test_labels_are_clear_of_lines_nearly_always() -> None:
    drawings = [measure(layout(random_process(seed).xml())) for seed in range(10)]
    assert sum(q.labels_over_edges for q in drawings) <= 1
