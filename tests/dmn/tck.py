"""Running the cases of the DMN Technology Compatibility Kit (tests/dmn-tck).

    python -m tests.dmn.tck            # the score by level and folder, and every case that does not pass
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from lxml import etree

from engine.dmn import DecisionModel, DecisionResult, InvalidDecisions, parse_decisions
from engine.feel import Environment, Run, equal, read_date, read_date_time, read_duration, read_time

KIT = Path(__file__).parents[1] / "dmn-tck"
LEVELS = {"compliance-level-2": 2, "compliance-level-3": 3}
SPACE = "{http://www.omg.org/spec/DMN/20160719/testcase}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ENV = Environment(now=datetime(2026, 4, 10, 9, 0, tzinfo=UTC))
ROUNDED = Decimal("1e-8")
"""How far a number may be, relative to it, from an expected one that is written with eight decimals
or more: the kit took those from engines that compute with doubles."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case. `name` is folder/file/case; `problem` is None when it passed."""

    name: str
    level: int
    folder: str
    expects_value: bool
    problem: str | None


def run_kit() -> Iterator[Outcome]:
    """Every case of both levels, run."""
    for directory, level in LEVELS.items():
        for folder in sorted((KIT / directory).iterdir()):
            for path in sorted(folder.glob("*-test-*.xml")):
                yield from _run_file(path, level)


def _run_file(path: Path, level: int) -> Iterator[Outcome]:
    root = etree.parse(str(path)).getroot()
    model_name = root.findtext(f"{SPACE}modelName") or ""
    model: DecisionModel | str
    try:
        model = load(path.parent / model_name.strip(), {})
    except (InvalidDecisions, OSError) as error:
        model = f"the model was refused: {error}"
    for case in root.iter(f"{SPACE}testCase"):
        nodes = list(case.iter(f"{SPACE}resultNode"))
        expected = [_expected(node) for node in nodes]
        problem = model if isinstance(model, str) else _run_case(model, case, nodes, expected)
        name = f"{path.parent.name}/{path.stem.removeprefix(path.parent.name + '-')}/{case.get('id')}"
        yield Outcome(name, level, path.parent.name, any(value is not None for value in expected), problem)


def load(path: Path, loaded: dict[Path, DecisionModel]) -> DecisionModel:
    """A model with those it imports, which stand in the same folder."""
    if path not in loaded:
        wanted = {item.get("namespace") for item in etree.parse(str(path)).getroot().iter() if _tag(item) == "import"}
        beside = [other for other in path.parent.glob("*.dmn") if other != path and _namespace(other) in wanted]
        loaded[path] = parse_decisions(path.read_bytes(), path.name, [load(other, loaded) for other in beside])
    return loaded[path]


def _tag(item: etree._Element) -> str:
    return etree.QName(item).localname if isinstance(item.tag, str) else ""


def _namespace(path: Path) -> str | None:
    return etree.parse(str(path)).getroot().get("namespace")


def _run_case(
    model: DecisionModel, case: etree._Element, nodes: list[etree._Element], expected: list[object]
) -> str | None:
    scope = {node.get("name") or "": _value(node) for node in case.findall(f"{SPACE}inputNode")}
    for node, wanted in zip(nodes, expected, strict=True):
        name = node.get("name") or ""
        try:
            result = _evaluate(model, case, name, scope)
        except KeyError:
            return f"there is no decision {name}"
        output = result.output
        if case.get("type") == "decisionService" and isinstance(output, dict) and name in output:
            output = output[name]  # one of several output decisions
        if not agree(output, wanted):
            why = result.failure or [noted.warning.message for noted in result.warnings]
            return f"{name}: {output!r} instead of {wanted!r}; {why}"
    return None


