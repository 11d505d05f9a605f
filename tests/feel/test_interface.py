"""What a host sees: names, warnings, positions, unary tests, its own functions, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.feel import (
    AssertionFailed,
    Date,
    DateTime,
    DaysDuration,
    Environment,
    Failure,
    FeelError,
    FeelSyntaxError,
    FeelType,
    HostFunction,
    ListType,
    Run,
    from_json,
    parse_expression,
    parse_unary_tests,
    to_json,
)

ONE = Decimal(1)


class Watched(Mapping[str, object]):
    """A scope that can be read by name and in no other way."""

    def __init__(self, **values: object) -> None:
        self.values_by_name = values
        self.read: list[str] = []

    def __getitem__(self, name: str) -> object:
        self.read.append(name)
        return self.values_by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self.values_by_name

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("the scope was gone through")

    def __len__(self) -> int:
        return 1


def test_the_scope_is_read_by_name_and_never_copied(env: Environment) -> None:
    scope = Watched(amount=5, unused="x")
    assert parse_expression("amount * 2").evaluate(scope, env).value == 10
    assert scope.read == ["amount"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b.c", {"a", "b"}),
        ("for x in xs return x + y", {"xs", "y"}),
        ("people[days > limit].name", {"people", "days", "limit"}),
        ("{a: 1, b: a + c}", {"c"}),
        ("(function(x) x + y)(1)", {"y"}),
        ('date("2026-01-01") > due', {"due"}),
        ("some x in xs satisfies x = y", {"xs", "y"}),
        ("[1, 2][item > 1]", set()),
        ("วงเงิน > 5 and ระดับ ความเสี่ยง = x", {"วงเงิน", "ระดับ ความเสี่ยง", "x"}),
        ("{f: function(n) f(n)}", set()),
        ("is defined(a)", {"a"}),
    ],
)
def test_names(text: str, names: set[str]) -> None:
    assert parse_expression(text).names == names


def test_certain_names_leave_out_what_a_filter_may_find_in_elements() -> None:
    expression = parse_expression("people[days > 2]")
    assert expression.certain_names == {"people"}
    assert expression.names == {"people", "days"}


def test_expressions_are_parsed_once() -> None:
    assert parse_expression("a + 1") is parse_expression("a + 1")
    assert parse_expression("a + 1", ("a",)) is not parse_expression("a + 1")


def test_a_missing_variable_is_named_with_its_place(env: Environment) -> None:
    found = parse_expression("1 + ไม่มี").evaluate({}, env)
    assert found.value is None
    first = found.warnings[0]
    assert (first.code, first.name, first.position) == ("no-variable", "ไม่มี", 4)
    assert "ไม่มีตัวแปร" in first.th


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("x.y", "no-entry", 1),
        ("foo(1)", "no-function", 0),
        ('1 + "a"', "bad-type", 2),
        ('1 < "a"', "bad-type", 2),
        ("1 / 0", "arithmetic", 2),
        ("if 5 then 1 else 2", "bad-condition", 3),
        ('date("x")', "bad-argument", 0),
        ("[1][5]", "no-entry", 3),
        ('@"x"', "bad-argument", 0),
        ("1 instance of foo", "bad-type", 2),
    ],
)
def test_warnings(text: str, code: str, position: int, env: Environment) -> None:
    found = parse_expression(text).evaluate({"x": {}}, env)
    assert [(w.code, w.position) for w in found.warnings] == [(code, position)]
    assert found.warnings[0].message and found.warnings[0].th


@pytest.mark.parametrize(
    "text", ['assert(1, 1 > 2, "เกินวงเงิน")', "assert(1, null)", "get or else(assert(1, false), 2)"]
)
def test_a_failed_assertion_ends_the_evaluation(text: str, env: Environment) -> None:
    with pytest.raises(AssertionFailed) as caught:
        parse_expression(text).evaluate({}, env)
    assert caught.value.message in ("เกินวงเงิน", "the condition of an assertion is not met")
    assert "\u0e00" < caught.value.th[0] < "\u0e7f"


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("a ==  b", 1, 4, "one ="),
        ("1 +", 1, 4, "found the end"),
        ("1 +\n  * 2", 2, 3, "found *"),
        ("if a then b", 1, 12, "'else'"),
        ("'ก'", 1, 1, "double quotes"),
        ("“ก”", 1, 1, "straight double quotes"),
        ('"ก', 1, 1, "not closed"),
        ("a && b", 1, 3, "a and b"),
        ("a % b", 1, 3, "modulo"),
        ("f(a: 1, 2)", 1, 11, "names"),
        ("for x of xs return x", 1, 13, "expected 'in'"),
        ("x instance of 5", 1, 15, "a type"),
        ("/* ", 1, 1, "not closed"),
        ("1 2", 1, 3, "operator"),
    ],
)
def test_syntax_errors_say_where_and_what(text: str, line: int, column: int, part: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse_expression(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert part in caught.value.message
    assert any("\u0e00" < letter < "\u0e7f" for letter in caught.value.th)


@pytest.mark.parametrize(
    ("tests", "value", "expected"),
    [
        ("-", 5, True),
        ("", 5, True),
        ("5", 5, True),
        ("5, 6", 6, True),
        ("< 10", 5, True),
        ("< 10, > 100", 50, False),
        ("not(5, 6)", 5, False),
        ("not(5, 6)", 7, True),
        ("[1..10]", 10, True),
        ("[1..10)", 10, False),
        ('"สูง", "ปานกลาง"', "สูง", True),
        ('not("สูง")', "ต่ำ", True),
        ("null", None, True),
        ("not(null)", 1, True),
        ("< 10", None, None),
        ('"5"', 5, None),
        ("? > 3 and ? < 7", 5, True),
        ("? > limit", 5, False),
        ("limit", 9, True),
        ('ends with(?, "การ")', "ราชการ", True),
        ("true", True, True),
        ("false", True, False),
        ("not(true) = ?", False, True),
        ("[[1..3], [7..9]]", 8, True),
        ("{a: 1}", {"a": 1}, True),
        ("count(?) > 1", [1, 2], True),
        ("limit > 5", 3, True),
    ],
)
def test_unary_tests(tests: str, value: object, expected: object, env: Environment) -> None:
    found = parse_unary_tests(tests).matches(value, {"limit": 9}, env)
    assert found.value is expected


def test_functions_of_the_host_share_the_budget(env: Environment) -> None:
    inner = parse_expression("for i in 1..1000 return i + by")

    def body(run: Run, args: list[object]) -> object:
        if args[0] is None:
            raise Failure("needs a number")
        return inner.value({"by": args[0]}, run)

    function = HostFunction("shifted", ["by"], body)
    within = Environment(now=env.now, functions={"shifted": function})
    assert parse_expression("shifted(1)[1]").evaluate({}, within).value == 2
    assert parse_expression("shifted(by: 2)[1]").evaluate({}, within).value == 3
    failed = parse_expression("shifted(null)").evaluate({}, within)
    assert failed.value is None and failed.warnings[0].message == "shifted: needs a number"
    with pytest.raises(FeelError):
        parse_expression("for i in 1..2000 return shifted(i)").evaluate({}, within)


def test_a_function_of_the_scope_goes_before_a_built_in_one(env: Environment) -> None:
    own = HostFunction("abs", ["x"], lambda run, args: "mine")
    assert parse_expression("abs(-1)").evaluate({"abs": own}, env).value == "mine"
    assert parse_expression("abs(-1)").evaluate({"abs": "no function"}, env).value == 1
    assert parse_expression("sort([2, 1], precedes)").evaluate(
        {"precedes": HostFunction("p", ["a", "b"], lambda run, args: args[0] < args[1])},
        env,  # type: ignore[operator]
    ).value == [1, 2]


def test_types_of_the_host(env: Environment) -> None:
    within = Environment(now=env.now, types={"tIds": ListType("tIds", FeelType("number"))})
    assert parse_expression("[1] instance of tIds").evaluate({}, within).value is True
    assert parse_expression('["a"] instance of tIds').evaluate({}, within).value is False
    assert parse_expression("(function(x: tIds) x)(5)").evaluate({}, within).value == [5]


def test_python_values_in_the_scope(env: Environment) -> None:
    scope = {"d": date(2026, 4, 10), "at": datetime(2026, 4, 10, 9, tzinfo=UTC), "t": (1, 2.5)}
    assert parse_expression("d").evaluate(scope, env).value == Date(2026, 4, 10)
    assert parse_expression("at < now()").evaluate(scope, env).value is False
    assert parse_expression("sum(t)").evaluate(scope, env).value == Decimal("3.5")


def test_to_json() -> None:
    env = Environment(now=datetime(2026, 4, 10, 9, 0, tzinfo=UTC))
    value = parse_expression(
        '{n: 1.50, w: 3.0, d: @"2026-04-10", at: now(), t: @"10:00:00", p: @"PT1H", y: @"P1Y", z: null}'
    ).evaluate({}, env)
    assert to_json(value.value) == {
        "n": 1.5,
        "w": 3,
        "d": "2026-04-10",
        "at": "2026-04-10T16:00:00+07:00",
        "t": "10:00:00",
        "p": "PT1H",
        "y": "P1Y",
        "z": None,
    }
    assert type(to_json(Decimal("3.0"))) is int
    assert (to_json(Decimal(2**63 - 1)), to_json(Decimal(2) ** 100)) == (2**63 - 1, float(2**100)), "64 bits at most"
    for wrong in ("[1..2]", "function() 1", "1e400"):
        with pytest.raises(FeelError):
            to_json(parse_expression(wrong).evaluate({}, env).value)


def test_from_json() -> None:
    assert from_json(json.loads('{"a": [1, 0.1, "x", null, true]}')) == {"a": [ONE, Decimal("0.1"), "x", None, True]}
    deep: object = 1
    for _ in range(101):
        deep = [deep]
    for wrong in (float("nan"), float("inf"), Decimal("1e7000"), {1: 2}, deep, object()):
        with pytest.raises(FeelError):
            from_json(wrong)


def test_python_and_feel_times() -> None:
    moment = parse_expression("now()").evaluate({}, Environment(now=datetime(2026, 4, 10, 9, tzinfo=UTC))).value
    assert isinstance(moment, DateTime)
    assert moment.to_python() == datetime(2026, 4, 10, 9, tzinfo=UTC)
    assert str(moment) == "2026-04-10T16:00:00@Asia/Bangkok"
    assert DaysDuration.from_python(DaysDuration(3_600_000_000_000).to_python()) == DaysDuration(3_600_000_000_000)


def test_names_of_an_environment(env: Environment) -> None:
    utc = Environment(now=env.now, zone="+09:00")
    assert str(parse_expression("now()").evaluate({}, utc).value) == "2026-04-10T18:00:00+09:00"
    naive = Environment(now=datetime(2026, 4, 10, 9, 0), zone="nowhere")
    assert str(parse_expression("now()").evaluate({}, naive).value) == "2026-04-10T09:00:00Z"
