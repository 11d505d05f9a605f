"""The bill of materials: every package that a release holds, by the schema, and in the wheel."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.house.sources import ROOT
from tests.house.test_package import _setup

Tool = Callable[[str], ModuleType]
MOMENT = "1767225600"  # 2026-01-01


@pytest.fixture
def bill(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The bill of these sources; making it fails unless it keeps the schema."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    made: dict[str, Any] = json.loads(tool("sbom").bill())
    return made


def test_every_package_of_the_product_and_no_tool(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "1.6", "krabuan")
    listed = {component["purl"] for component in bill["components"]}
    for line in _setup()["options"]["install_requires"].split("\n"):
        if "==" in line:
            name, _, version = line.strip().partition(" == ")
            assert f"pkg:pypi/{name.split('[')[0].lower().replace('_', '-')}@{version}" in listed
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert f"pkg:npm/react@{lock['node_modules/react']['version']}" in listed
    assert f"pkg:npm/%40fontsource/sarabun@{lock['node_modules/@fontsource/sarabun']['version']}" in listed
    assert not any(purl.startswith(("pkg:pypi/pytest@", "pkg:pypi/pip-audit@", "pkg:npm/vite@")) for purl in listed)


def test_what_only_traces_need_is_listed_as_optional(bill: dict[str, Any]) -> None:
    scopes = {component["purl"].partition("@")[0]: component["scope"] for component in bill["components"]}
    for line in _setup()["options.extras_require"]["telemetry"].split("\n"):
        if "==" in line:
            name = line.strip().partition(" == ")[0].lower().replace("_", "-")
            assert scopes[f"pkg:pypi/{name}"] == "optional"
    # what the service needs whether it traces or not is required, though traces need it, too
    assert (scopes["pkg:pypi/flask"], scopes["pkg:pypi/typing-extensions"]) == ("required", "required")


def test_each_has_version_and_licence_and_those_of_npm_a_hash(bill: dict[str, Any]) -> None:
    assert [c["purl"] for c in bill["components"] if not c.get("version") or not c.get("licenses")] == []
    npm = [c for c in bill["components"] if c["purl"].startswith("pkg:npm/")]
    assert [c["purl"] for c in npm if not c.get("hashes")] == []


def test_it_says_what_needs_what(bill: dict[str, Any]) -> None:
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert set(needs) == {c["bom-ref"] for c in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    flask = next(ref for ref in needs if ref.startswith("pkg:pypi/flask@"))
    assert any(ref.startswith("pkg:pypi/werkzeug@") for ref in needs[flask])
    dom = next(ref for ref in needs if ref.startswith("pkg:npm/react-dom@"))
    assert any(ref.startswith("pkg:npm/scheduler@") for ref in needs[dom])
    reached, waiting = set[str](), [bill["metadata"]["component"]["bom-ref"]]
    while waiting:
        if (ref := waiting.pop()) not in reached:
            reached.add(ref)
            waiting += needs[ref]
    assert set(needs) == reached, "nothing is listed that nothing needs"


def test_the_same_sources_give_the_same_bill(tool: Tool, bill: dict[str, Any]) -> None:
    assert json.loads(tool("sbom").bill()) == bill
    assert bill["metadata"]["timestamp"].startswith("2026-01-01")


def test_the_wheel_holds_it_and_its_record_still_fits(tool: Tool, tmp_path: Path) -> None:
    wheel, listed = tmp_path / "krabuan-1.whl", tmp_path / "krabuan-1.cdx.json"
    listed.write_text("{}", encoding="utf-8")
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("api/__init__.py", b"")
        nothing = base64.urlsafe_b64encode(hashlib.sha256(b"").digest()).rstrip(b"=").decode()
        made.writestr("krabuan-1.dist-info/RECORD", f"api/__init__.py,sha256={nothing},0\nkrabuan-1.dist-info/RECORD,,\n")
    for _ in range(2):  # a second time changes nothing
        tool("release").embed(wheel, listed)
    with zipfile.ZipFile(wheel) as made:
        assert len(made.namelist()) == len(set(made.namelist())) == 3
        rows = list(csv.reader(io.StringIO(made.read("krabuan-1.dist-info/RECORD").decode())))
        assert {row[0] for row in rows} == set(made.namelist())
        assert "krabuan-1.dist-info/sboms/krabuan-1.cdx.json" in made.namelist()
        for path, digest, size in rows:
            content = made.read(path)
            found = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            assert not digest or (digest, size) == (f"sha256={found}", str(len(content)))
