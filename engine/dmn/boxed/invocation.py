"""Calling a function, its parameters bound one by one."""

from __future__ import annotations

from engine.dmn.boxed import expression_of, inside
from engine.dmn.boxed.base import Boxed, value_of
from engine.dmn.reading import Reading, plain_name
from engine.dmn.work import Scope, Trace, Work
from engine.dmn.xml import Element
from engine.feel import Failure, FeelType, Function, kind


class Invocation(Boxed):
    """`<invocation>` expression that gives a function, `<binding><parameter name=/> expression</binding>...`."""

    tags = ("invocation",)

    def __init__(
        self,
        element: Element,
        wanted: FeelType | None,
        called: Boxed | None,
        bindings: tuple[tuple[str, Boxed | None], ...],
    ) -> None:
        super().__init__(element, wanted)
        self.called, self.bindings = called, bindings

    @classmethod
    def read(cls, element: Element, reading: Reading) -> Invocation:
        """Faults: nothing to call, a binding without a parameter. A binding may lack its expression."""
        bindings: list[tuple[str, Boxed | None]] = []
        for binding in element.all("binding"):
            parameter = binding.child("parameter")
            if parameter is None:
                reading.fault(binding, "dmn-binding", "การผูกค่าไม่มี parameter", "the binding has no parameter")
                continue
            bound = expression_of(binding)
            box = None if bound is None else reading.boxed(bound)
            bindings.append((plain_name(parameter.get("name")), box))
        return cls(element, reading.type_of(element), inside(element, reading), tuple(bindings))

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """What the function answers; null and a warning when it is none, or does not fit."""
        called = value_of(self.called, scope, work)
        if not isinstance(called, Function):
            work.run.warn("no-function", f"a {kind(called)} cannot be called", 0)
            return None
        named = {name: value_of(box, scope, work) for name, box in self.bindings}
        try:
            return called.call([], named, work.run)
        except Failure as failure:
            work.run.warn(failure.code, failure.message, 0)
            return None


BOXED = (Invocation,)
