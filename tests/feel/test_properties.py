"""Laws that hold for all numbers, dates, durations and lists (Hypothesis looks for exceptions)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Environment, from_json, parse_expression, to_json
from engine.feel.values.temporal import civil_from_days, days_from_civil

ENV = Environment(now=datetime(2026, 4, 10, 9, 0, tzinfo=UTC))
DECIMAL128 = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144)
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6)
days = st.dates()
moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1))
lengths = st.timedeltas(min_value=timedelta(days=-40000), max_value=timedelta(days=40000))
lists = st.lists(st.one_of(st.integers(-5, 5), st.text(max_size=2), st.none(), st.booleans()), max_size=12)


def value(text: str, **scope: object) -> object:
    return parse_expression(text).evaluate(scope, ENV).value


@given(numbers, numbers)
def test_arithmetic_is_decimal128(a: Decimal, b: Decimal) -> None:
    assert value("a + b", a=a, b=b) == DECIMAL128.add(a, b)
    assert value("a - b", a=a, b=b) == DECIMAL128.subtract(a, b)
    assert value("a * b", a=a, b=b) == DECIMAL128.multiply(a, b)
    assert value("a / b", a=a, b=b) == (DECIMAL128.divide(a, b) if b else None)
    assert value("a + b = b + a", a=a, b=b) is True
    assert value("a - b = -(b - a)", a=a, b=b) is True


@given(numbers, numbers)
def test_order_of_numbers(a: Decimal, b: Decimal) -> None:
    found = [value(f"a {op} b", a=a, b=b) for op in ("<", "<=", "=", "!=", ">=", ">")]
    assert found == [a < b, a <= b, a == b, a != b, a >= b, a > b]


@given(numbers, st.integers(-4, 5))
def test_rounding(n: Decimal, scale: int) -> None:
    unit = Decimal(1).scaleb(-scale)
    for name in ("decimal", "round up", "round down", "round half up", "round half down", "floor", "ceiling"):
        rounded = value(f"{name}(n, s)", n=n, s=scale)
        assert isinstance(rounded, Decimal) and abs(rounded - n) < unit
    assert value("floor(n, s) <= n and n <= ceiling(n, s)", n=n, s=scale) is True


@given(numbers, numbers.filter(bool))
def test_modulo(a: Decimal, b: Decimal) -> None:
    rest = value("modulo(a, b)", a=a, b=b)
    assert isinstance(rest, Decimal) and abs(rest) < abs(b)
    assert rest == 0 or (rest < 0) == (b < 0)


@given(days)
def test_calendar_is_pythons(day: date) -> None:
    assert value("[d.year, d.month, d.day, d.weekday]", d=day) == [day.year, day.month, day.day, day.isoweekday()]
    assert value("day of year(d)", d=day) == day.timetuple().tm_yday
    assert value("week of year(d)", d=day) == day.isocalendar().week
    assert value("date(string(d)) = d", d=day) is True


@given(st.integers(-(10**11), 10**11))
def test_days_and_dates_agree_in_any_year(n: int) -> None:
    assert days_from_civil(*civil_from_days(n)) == n


@given(days, st.integers(-50_000, 50_000))
def test_adding_days(day: date, count: int) -> None:
    try:
        expected = day + timedelta(days=count)
    except OverflowError:
        return
    assert value('d + n * @"P1D" = e', d=day, n=count, e=expected) is True
    assert value('(e - d) / @"P1D"', d=day, e=expected) == count


@given(days, st.integers(-1200, 1200))
def test_adding_months_keeps_the_day_or_takes_the_last(day: date, months: int) -> None:
    moved = parse_expression('d + n * @"P1M"').evaluate({"d": day, "n": months}, ENV).value
    later = parse_expression("[m.year * 12 + m.month, m.day, last day of month(m).day]").evaluate({"m": moved}, ENV)
    assert isinstance(later.value, list)
    total, day_of_month, last = later.value
    assert total == day.year * 12 + day.month + months
    assert day_of_month == min(day.day, last)


@given(moments, lengths)
def test_moments_and_lengths(moment: datetime, length: timedelta) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert value("m + l = e", m=aware, l=length, e=aware + length) is True
    assert value("(m + l) - l = m", m=aware, l=length) is True
    assert value("(m + l) - m = l", m=aware, l=length) is True
    assert value("date and time(string(m)) = m", m=aware) is True
    assert value("duration(string(l)) = l", l=length) is True


@given(moments)
def test_a_moment_is_the_same_in_every_zone(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    for zone in ("Asia/Bangkok", "Europe/Paris", "America/New_York", "+07:00"):
        assert value("date and time(m, z) = m", m=aware, z=zone) is True


@given(lists, lists)
def test_lists(a: list[object], b: list[object]) -> None:
    assert value("count(concatenate(a, b)) = count(a) + count(b)", a=a, b=b) is True
    assert value("reverse(reverse(a)) = a", a=a) is True
    assert value("flatten([a, [b]]) = concatenate(a, b)", a=a, b=b) is True
    assert value("every x in a satisfies list contains(union(a, b), x)", a=a, b=b) is True
    assert value("count(distinct values(a)) <= count(a)", a=a) is True
    assert value("distinct values(distinct values(a)) = distinct values(a)", a=a) is True
    assert value("a[true] = a", a=a) is True
    assert value("for i in 1..count(a) return a[i]", a=a) == (value("a", a=a) if a else [None, None])


@given(st.lists(numbers, min_size=1, max_size=20))
def test_many_numbers(values: list[Decimal]) -> None:
    assert value("sort(v)", v=values) == sorted(values)
    assert value("min(v) <= median(v) and median(v) <= max(v)", v=values) is True
    assert value("sum(v) = sum(reverse(v))", v=[v.quantize(Decimal(1)) for v in values]) is True
    assert value("list contains(v, max(v))", v=values) is True


@given(st.text(max_size=20), st.text(max_size=3))
def test_strings(text: str, part: str) -> None:
    assert value("string length(a + b) = string length(a) + string length(b)", a=text, b=part) is True
    assert value("contains(a + b, b) and starts with(a + b, a) and ends with(a + b, b)", a=text, b=part) is True
    assert (
        value("if contains(a, b) then substring before(a, b) + b + substring after(a, b) = a else true", a=text, b=part)
        is True
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_json_survives(original: object) -> None:
    assert to_json(from_json(original)) == original
    assert value("x = x", x=original) is True


@given(st.text(max_size=40))
def test_literals_survive(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    assert value(f'"{quoted}"') == text
