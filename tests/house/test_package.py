"""What is installed is what is here, and what the README points to exists."""

from __future__ import annotations

import configparser
import re
from importlib.metadata import version

import pytest

from tests.house.sources import ROOT, name, python_files


def _setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def _requirements() -> list[str]:
    setup = _setup()
    blocks = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    lines = (line.strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_every_folder_with_code_is_a_package_and_so_in_the_wheel() -> None:
    folders = {path.parent for path in python_files("engine", "api", "krabuan_verify") if "migrations" not in path.parts}
    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_every_requirement_is_pinned_once() -> None:
    requirements = _requirements()
    assert [line for line in requirements if not re.fullmatch(r"[A-Za-z0-9_.-]+(\[[a-z]+\])? == [^ ]+", line)] == []
    names = [line.split(" == ")[0].lower() for line in requirements]
    assert sorted(names) == sorted(set(names))


def test_the_tests_run_on_the_pinned_versions() -> None:
    installed = {line: version(re.split(r"[\[ ]", line)[0]) for line in _requirements()}
    assert {line: found for line, found in installed.items() if not line.endswith(f" == {found}")} == {}


def test_the_node_of_the_build_is_the_node_of_the_extra() -> None:
    frontend = (ROOT / "build_backend" / "frontend.py").read_text(encoding="utf-8")
    extra = _setup()["options.extras_require"]["web"].strip().replace(" ", "")
    assert f'NODE_REQUIREMENT = "{extra}"' in frontend


README, MORE = "README.md", "docs/explanation/architecture.md"


def _where(page: str, title: str) -> str:
    text = (ROOT / page).read_text(encoding="utf-8")
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(("page", "title"), [(README, "Where to look"), (MORE, "Where to look for more")])
def test_the_paths_that_are_pointed_to_exist(page: str, title: str) -> None:
    paths = re.findall(r"`((?:engine|api|web|tests|processes|forms|docs|benchmarks|krabuan_verify)/[^`<]*)[`<]", _where(page, title))
    assert len(paths) >= 12
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_readme_points_to_six_places() -> None:
    assert _where(README, "Where to look").count("\n- *") == 6
