"""Each journey is walked once, in a look of its own; with KRABUAN_JOURNEYS=all in every look (`./run long journeys`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.journeys import looks
from tests.journeys.walker import Walker
from tests.web.conftest import Enter, enter, office, pytest_runtest_makereport, source, watch
from tests.web.test_accessibility import wider

__all__ = ["enter", "office", "pytest_runtest_makereport", "source", "watch"]

Walk = Callable[..., Walker]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "look" not in metafunc.fixturenames:
        return
    wanted = os.environ.get("KRABUAN_JOURNEYS")
    if wanted is None:
        chosen = [looks.of(metafunc.function.__name__)]
    else:
        chosen = [look for look in looks.ALL if wanted == "all" or str(look) in wanted.split(",")]
    metafunc.parametrize("look", chosen, ids=str)


@pytest.fixture
def walk(enter: Enter, look: looks.Look, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """`walk("dpo1", "/cases")`: this person, signed in, on this page, in the look of this journey.

    At the end a picture is kept of where everybody came to, which is never wider than the window.
    """
    walkers: list[Walker] = []
    name = request.node.originalname.removeprefix("test_").replace("_", "-")

    def set_out(account: str | None = None, path: str = "/") -> Walker:
        page = enter(account, path, language=look.language, phone=look.window == "phone", theme=look.theme)
        walkers.append(Walker(page, look, f"{name}-{len(walkers)}" if walkers else name))
        return walkers[-1]

    yield set_out
    for walker in walkers:
        walker.shoot()
    assert [found for walker in walkers for found in wider(walker.page, walker.page.url)] == []
