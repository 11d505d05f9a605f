"""From the XML of a DMN file to its definitions: elements first, then the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.dmn.boxed import expression_of, read_boxed
from engine.dmn.boxed.function import FunctionDefinition
from engine.dmn.graph import Linker, circles
from engine.dmn.model import Decision, Definitions, InputData, Knowledge, Parts, Service
from engine.dmn.outline import imports_model
from engine.dmn.reading import MAX_LOOKED_AT, InvalidDecisions, Reading, plain_name, shared_names
from engine.dmn.types import Types
from engine.dmn.xml import Element, Refused, read_xml
from engine.feel import FeelType
from engine.model.faults import Fault


def read_definitions(xml: bytes, file: str, available: Iterable[Definitions]) -> Definitions:
    """The definitions in a file. `available` are those it may import. Raises InvalidDecisions with all
    faults at once.
    """
    try:
        root = read_xml(xml)
    except Refused as refused:
        raise InvalidDecisions((Fault(file, None, refused.rule, refused.th, refused.en),)) from refused
    return _Reader(root, file, {model.namespace: model for model in available}).read()


class _Reader:
    def __init__(self, root: Element, file: str, available: Mapping[str, Definitions]) -> None:
        self.root = root
        self.imported: dict[str, tuple[str, Definitions]] = {}
        missing: list[Element] = []
        for item in root.all("import"):
            if not imports_model(item):
                continue
            found = available.get(item.get("namespace"))
            if found is None:
                missing.append(item)
            else:
                self.imported[found.namespace] = (plain_name(item.get("name")), found)
        self.types = Types(root, {name: model.types for name, model in self.imported.values()})
        known = frozenset(name for _, model in self.imported.values() for name in model.names)
        self.names = shared_names(root) | known
        self.reading = Reading(file, self.names, self.types.resolve, self.types.allowed, read_boxed)
        self.parts = Parts()
        self.elements: dict[str, Element] = {}
        for item in missing:
            namespace = item.get("namespace")
            self.reading.fault(
                item,
                "dmn-import",
                f"ไม่พบแบบจำลองที่นำเข้า: {namespace}",
                f"the imported model is not there: {namespace}",
            )

    def read(self) -> Definitions:
        self.types.make_all(self.reading)
        for element in self.root.children:
            self._element(element)
        self._link()
        self._check_circles()
        self._check_size()
        if self.reading.faults:
            raise InvalidDecisions(tuple(self.reading.faults))
        return Definitions(
            self.root.get("id"),
            plain_name(self.root.get("name")),
            self.root.get("namespace"),
            self.parts,
            self.types,
            dict(self.types.everything()),
            self.names,
        )

    def _element(self, element: Element) -> None:
        makers = {
            "inputData": self._input,
            "decision": self._decision,
            "businessKnowledgeModel": self._knowledge,
            "decisionService": self._service,
        }
        maker = makers.get(element.tag)
        if maker is None:
            return
        # The id is optional in DMN; a decision without one goes by its name.
        identifier = element.get("id") or plain_name(element.get("name"))
        with self.reading.inside(element, identifier):
            if not identifier or identifier in self.elements:
                self.reading.fault(
                    element,
                    "dmn-id",
                    f"ไม่มี id และชื่อ หรือ id ซ้ำกัน: {identifier}",
                    f"it has neither id nor name, or an id used twice: {identifier}",
                )
                return
            self.elements[identifier] = element
            maker(element, identifier)

    def _variable(self, element: Element) -> tuple[str, FeelType | None]:
        """The name and type of an element's variable; its own name when it has none."""
        variable = element.child("variable")
        if variable is None:
            return plain_name(element.get("name")), self.reading.type_of(element)
        return plain_name(variable.get("name")) or plain_name(element.get("name")), self.reading.type_of(variable)

    def _input(self, element: Element, identifier: str) -> None:
        name, wanted = self._variable(element)
        self.parts.inputs[identifier] = InputData(identifier, name, wanted)

    def _decision(self, element: Element, identifier: str) -> None:
        variable, wanted = self._variable(element)
        logic = expression_of(element)
        box = None if logic is None else self.reading.boxed(logic)
        name = plain_name(element.get("name")) or identifier
        tag = element.extensions.get("versionTag.value", "")
        self.parts.decisions[identifier] = Decision(identifier, name, variable, wanted, box, tag)

    def _knowledge(self, element: Element, identifier: str) -> None:
        name, wanted = self._variable(element)
        logic = element.child("encapsulatedLogic")
        box = None if logic is None else self.reading.boxed(logic)
        function = box if isinstance(box, FunctionDefinition) else None
        self.parts.knowledge[identifier] = Knowledge(identifier, name, wanted, function)

    def _service(self, element: Element, identifier: str) -> None:
        name, wanted = self._variable(element)
        self.parts.services[identifier] = Service(identifier, name, wanted)

    def _link(self) -> None:
        linker = Linker(self.parts, self.root.get("namespace"), self.imported, self.reading)
        for identifier, element in self.elements.items():
            self.reading.owner = identifier
            if (decision := self.parts.decisions.get(identifier)) is not None:
                linker.link_decision(decision, element)
            if (knowledge := self.parts.knowledge.get(identifier)) is not None:
                linker.link_callables(knowledge, element)
            if (service := self.parts.services.get(identifier)) is not None:
                linker.link_service(service, element)
        self.reading.owner = ""

    def _check_circles(self) -> None:
        for decision in circles(self.parts.decisions.values()):
            self.reading.owner = decision.id
            self.reading.fault(
                None,
                "dmn-requirement-cycle",
                f"การตัดสินใจ {decision.name} ต้องใช้ผลของตัวเอง",
                f"the decision {decision.name} needs its own result",
            )
        self.reading.owner = ""

    def _check_size(self) -> None:
        if self.reading.looked_at > MAX_LOOKED_AT:
            self.reading.faults.clear()  # names were left out, so other faults may be none
            self.reading.fault(
                None,
                "dmn-too-large",
                "แบบจำลองมีชื่อและนิพจน์มากเกินไป",
                "the model has too many names and expressions",
            )