def _evaluate(model: DecisionModel, case: etree._Element, name: str, scope: dict[str, object]) -> DecisionResult:
    if case.get("type") == "decisionService":
        services = {service.name: service.id for service in model.services.values()}
        return model.evaluate_service(services[case.get("invocableName") or ""], scope, ENV)
    names = {decision.name: decision.id for decision in model.decisions.values()}
    return model.evaluate(names[" ".join(name.split())], scope, ENV)


def _expected(node: etree._Element) -> object:
    found = node.find(f"{SPACE}expected")
    return None if found is None else _value(found)


def _value(holder: etree._Element) -> object:
    """The value a node of the kit says."""
    components = holder.findall(f"{SPACE}component")
    if components:
        return {item.get("name") or "": _value(item) for item in components}
    listed = holder.find(f"{SPACE}list")
    if listed is not None:
        nil = listed.get(f"{XSI}nil") == "true"
        return None if nil else [_value(item) for item in listed.findall(f"{SPACE}item")]
    value = holder.find(f"{SPACE}value")
    if value is None or value.get(f"{XSI}nil") == "true":
        return None
    return _simple(value.text or "", (value.get(f"{XSI}type") or "xsd:string").split(":")[-1])


def _simple(text: str, kind: str) -> object:
    if kind == "string":
        return text
    text = text.strip()
    if kind == "boolean":
        return text in ("true", "1")
    readers = {"date": read_date, "time": read_time, "dateTime": read_date_time, "duration": read_duration}
    return readers[kind](text) if kind in readers else Decimal(text)


def agree(actual: object, expected: object) -> bool:
    """Whether a value is the expected one: numbers as numbers, dates by value, null as null."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        places = expected.as_tuple().exponent
        rounded = isinstance(places, int) and places <= -8
        return actual == expected or (rounded and abs(actual - expected) <= ROUNDED * max(1, abs(expected)))
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and actual.keys() == expected.keys()
            and all(agree(actual[name], value) for name, value in expected.items())
        )
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(actual) == len(expected)
            and all(agree(a, e) for a, e in zip(actual, expected, strict=True))
        )
    if expected is None or actual is None:
        return expected is actual
    return equal(actual, expected, Run(ENV)) is True


@dataclass(frozen=True, slots=True)
class Score:
    """How many cases passed, of how many; and the same of those in which at least one expected value is not null."""

    passed: int
    cases: int
    valued_passed: int
    valued: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Score:
        rows = [(outcome.problem is None, outcome.expects_value) for outcome in outcomes]
        good = [valued for passed, valued in rows if passed]
        return cls(len(good), len(rows), sum(good), sum(valued for _, valued in rows))

    @property
    def shares(self) -> tuple[float, float]:
        return self.passed / self.cases, self.valued_passed / self.valued

    def __str__(self) -> str:
        return f"{self.passed}/{self.cases} cases, {self.valued_passed}/{self.valued} with a value"


def report(outcomes: list[Outcome]) -> Iterator[str]:
    """The score by level and, below each, by folder; folders several to a line."""
    for level in sorted({outcome.level for outcome in outcomes}):
        here = [outcome for outcome in outcomes if outcome.level == level]
        score = Score.of(here)
        all_cases, with_value = (f"{100 * share:.2f} %" for share in score.shares)
        yield f"DMN TCK level {level}: {score} ({all_cases}, {with_value})"
        line = ""
        for folder in dict.fromkeys(outcome.folder for outcome in here):
            one = Score.of(outcome for outcome in here if outcome.folder == folder)
            shown = f"{folder} {one.passed}/{one.cases} {one.valued_passed}/{one.valued}"
            if line and len(line) + len(shown) > 112:
                yield line
                line = ""
            line += f"  {shown}" if line else f"    {shown}"
        yield line


def main() -> None:
    """Print the score, then what does not pass."""
    outcomes = list(run_kit())
    print("\n".join(report(outcomes)))
    for outcome in outcomes:
        if outcome.problem is not None:
            print(f"{outcome.name}: {outcome.problem}")


if __name__ == "__main__":
    main()
