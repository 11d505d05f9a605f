"""The decision requirements graph: linking elements, and putting decisions in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engine.dmn.model import Decision, Definitions, Knowledge, NamePath, Parts, Service
from engine.dmn.reading import Reading
from engine.dmn.xml import Element


class Linker:
    """Resolves `href`s: `#id`, `namespace#id` of this file, or of an imported one."""

    def __init__(
        self, parts: Parts, namespace: str, imported: Mapping[str, tuple[str, Definitions]], reading: Reading
    ) -> None:
        self.parts, self.namespace, self.imported, self.reading = parts, namespace, imported, reading

    def find(self, holder: Element, kinds: tuple[str, ...]) -> tuple[NamePath, object] | None:
        """The element a requirement refers to, and the name expressions reach it by."""
        href = holder.get("href")
        namespace, _, identifier = href.rpartition("#")
        prefix: NamePath = ()
        parts: Parts | None = self.parts
        if namespace and namespace != self.namespace:
            name, definitions = self.imported.get(namespace, ("", None))
            parts = None if definitions is None else definitions.parts
            prefix = (name,) if name else ()
        for kind in kinds if parts is not None else ():
            found = getattr(parts, kind).get(identifier)
            if found is not None:
                return (*prefix, getattr(found, "variable", found.name)), found
        self.reading.fault(
            holder, "dmn-requirement", f"ไม่พบสิ่งที่อ้างถึง: {href}", f"there is nothing that {href} refers to"
        )
        return None

    def link_decision(self, decision: Decision, element: Element) -> None:
        """Fill in what a decision requires."""
        for requirement in element.all("informationRequirement"):
            for holder in requirement.all("requiredInput"):
                if (found := self.find(holder, ("inputs",))) is not None:
                    decision.inputs.append(found)  # type: ignore[arg-type]
            for holder in requirement.all("requiredDecision"):
                if (found := self.find(holder, ("decisions",))) is not None:
                    decision.decisions.append(found)  # type: ignore[arg-type]
        self.link_callables(decision, element)

    def link_callables(self, user: Decision | Knowledge, element: Element) -> None:
        """Fill in the functions that a decision or knowledge model may call."""
        for requirement in element.all("knowledgeRequirement"):
            for holder in requirement.all("requiredKnowledge"):
                if (found := self.find(holder, ("knowledge", "services"))) is not None:
                    user.callables.append(found)  # type: ignore[arg-type]

    def link_service(self, service: Service, element: Element) -> None:
        """Fill in the decisions and inputs of a service."""
        lists: tuple[tuple[str, tuple[str, ...], Callable[[object], None]], ...] = (
            ("outputDecision", ("decisions",), service.outputs.append),  # type: ignore[assignment]
            ("inputDecision", ("decisions",), service.input_decisions.append),
            ("inputData", ("inputs",), service.input_data.append),
        )
        for tag, kinds, add in lists:
            for holder in element.all(tag):
                if (found := self.find(holder, kinds)) is not None:
                    add(found[1])


def in_order(wanted: Iterable[Decision], given: Iterable[Decision] = ()) -> tuple[Decision, ...]:
    """All decisions needed for `wanted`, each after those it needs; what is `given` needs nothing.

    The graph must be without circles (`circles`). Iterative: chains may be long.
    """
    done: dict[Decision, None] = {}
    known = set(given)
    stack = [(decision, False) for decision in reversed(list(wanted))]
    while stack:
        decision, finished = stack.pop()
        if finished:
            done[decision] = None
        elif decision not in done and decision not in known:
            stack.append((decision, True))
            stack.extend((needed, False) for _, needed in reversed(decision.decisions) if needed not in done)
    return tuple(done)


def circles(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that need themselves, or stand between two that do. Linear in the graph."""
    left = list(decisions)
    needs = {decision: [needed for _, needed in decision.decisions] for decision in left}
    left = _peel(left, needs)
    needed_by: dict[Decision, list[Decision]] = {decision: [] for decision in left}
    for decision in left:
        for needed in needs[decision]:
            if needed in needed_by:
                needed_by[needed].append(decision)
    return _peel(left, needed_by)


def _peel(decisions: list[Decision], before: Mapping[Decision, list[Decision]]) -> list[Decision]:
    """What is left when decisions with nothing before them are taken away, again and again."""
    waiting = {decision: sum(other in before for other in before[decision]) for decision in decisions}
    after: dict[Decision, list[Decision]] = {decision: [] for decision in decisions}
    for decision in decisions:
        for other in before[decision]:
            if other in after:
                after[other].append(decision)
    free = [decision for decision, count in waiting.items() if count == 0]
    while free:
        decision = free.pop()
        del waiting[decision]
        for follower in after[decision]:
            waiting[follower] -= 1
            if waiting[follower] == 0:
                free.append(follower)
    return [decision for decision in decisions if decision in waiting]
