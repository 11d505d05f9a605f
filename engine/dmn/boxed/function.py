"""A function in a box: parameters and an expression over them."""

from __future__ import annotations

from engine.dmn.boxed import expression_of
from engine.dmn.boxed.base import Boxed, value_of
from engine.dmn.functions import Parameter, function_of
from engine.dmn.reading import Reading, plain_name
from engine.dmn.work import Scope, Trace, Work, within
from engine.dmn.xml import Element
from engine.feel import FeelType, Function


class FunctionDefinition(Boxed):
    """`<functionDefinition>` in an expression, `<encapsulatedLogic>` in a knowledge model. Value: a
    function that sees what stood around it.
    """

    tags = ("functionDefinition", "encapsulatedLogic")

    def __init__(
        self, element: Element, wanted: FeelType | None, parameters: tuple[Parameter, ...], body: Boxed | None
    ) -> None:
        super().__init__(element, wanted)
        self.parameters, self.body = parameters, body

    @classmethod
    def read(cls, element: Element, reading: Reading) -> FunctionDefinition:
        """Fault: a function of another kind than FEEL (Java, PMML): no program code runs here."""
        kind = element.get("kind") or "FEEL"
        if kind.upper() != "FEEL":
            reading.fault(
                element,
                "dmn-external-function",
                f"ไม่รับฟังก์ชันชนิด {kind} รับเฉพาะ FEEL",
                f"functions of the kind {kind} are not accepted, only FEEL",
            )
        parameters = tuple(
            Parameter(plain_name(item.get("name")), reading.type_of(item)) for item in element.all("formalParameter")
        )
        body = expression_of(element)
        return cls(element, None, parameters, None if body is None else reading.boxed(body))

    def function(self, name: str, scope: Scope, work: Work) -> Function:
        """The function, closed over `scope`."""
        return function_of(name, self.parameters, lambda given: value_of(self.body, within(given, scope), work), work)

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """The function, without a name."""
        return self.function("function", scope, work)


BOXED = (FunctionDefinition,)
