"""Read uploaded DMN files together: those that import others after these, from the files or from what is deployed.

An import names a namespace. It means the file with that namespace among those deployed together, else the newest
deployed model with it; where several have the namespace, the one whose file name the import's `locationURI` ends with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from engine.dmn import DecisionModel, Import, InvalidDecisions, Outline, parse_decisions, read_outline
from engine.model.faults import Fault

if TYPE_CHECKING:
    from engine.commands.checking import Resource

_T = TypeVar("_T")
_OF_LINKS = frozenset({"dmn-import", "dmn-requirement", "dmn-type"})


@dataclass(frozen=True, slots=True)
class DeployedModel:
    """The newest version of a model that is deployed already; `key` is that of its decision requirements."""

    key: int
    requirements_id: str
    file: str
    checksum: str
    model: DecisionModel


@dataclass(frozen=True, slots=True)
class CheckedDecisions:
    """A model with those it imports. Another content of these makes another version of it: `checksum` covers both."""

    file: str
    namespace: str
    model: DecisionModel
    checksum: str
    imports: tuple[CheckedDecisions | DeployedModel, ...] = ()


@dataclass(slots=True)
class DecisionFiles:
    """The DMN files of one deployment. `deployed` finds the models with a namespace in the database.

    After `read`, `checked` holds those without faults, an imported file before the one that imports it.
    """

    resources: Sequence[Resource]
    deployed: Callable[[str], Sequence[DeployedModel]]
    faults: list[Fault] = field(default_factory=list)
    checked: dict[str, tuple[Resource, CheckedDecisions]] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)

    def read(self) -> None:
        """Read every file; faults are gathered, not raised."""
        files = {}
        for resource in self.resources:
            try:
                resource.content.decode("utf-8")  # kept as text
                self.outlines[resource.name] = read_outline(resource.content, resource.name)
                files[resource.name] = resource
            except InvalidDecisions as broken:
                self.faults += broken.faults
            except UnicodeDecodeError:
                self.faults.append(Fault(resource.name, None, "not-text", "ไฟล์ต้องเป็น UTF-8", "The file is not UTF-8."))
        found = {name: [self._find(name, wanted) for wanted in self.outlines[name].imports] for name in files}
        needs = {name: [one for one in ones if isinstance(one, str)] for name, ones in found.items()}
        try:
            for name in TopologicalSorter(needs).static_order():
                self._parse(files[name], [one for one in found[name] if one is not None])
        except CycleError as error:
            self._circle(error.args[1])

    def _find(self, importer: str, wanted: Import) -> str | DeployedModel | None:
        """The name of a file, or a deployed model; None (and perhaps a fault) when there is not exactly one."""
        if wanted.namespace == self.outlines[importer].namespace:
            th = f"นำเข้าเนมสเปซของตัวเองไม่ได้: {wanted.namespace}"
            en = f"a model cannot import its own namespace: {wanted.namespace}"
            self.faults.append(Fault(importer, None, "dmn-import", th, en))
            return None
        here = [name for name, outline in self.outlines.items() if outline.namespace == wanted.namespace]
        if here:
            return self._only(importer, wanted, [(name, name) for name in here])
        replaced = {outline.id for outline in self.outlines.values()}
        known = [one for one in self.deployed(wanted.namespace) if one.requirements_id not in replaced]
        return self._only(importer, wanted, [(one.file, one) for one in known])

    def _only(self, importer: str, wanted: Import, candidates: Sequence[tuple[str, _T]]) -> _T | None:
        if len(candidates) > 1:
            place = PurePosixPath(wanted.location).name
            candidates = [one for one in candidates if PurePosixPath(one[0]).name == place] or candidates
        if len(candidates) > 1:
            names = ", ".join(file for file, _ in candidates)
            th = f"มีหลายไฟล์ที่ใช้เนมสเปซ {wanted.namespace}: {names}"
            self.faults.append(
                Fault(importer, None, "dmn-import", th, f"several files have the namespace {wanted.namespace}: {names}")
            )
        return candidates[0][1] if candidates else None

    def _parse(self, resource: Resource, found: Iterable[str | DeployedModel]) -> None:
        imports: list[CheckedDecisions | DeployedModel] = []
        whole = all(fault.file != resource.name for fault in self.faults)
        for one in found:
            if isinstance(one, DeployedModel):
                imports.append(one)
            elif one in self.checked:
                imports.append(self.checked[one][1])
            else:
                whole = False
        try:
            model = parse_decisions(resource.content, resource.name, [one.model for one in imports])
        except InvalidDecisions as broken:
            # that a link leads nowhere is no second fault where the first one says why
            self.faults += [fault for fault in broken.faults if whole or fault.rule not in _OF_LINKS]
            return
        checksum = resource.checksum
        if imports:
            parts = [checksum, *sorted(one.checksum for one in imports)]
            checksum = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        namespace = self.outlines[resource.name].namespace
        made = CheckedDecisions(resource.name, namespace, model, checksum, tuple(imports))
        self.checked[resource.name] = (resource, made)

    def _circle(self, names: Sequence[str]) -> None:
        shown = ", ".join(dict.fromkeys(names))
        self.faults.append(
            Fault(
                names[0], None, "dmn-import", f"ไฟล์นำเข้ากันเป็นวง: {shown}",
                f"these files import each other in a circle: {shown}",
            )
        )  # fmt: skip
