"""The page about the coverage of the Camunda API says what is so."""

from __future__ import annotations

from tests.api.coverage import PAGE, answered, callers, page


def test_the_page_is_the_newest() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(), "run `python -m tests.api.coverage`"


def test_every_route_that_is_answered_has_a_test_with_the_sdk() -> None:
    assert [route.name for route in answered() if not callers().get(route.call)] == []
