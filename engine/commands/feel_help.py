"""What an editor of FEEL asks: which functions there are, and where a text is wrong. Nothing is evaluated or kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.feel import described_functions, read_text


def functions_of_feel() -> list[dict[str, Any]]:
    """The built-in functions by name: dicts with name, signatures [{parameters [{name, optional}], variadic}] and help
    {th, en}."""
    return [
        {
            "name": one.name,
            "signatures": [
                {
                    "parameters": [
                        {"name": name, "optional": number >= signature.required}
                        for number, name in enumerate(signature.parameters)
                    ],
                    "variadic": signature.variadic,
                }
                for signature in one.signatures
            ],
            "help": {"th": one.th, "en": one.en},
        }
        for one in described_functions()
    ]


def read_feel(text: str, names: Sequence[str], *, tests: bool) -> dict[str, Any]:
    """{fault, names}: where the text is wrong as an expression or as unary tests ({position, line, column, message
    {th, en}}, None when it is right), and the variables that it reads, in order."""
    found = read_text(text, names, tests=tests)
    fault = found.fault
    told = fault and {
        "position": fault.position,
        "line": fault.line,
        "column": fault.column,
        "message": {"th": fault.th, "en": fault.message},
    }
    return {"fault": told, "names": sorted(found.names)}
