"""FEEL, the expression language of DMN 1.5, with what Camunda 8 adds to it.

Expressions are parsed once (`parse_expression`, `parse_unary_tests`) and evaluated as often as
one likes against a mapping of variables, which is neither copied nor changed. An operation that
has no value gives null and a warning; nothing an expression does can take longer or more than the
budget of its environment. This package imports nothing else of the engine.
"""

from engine.feel.described import Described, Read, described_functions, read_text
from engine.feel.errors import AssertionFailed, BudgetExceeded, Failure, FeelError, FeelSyntaxError
from engine.feel.expressions import (
    Expression,
    UnaryTests,
    parse_expression,
    parse_unary_tests,
)
from engine.feel.json_values import JsonValue, from_json, json_number, to_json
from engine.feel.runtime import (
    Budget,
    Environment,
    Evaluation,
    Run,
    Warning,
    WorkingTime,
)
from engine.feel.text import text_of
from engine.feel.values.comparing import equal, in_range, order
from engine.feel.values.durations import DaysDuration, MonthsDuration
from engine.feel.values.functions import Function, HostFunction
from engine.feel.values.kinds import kind, normal
from engine.feel.values.ranges import Range
from engine.feel.values.reading import (
    read_date,
    read_date_time,
    read_duration,
    read_temporal,
    read_time,
)
from engine.feel.values.temporal import Date, DateTime, Time
from engine.feel.values.types import (
    ANY,
    CheckedType,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    coerced,
    conforms,
)
from engine.feel.values.zones import NamedZone, Offset, named_zone, parse_zone

__all__ = [
    "ANY",
    "AssertionFailed",
    "Budget",
    "BudgetExceeded",
    "CheckedType",
    "ContextType",
    "Date",
    "DateTime",
    "DaysDuration",
    "Described",
    "Environment",
    "Evaluation",
    "Expression",
    "Failure",
    "FeelError",
    "FeelSyntaxError",
    "FeelType",
    "Function",
    "FunctionType",
    "HostFunction",
    "JsonValue",
    "ListType",
    "MonthsDuration",
    "NamedZone",
    "Offset",
    "Range",
    "RangeType",
    "Read",
    "Run",
    "Time",
    "UnaryTests",
    "Warning",
    "WorkingTime",
    "coerced",
    "conforms",
    "described_functions",
    "equal",
    "from_json",
    "in_range",
    "json_number",
    "kind",
    "named_zone",
    "normal",
    "order",
    "parse_expression",
    "parse_unary_tests",
    "parse_zone",
    "read_date",
    "read_date_time",
    "read_duration",
    "read_temporal",
    "read_text",
    "read_time",
    "text_of",
    "to_json",
]
