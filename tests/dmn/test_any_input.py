"""Whatever DMN file is uploaded, and whatever variables it meets: an answer, never a crash."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.dmn import InvalidDecisions, parse_decisions
from engine.feel import to_json
from tests.dmn.support import ENV, decision, definitions, literal, table
from tests.dmn.tck import KIT

SEEDS = tuple(
    (KIT / path).read_bytes()
    for path in (
        "compliance-level-2/0118-multi-priority-hitpolicy/0118-multi-priority-hitpolicy.dmn",
        "compliance-level-3/0005-literal-invocation/0005-literal-invocation.dmn",
        "compliance-level-3/0085-decision-services/0085-decision-services.dmn",
        "compliance-level-3/1152-boxed-for/1152-boxed-for.dmn",
    )
)
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats()
DATA = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner), max_leaves=6
)
CELLS = st.sampled_from(
    ["-", "1", '"a"', "> n", "[1..5]", "not(1)", "n", "null", "x.y", "?", "date(1)", "for i in n return i"]
)
TAGS = st.sampled_from(
    ["context", "list", "relation", "invocation", "conditional", "for", "some", "filter", "text", "row"]
)
TREES = st.recursive(
    st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", TAGS, st.sampled_from(["", "1", "n"]))
    | CELLS.map(lambda text: literal(text)),
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=3)),
    max_leaves=8,
)
TABLES = st.builds(
    lambda policy, rows, aggregation: table(policy, "n x", "o", *rows, aggregation=aggregation),
    st.sampled_from(["UNIQUE", "FIRST", "ANY", "COLLECT", "RULE ORDER"]),
    st.lists(st.builds(lambda a, b, c: f"{a} | {b} -> {c}", CELLS, CELLS, CELLS), max_size=4),
    st.sampled_from(["", "SUM", "MIN", "MAX", "COUNT"]),
)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(SEEDS), st.integers(min_value=0), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_files(seed: bytes, place: int, cut: int, put: bytes) -> None:
    at = place % len(seed)
    check(seed[:at] + put + seed[at + cut :], {})


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_any_bytes(xml: bytes) -> None:
    check(xml, {})


@given(TREES | TABLES, st.dictionaries(st.sampled_from(["n", "x", "a"]), DATA))
def test_any_logic_on_any_variables(logic: str, scope: dict[str, object]) -> None:
    check(definitions(decision("d", logic)), scope)


def check(xml: bytes, scope: dict[str, object]) -> None:
    try:
        made = parse_decisions(xml, "any.dmn")
    except InvalidDecisions as error:
        assert error.faults and all(fault.th and fault.en and fault.rule for fault in error.faults)
        return
    for name in made.decisions:
        result = made.evaluate(name, scope, ENV)
        to_json([result.output, [item.output for item in result.evaluated]])
        assert (result.failure is None) == (result.failure_th is None) == (result.failed_decision_id is None)
    for name in made.services:
        to_json(made.evaluate_service(name, scope, ENV).output)


def test_the_seeds_are_sound() -> None:
    assert all(parse_decisions(seed, "seed.dmn").decisions for seed in SEEDS)
    assert Path(KIT / "README.md").is_file()
