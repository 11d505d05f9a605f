"""docs/reference/bpmn-coverage.md and deployment-rules.md, written from the tests: `python -m tests.execution.coverage`.

Every element of the standard's schemas is put into a file where it may stand. A fault says that it is
refused, and by which rule. Without one it is executed if a test of this folder that runs diagrams
(with the state saved and restored at every wait) has it; else it is carried as documentation.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from engine.execution import examine
from engine.model.faults import Fault
from tests.execution import samples, warning_samples
from tests.execution.bench import diagram, flows, node, user
from tests.execution.coverage_events import event_table
from tests.execution.coverage_names import ELEMENTS, INSIDE, ROOTS, SHOWN_BY
from tests.execution.patterns import NOT_IN_BPMN, PATTERNS
from tests.execution.test_refused_elements import faults_of

FOLDER = Path(__file__).parent
REFERENCE = FOLDER.parents[1] / "docs" / "reference"
START, END = node("startEvent", "s"), node("endEvent", "e")
RULES = samples.SAMPLES


def refusal(name: str) -> str | None:
    """The rule that refuses an element where it may stand; None when nothing does."""
    element = f'<bpmn:{name} id="probe"/>'
    if name in INSIDE:
        where, before, after = INSIDE[name]
        element = before + element + after
    else:
        where = "root" if name in ROOTS else "process"
    if where == "root":
        xml = diagram(START + END + flows("s e"), element)
    elif where == "task":
        xml = diagram(START + user("x", body=element) + END + flows("s x", "x e"))
    else:
        xml = diagram(START + END + element + flows("s e"))
    found = [f for f in faults_of(xml) if f.rule in ("element-unsupported", "script-language", "role-parameters")]
    return found[0].rule if found else None


@cache
def _tests() -> dict[str, str]:
    """The text of each test that runs a diagram, with what of its module it uses, by `file::test`."""
    found = {}
    for path in sorted(FOLDER.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        parts = {n: _source(text, s) for s in ast.parse(text).body for n in _defines(s)}
        for name, source in parts.items():
            if name.startswith("test_") and re.search(r"^def \w+\(run\b", source, re.M):
                found[f"{path.relative_to(FOLDER)}::{name}"] = _with_uses(source, parts)
    return found


def _source(text: str, statement: ast.stmt) -> str:
    """A statement as it is written, with its decorators (the parameters of a test)."""
    parts = [*statement.decorator_list, statement] if isinstance(statement, ast.FunctionDef) else [statement]
    return "\n".join(ast.get_source_segment(text, part) or "" for part in parts)


def _defines(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef):
        return [statement.name]
    if isinstance(statement, ast.Assign):
        return [n.id for t in statement.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    return []


def _with_uses(source: str, parts: dict[str, str]) -> str:
    used, todo = {source}, [source]
    while todo:
        words = set(re.findall(r"\w+", todo.pop()))
        for name in words & parts.keys():
            if parts[name] not in used and not name.startswith("test_"):
                used.add(parts[name])
                todo.append(parts[name])
    return "\n".join(sorted(used))


def shown_by(name: str) -> str | None:
    """The test that executes an element, or None."""
    if name in SHOWN_BY:
        assert SHOWN_BY[name] in _tests(), f"{SHOWN_BY[name]} is no test that runs a diagram"
        return SHOWN_BY[name]
    word = re.compile(rf"(?<![A-Za-z]){name}(?![A-Za-z])")
    return next((test for test, text in _tests().items() if word.search(text)), None)


def outcome(name: str, executable: bool) -> str:
    """What becomes of an element, as the page says it."""
    if executable:
        test = shown_by(name)
        assert test is not None, f"no test executes {name}"
        return f"executed: `{test}`"
    rule = refusal(name)
    return f"refused: `{rule}`" if rule else "carried as documentation"


def coverage_page() -> str:
    """The text of bpmn-coverage.md."""
    rows = [f"| `{name}` | {outcome(name, executable)} |" for name, executable in sorted(ELEMENTS.items())]
    patterns = [f"| {n} | {name} | {_pattern(n)} |" for n, name in PATTERNS.items()]
    return _PAGE.format(rows="\n".join(rows), events=event_table(), patterns="\n".join(patterns))


def _pattern(number: int) -> str:
    if number in NOT_IN_BPMN:
        return f"not in BPMN: {NOT_IN_BPMN[number]}"
    for path in sorted((FOLDER / "patterns").glob("test_*.py")):
        for name in re.findall(rf"^def (test_{number:02}_\w+)", path.read_text(encoding="utf-8"), re.M):
            return f"`patterns/{path.name}::{name}`"
    raise AssertionError(f"no test shows pattern {number}")


def rules_page() -> str:
    """The text of deployment-rules.md."""
    rows = []
    for rule, (broken, _) in sorted(RULES.items()):
        faults = (*faults_of(broken), *examine(broken, "test.bpmn").faults)
        rows.append(_row(next(f for f in faults if f.rule == rule)))
    warnings = []
    for rule, (warned, _) in sorted(warning_samples.SAMPLES.items()):
        found = examine(warned, "test.bpmn", warning_samples.NOW).warnings
        warnings.append(_row(next(w for w in found if w.rule == rule)))
    return _RULES.format(
        count=len(rows), rows="\n".join(rows), warning_count=len(warnings), warnings="\n".join(warnings)
    )


def _row(fault: Fault) -> str:
    return f"| `{fault.rule}` | {_cell(fault.en)} | {_cell(fault.th)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


_PAGE = """# BPMN 2.0.2: what is executed, carried and refused

Written by `python -m tests.execution.coverage` from the tests; do not edit it by hand. Tests are in
`tests/execution/`; each runs its diagrams twice, straight and with the state saved and restored at every wait.
What is refused is refused at deployment, with the rule named here ([all rules](deployment-rules.md)); nothing is
ignored silently.

## Elements

| Element | What becomes of it |
|-|-|
{rows}

## Events

`accepted`: a diagram with this event is deployed and runs it. Otherwise the rule that refuses it.

{events}

## Workflow patterns

The 43 control-flow patterns of the Workflow Patterns Initiative (2006).

| | Pattern | Shown by |
|-|-|-|
{patterns}
"""
_RULES = """# Rules of deployment

Written by `python -m tests.execution.coverage` from the samples in `tests/execution/lint_samples*.py`; do not edit it
by hand. Errors refuse, warnings inform; each names its rule, the file and the element. The texts are those of the
samples. Of one file at most 1,000 are told.

## Errors

A file that breaks one of these {count} rules is not deployed.

| Rule | English | ไทย |
|-|-|-|
{rows}

The rules `schema-…` are the XML schema of BPMN 2.0.2 (section 15.3): which attributes and elements may stand where, in
which order and how often, and what their values may be. It is kept as strictly as it is written, with these
exceptions. Documentation behind extension elements, and lanes, flow elements and artifacts in another order, are
warned of and not refused: several modelers write them so, and it changes nothing. Attributes of other namespaces may stand on every element, also on those of the drawing on which the schema
has no room for them. What stands inside `extensionElements`, `documentation`, `text` and `script` is not looked at.
`loopMaximum` may be an expression. A resource role may have both a resource and an expression.

## Warnings

A file that has one of these {warning_count} is deployed all the same. `krabuan lint` and `krabuan deploy` print them;
`POST /v2/deployments` answers them in `warnings`, and lists them behind the errors when it refuses.

| Rule | English | ไทย |
|-|-|-|
{warnings}
"""
PAGES = {"bpmn-coverage.md": coverage_page, "deployment-rules.md": rules_page}


def main() -> None:
    """Write both pages."""
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
