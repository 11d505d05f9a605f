"""DMN's functions as FEEL values: of boxes, of business knowledge models, of decision services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.dmn.work import Work
from engine.feel import Failure, FeelType, Function, HostFunction, Run, coerced


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its type, if it has one."""

    name: str
    wanted: FeelType | None


def function_of(
    name: str, parameters: tuple[Parameter, ...], body: Callable[[dict[str, object]], object], work: Work
) -> Function:
    """A function that FEEL can call. `body` gets the arguments by name. An argument that is not of its
    parameter's type makes the call null, with a warning (DMN 1.5, 10.3.2.13.2).
    """

    def call(run: Run, args: list[object]) -> object:
        given: dict[str, object] = {}
        for parameter, value in zip(parameters, args, strict=True):
            given[parameter.name] = _argument(value, parameter, work)
        return body(given)

    return HostFunction(name, [parameter.name for parameter in parameters], call)


def _argument(value: object, parameter: Parameter, work: Work) -> object:
    if parameter.wanted is None:
        return value
    try:
        return coerced(value, parameter.wanted, work.run)
    except Failure as failure:
        raise Failure(f"parameter {parameter.name}: {failure.message}", failure.code) from failure
