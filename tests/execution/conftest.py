"""Every construct runs twice: once in memory, once with the state saved and restored at every wait."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.execution.bench import Bench


@pytest.fixture(params=[False, True], ids=["in-memory", "restored"])
def run(request: pytest.FixtureRequest) -> Callable[..., Bench]:
    """Makes a Bench of a diagram."""

    def make(xml: bytes, **options: object) -> Bench:
        return Bench(xml, restore=request.param, **options)  # type: ignore[arg-type]

    return make
