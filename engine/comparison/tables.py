"""One decision before and after: of a table column by column and rule by rule, as its author wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.comparison.change import Change, Difference, Subject, added, altered, edited, paired, quoted, removed, texts
from engine.dmn.xml import Element, Refused, read_xml
from engine.model.manual import Words

LOGIC = ("decisionTable", "literalExpression", "context", "invocation", "relation", "list", "functionDefinition",
         "conditional", "filter", "for", "every", "some")  # fmt: skip
RULE = Words("กฎ", "Rule")
_ANYTHING = "-"


def decisions_of(content: bytes) -> Mapping[str, Element] | None:
    """The decisions of a file by id; None for what is no decision model."""
    try:
        root = read_xml(content)
    except Refused:
        return None
    return {element.get("id"): element for element in root.all("decision")}


def decision_differences(id_: str, before: Element | None, after: Element | None) -> Iterator[Difference]:
    """All of one decision; None where it is not there."""
    whole = after or before
    assert whole is not None
    name = quoted(whole.get("name") or id_)
    subject = Subject("DECISION", id_, None, Words(f"ตารางตัดสินใจ {name.th}", f"Decision {name.en}"))
    if before is None or after is None:
        change = Change("decision-added", "ADDED", Words("ตารางใหม่", "A new decision")) if before is None else Change(
            "decision-removed", "REMOVED", Words("ไม่มีตารางนี้ในฉบับหลัง", "The decision is not in the later version")
        )  # fmt: skip
        yield Difference(subject, change)
        return
    yield from (Difference(subject, change) for change in _changes(before, after))


def _changes(before: Element, after: Element) -> Iterator[Change]:
    yield from texts("name", Words("ชื่อ", "Name"), before.get("name"), after.get("name"))
    was, is_ = before.child(*LOGIC), after.child(*LOGIC)
    if was is not None and is_ is not None and was.tag == is_.tag == "decisionTable":
        yield from _table(was, is_)
    elif was is not None and is_ is not None and was.tag == is_.tag == "literalExpression":
        yield from texts("expression", Words("นิพจน์", "Expression"), was.text_of("text"), is_.text_of("text"))
    elif _meaning(was) != _meaning(is_):
        yield edited("logic", Words("วิธีตัดสินใจ", "Logic"))
    needs = [[_meaning(item) for item in one.all("informationRequirement", "knowledgeRequirement", "variable")]
             for one in (before, after)]  # fmt: skip
    if needs[0] != needs[1]:
        yield edited("requirements", Words("ข้อมูลที่ใช้ตัดสินใจ", "What it requires"))


def _meaning(element: Element | None) -> object:
    """Everything but ids and lines."""
    if element is None:
        return None
    attributes = sorted((key, value) for key, value in element.attributes.items() if key != "id")
    return element.tag, attributes, element.text.strip(), [_meaning(child) for child in element.children]


def _table(before: Element, after: Element) -> Iterator[Change]:
    policy = Words("วิธีเลือกกฎ", "Hit policy")
    said = [" ".join((one.get("hitPolicy") or "UNIQUE", one.get("aggregation"))).strip() for one in (before, after)]
    yield from texts("hit-policy", policy, said[0], said[1])
    same = True
    for tag, what in (("input", Words("คอลัมน์เงื่อนไข", "Input")), ("output", Words("คอลัมน์ผลลัพธ์", "Output"))):
        old, new = _columns(before, tag), _columns(after, tag)
        same = same and list(old) == list(new)
        for _, was, is_ in paired(old, new):
            if was is None and is_ is not None:
                yield added(f"{tag}-added", what, quoted(_column(is_)))
            elif is_ is None and was is not None:
                yield removed(f"{tag}-removed", what, quoted(_column(was)))
            elif was is not None and is_ is not None and _meaning(was) != _meaning(is_):
                yield altered(f"{tag}-changed", what, quoted(_column(was)), quoted(_column(is_))) if _column(
                    was
                ) != _column(is_) else edited(f"{tag}-changed", Words(f"{what.th} “{_column(is_)}”",
                                                                      f"{what.en} “{_column(is_)}”"))  # fmt: skip
    if not same:  # cells of other columns cannot be laid side by side
        yield edited("rules", Words("กฎทั้งหมดตามคอลัมน์ใหม่", "All rules, with the columns"))
        return
    yield from _rules(before, after)


def _columns(table: Element, tag: str) -> dict[str, Element]:
    return {item.get("id") or str(number): item for number, item in enumerate(table.all(tag), 1)}


def _column(element: Element) -> str:
    expression = element.child("inputExpression")
    return element.get("label") or element.get("name") or (expression.text_of("text") if expression else "") or "?"


def _rules(before: Element, after: Element) -> Iterator[Change]:
    """By id; of rules without ids by their number."""
    olds, news = ({item.get("id") or str(n): (n, item) for n, item in enumerate(table.all("rule"), 1)}
                  for table in (before, after))  # fmt: skip
    for _, was, is_ in paired(olds, news):
        if was is None and is_ is not None:
            yield added("rule-added", Words(f"กฎข้อ {is_[0]}", f"Rule {is_[0]}"), _rule(is_[1]))
        elif is_ is None and was is not None:
            yield removed("rule-removed", Words(f"กฎข้อ {was[0]} (เดิม) ", f"Rule {was[0]} (as it was)"), _rule(was[1]))
        elif was is not None and is_ is not None and _cells(was[1]) != _cells(is_[1]):
            what = Words(f"กฎข้อ {is_[0]}", f"Rule {is_[0]}")
            yield altered("rule-changed", what, _rule(was[1]), _rule(is_[1]))
    shared = [[id_ for id_ in one if id_ in other] for one, other in ((olds, news), (news, olds))]
    if shared[0] != shared[1]:
        yield edited("rule-order", Words("ลำดับของกฎ", "Order of the rules"))


def _cells(rule: Element) -> tuple[list[str], list[str]]:
    tests, results = (
        [cell.text_of("text") or _ANYTHING for cell in rule.all(tag)] for tag in ("inputEntry", "outputEntry")
    )
    return tests, results


def _rule(rule: Element) -> Words:
    tests, results = _cells(rule)
    return quoted(f"{' | '.join(tests)} → {' | '.join(results)}")
