"""The tools of build_backend/ are scripts: they are imported as they import each other."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pytest

from tests.house.sources import ROOT


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """`tool("audit")` is build_backend/audit.py."""
    monkeypatch.syspath_prepend(str(ROOT / "build_backend"))
    return import_module
