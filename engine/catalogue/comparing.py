"""Compare a documented process with the diagrams that run it, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.catalogue.entries import Entry, PrintedStep
from engine.model.diagram import Node, Process
from engine.model.manual import Words

_UNSEEN = re.compile(r"[\s\u200b\"'“”‘’]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise than printed. `step` is None for the process; `what` is a stable code; `printed` is
    what the manual says, `drawn` what the diagram does ("" for nothing)."""

    step: str | None
    what: str
    printed: str
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What runs a process: its diagrams, everything that its files say (for what may stand anywhere), and the units
    above each group."""

    processes: Sequence[Process]
    everything: str
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def nodes(self) -> list[Node]:
        """All flow nodes of all diagrams."""
        return [node for process in self.processes for node in process.nodes.values()]


def plain(text: str) -> str:
    """Without what a file may break or quote otherwise: blanks and quotation marks."""
    return _UNSEEN.sub("", text)


def differences(entry: Entry, drawn: Drawn) -> list[Difference]:
    """What differs: first of the process, then of its steps as printed, then what is drawn and not printed."""
    main = next((p for p in drawn.processes if p.id == entry.id), None)
    if main is None:
        return [Difference(None, "process", entry.id)]
    found = [*_of_process(entry, main, drawn)]
    by_key: dict[str, list[Node]] = {}
    for node in drawn.nodes:
        if node.step is not None:
            by_key.setdefault(node.step.key, []).append(node)
    for step in entry.steps:
        nodes = by_key.get(step.key, [])
        if len(nodes) == 1:
            found += _of_step(step, nodes[0], drawn)
        else:
            found.append(Difference(step.key, "step", step.title.th, ", ".join(node.id for node in nodes)))
    printed = {step.key for step in entry.steps}
    for key, nodes in by_key.items():
        if key not in printed and not all(node.step and node.step.parent in printed for node in nodes):
            found.append(Difference(key, "step-unknown", "", ", ".join(node.id for node in nodes)))
    return found


def _of_process(entry: Entry, main: Process, drawn: Drawn) -> Iterator[Difference]:
    if plain(main.name) != plain(entry.title.th):
        yield Difference(None, "title", entry.title.th, main.name)
    if not main.name_en:
        yield Difference(None, "title-en", entry.title.en)
    facts = main.facts
    if (facts.number or "") != entry.number:
        yield Difference(None, "number", entry.number, facts.number or "")
    if (facts.target_percent or "") != entry.target_percent:
        yield Difference(None, "target", entry.target_percent, facts.target_percent or "")
    for name, texts in entry.texts.items():
        yield from _texts(None, name, texts, facts.texts.get(name, ()))
    said = plain(drawn.everything)
    for label in entry.fields:
        if plain(label) not in said:
            yield Difference(None, "field", label)


def _of_step(step: PrintedStep, node: Node, drawn: Drawn) -> Iterator[Difference]:
    assert node.step is not None
    told = plain(node.documentation)
    if plain(node.name) != plain(step.title.th) and plain(step.title.th) not in told:
        yield Difference(step.key, "name", step.title.th, node.name)
    if not node.name_en:
        yield Difference(step.key, "name-en", step.title.en)
    for what, wanted, found in (
        ("number", step.number, node.step.number), ("standard-time", step.standard_time, node.step.standard_time),
        ("minimum-time", step.minimum_time, node.step.minimum_time), ("calendar", step.calendar, node.step.calendar),
        ("stage", step.stage, node.step.stage),
    ):  # fmt: skip
        if wanted != found and not (what == "calendar" and step.standard_time is found is None):
            yield Difference(step.key, what, wanted or "", found or "")
    for what, text in (("detail", step.detail), ("quality", step.quality)):
        if plain(text) not in told:
            yield Difference(step.key, what, text)
    inside = _inside(node, drawn)
    yield from _points(step, drawn)
    yield from _texts(step.key, "risk", step.risks, [r.text for n in inside for r in n.risks])
    said = plain(drawn.everything)
    for what, texts in (("document", step.documents), ("sub-step", tuple(words.th for words in step.sub_steps))):
        for text in texts:
            if plain(text) not in said:
                yield Difference(step.key, what, text)
    yield from _performer(step, inside, drawn)


def _points(step: PrintedStep, drawn: Drawn) -> Iterator[Difference]:
    """Control points are numbered as printed; one may stand on another node than the step, where its evidence is."""
    found = {point.id: point for node in drawn.nodes for point in node.control_points}
    for number, printed in enumerate(step.control_points, 1):
        point = found.get(f"cp-{step.key}-{number}")
        if point is None or plain(point.text.th) != plain(printed.th) or not point.text.en:
            yield Difference(step.key, "control-point", printed.th, point.text.th if point else "")
        elif not point.mandatory:
            yield Difference(step.key, "control-point", printed.th, "mandatory=false")


def _performer(step: PrintedStep, inside: Sequence[Node], drawn: Drawn) -> Iterator[Difference]:
    """Somebody whom the step names, or a unit below it, does a task of it. A group that only the case knows is not
    judged."""
    groups = [group for node in inside for group in (node.human.named_groups if node.human is not None else ())]
    if not groups or any(group.startswith("=") for group in groups):
        return
    if not any(role in (group, *drawn.above.get(group, ())) for group in groups for role in step.roles):
        yield Difference(step.key, "performer", ", ".join(step.roles), ", ".join(groups))


def _inside(node: Node, drawn: Drawn) -> list[Node]:
    """A node and everything in it; a sub-process of another diagram is not looked into."""
    process = next(p for p in drawn.processes if p.nodes.get(node.id) is node)
    found, scopes = [node], {node.id}
    for other in process.nodes.values():
        if other.scope in scopes:
            found.append(other)
            scopes.add(other.id)
    return found


def _texts(step: str | None, what: str, printed: Sequence[Words], drawn: Sequence[Words]) -> Iterator[Difference]:
    found, wanted = {plain(words.th): words for words in drawn}, {plain(words.th) for words in printed}
    for words in printed:
        other = found.get(plain(words.th))
        if other is None or not other.en:
            yield Difference(step, what, words.th)
    for key, words in found.items():
        if key not in wanted:
            yield Difference(step, what, "", words.th)
