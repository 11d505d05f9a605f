"""A FEEL expression in a box."""

from __future__ import annotations

from engine.dmn.boxed.base import Boxed
from engine.dmn.reading import Reading
from engine.dmn.work import Scope, Trace, Work
from engine.dmn.xml import Element
from engine.feel import Expression, FeelType

FEEL = ("", "feel", "FEEL")


class Literal(Boxed):
    """`<literalExpression><text>...</text></literalExpression>`."""

    tags = ("literalExpression",)
    api_type = "LITERAL_EXPRESSION"

    def __init__(self, element: Element, wanted: FeelType | None, expression: Expression | None) -> None:
        super().__init__(element, wanted)
        self.expression = expression

    @classmethod
    def read(cls, element: Element, reading: Reading) -> Literal:
        """Faults: another language than FEEL; wrong FEEL. No text at all is null."""
        language = element.get("expressionLanguage")
        if language not in FEEL and not language.rstrip("/").upper().endswith("FEEL"):
            reading.fault(
                element, "dmn-language", f"รับเฉพาะ FEEL ไม่รับ {language}", f"only FEEL is accepted, not {language}"
            )
        text = element.text_of("text")
        if element.child("importedValues") is not None:
            reading.fault(element, "dmn-imported-values", "ไม่รับค่าที่นำเข้าจากไฟล์อื่น", "imported values are not accepted")
        return cls(element, reading.type_of(element), reading.expression(text, element) if text else None)

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """The value of the FEEL text."""
        return None if self.expression is None else work.value(self.expression, scope)


BOXED = (Literal,)
