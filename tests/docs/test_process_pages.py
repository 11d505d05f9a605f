"""`docs/processes/` shows all that runs: each diagram and each form has its picture, each page is the one written now."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.house.sources import name
from tests.tools.pictures.contents import DOCS, Contents, folders, forms_of, read_contents
from tests.tools.pictures.pages import differing

EVERY = [read_contents(folder) for folder in folders()]


@pytest.fixture(params=EVERY, ids=lambda contents: contents.id)
def contents(request: pytest.FixtureRequest) -> Contents:
    found: Contents = request.param
    return found


def test_each_diagram_and_each_form_has_its_picture(contents: Contents) -> None:
    there = sorted(file.name for file in (DOCS / contents.id).iterdir())
    assert there == sorted(contents.pictures)


def test_each_form_of_the_folder_is_shown_by_a_node(contents: Contents) -> None:
    assert forms_of(contents.id).keys() - {form.id for form in contents.forms} == set()


def test_no_picture_is_broken_or_empty(contents: Contents) -> None:
    plain = []
    for file in (DOCS / contents.id).iterdir():
        with Image.open(file) as picture:
            if len(picture.convert("RGB").getcolors(1 << 24) or ()) < 3:
                plain.append(file.name)
    assert plain == []


def test_the_pages_are_those_that_are_written_now() -> None:
    assert [name(page) for page in differing(EVERY)] == []
