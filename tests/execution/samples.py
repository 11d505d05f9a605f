"""The samples of every rule of deployment, wherever they stand: the modules `lint_samples*` of this folder."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import tests.execution


def _all() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(tests.execution.__path__):
        if module.name.startswith("lint_samples"):
            samples = import_module(f"tests.execution.{module.name}").SAMPLES
            assert not found.keys() & samples.keys(), f"two samples of a rule: {found.keys() & samples.keys()}"
            found |= samples
    return found


SAMPLES = _all()
