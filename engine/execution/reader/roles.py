"""Resource roles: who does a user task, in the standard's own words (BPMN 2.0.2, sections 10.3.1 and 10.3.4.1).

A performer or human performer is the assignee, potential owners are the candidate groups. Other roles, and
roles of activities that no person does, say who is responsible: they are documentation.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, ZEEBE, body, child, children, extension, local, local_ref
from engine.model.work import Performers

ROLES = {"resourceRole", "performer", "humanPerformer", "potentialOwner"}
Resources = Mapping[str, etree._Element]  # by id
_ASSIGNEE, _OWNERS = ("performer", "humanPerformer"), ("potentialOwner",)


def read_performers(
    element: etree._Element, node_id: str, resources: Resources, faults: FaultList
) -> Performers | None:
    """The performers of a user task, or those that a call activity gives to what it calls (10.3.6); None
    when there are none. Each text is FEEL when it begins with `=`, else one name or, for groups, several
    with commas between them. Faults: a role that names nobody, two performers, and performers beside
    zeebe:assignmentDefinition."""
    assignees = _texts(element, node_id, _ASSIGNEE, resources, faults)
    owners = _texts(element, node_id, _OWNERS, resources, faults)
    if not assignees and not owners:
        return None
    if extension(element, ZEEBE, "assignmentDefinition") is not None:
        faults.add(
            node_id, "role-contradictory", "ระบุผู้ปฏิบัติได้แบบเดียว: zeebe:assignmentDefinition หรือบทบาทของ BPMN",
            "Who does the task is said once: by zeebe:assignmentDefinition or by BPMN's resource roles.",
        )  # fmt: skip
    if len(assignees) > 1:
        faults.add(
            node_id, "role-repeated", "งานหนึ่งมีผู้ปฏิบัติ (performer) ได้คนเดียว",
            "A task has one performer; several people or groups are potential owners.",
        )  # fmt: skip
    return Performers(assignees[0] if assignees else None, _together(owners))


def _texts(
    element: etree._Element, node_id: str, kinds: tuple[str, ...], resources: Resources, faults: FaultList
) -> list[str]:
    roles = [role for role in children(element, BPMN) if local(role) in kinds]
    return [text for role in roles if (text := _text(role, node_id, resources, faults)) is not None]


def _text(role: etree._Element, node_id: str, resources: Resources, faults: FaultList) -> str | None:
    """Whom a role names: the value of its expression, or the name of the resource that it refers to."""
    kind = local(role)
    if child(role, BPMN, "resourceParameterBinding") is not None:
        faults.add(
            node_id, "role-parameters", f"{kind}: ยังไม่รองรับ resourceParameterBinding ให้ใช้นิพจน์ FEEL แทน",
            f"{kind}: resourceParameterBinding is not supported; a FEEL expression can say the same.",
        )  # fmt: skip
    assignment = child(role, BPMN, "resourceAssignmentExpression")
    expression = next(children(assignment, BPMN), None) if assignment is not None else None
    ref = body(child(role, BPMN, "resourceRef"))
    found = body(expression)
    if found is None and ref is not None:
        resource = resources.get(local_ref(ref) or "")  # that it exists is checked with the other references
        return (resource.get("name") or resource.get("id")) if resource is not None else None
    if found is None:
        faults.add(
            node_id, "role-empty", f"{kind} ไม่ได้ระบุผู้ใด (resourceAssignmentExpression หรือ resourceRef)",
            f"{kind} names nobody: it needs a resourceAssignmentExpression or a resourceRef.",
        )  # fmt: skip
        return None
    language = expression.get("language") if expression is not None else None
    if language and "feel" not in language.lower():
        faults.add(
            node_id, "script-language", f"ไม่รองรับภาษา {language} ใช้ได้เฉพาะ FEEL",
            f"The language {language} is not supported; only FEEL is.",
        )  # fmt: skip
    return faults.text_or_feel(node_id, found, kind)


def _together(texts: list[str]) -> str | None:
    """Several lists of names as one: text with commas while nothing is computed, else FEEL."""
    if len(texts) < 2:
        return texts[0] if texts else None
    if not any(text.startswith("=") for text in texts):
        return ",".join(texts)
    parts = [_computed(text[1:]) if text.startswith("=") else _literals(text) for text in texts]
    return f"=flatten([{', '.join(parts)}])"


def _computed(feel: str) -> str:
    """A list, or a text with commas, as a list."""
    return f'(if ({feel}) instance of string then split({feel}, "\\\\s*,\\\\s*") else ({feel}))'


def _literals(text: str) -> str:
    names = (name.strip().replace("\\", "\\\\").replace('"', '\\"') for name in text.split(","))
    return ", ".join(f'"{name}"' for name in names if name)
