"""The Helm chart, as far as it can be checked without Helm: values against their schema, and the shape of templates."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from api.cli import parser
from api.version import VERSION
from tests.house.sources import ROOT, name

CHART = ROOT / "deploy" / "helm" / "krabuan"
TEMPLATES = sorted((CHART / "templates").iterdir())
SCHEMA = json.loads((CHART / "values.schema.json").read_text(encoding="utf-8"))
VALUES = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))
ACTION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
OPENING = ("if", "with", "range", "define")


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def with_value(path: str, value: Any) -> dict[str, Any]:
    """The values, one of them changed."""
    changed: dict[str, Any] = copy.deepcopy(VALUES)
    *way, last = path.split(".")
    place = changed
    for step in way:
        place = place[step]
    place[last] = value
    return changed


def test_the_schema_is_one_and_the_values_fit() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.validate(VALUES, SCHEMA)


def test_every_value_is_described() -> None:
    def undescribed(values: dict[str, Any], schema: dict[str, Any], way: str) -> list[str]:
        if "$ref" in schema:
            schema = SCHEMA["definitions"][schema["$ref"].rsplit("/", 1)[1]]
        known = schema.get("properties", {})
        found = [f"{way}{key}" for key in values if known and key not in known]
        inner = [(key, value) for key, value in values.items() if isinstance(value, dict) and key in known]
        return found + [odd for key, value in inner for odd in undescribed(value, known[key], f"{way}{key}.")]

    assert undescribed(VALUES, SCHEMA, "") == []
    assert set(SCHEMA["properties"]) - {"global"} == set(VALUES)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("serve.replicas", 0), ("serve.replicas", "2"), ("worker.replicas", 0), ("replicas", 3), ("image.repository", ""),
        ("database.secretName", "No Name"), ("checkpoints.accessModes", []), ("publicUrl", "krabuan.example"),
        ("environment", {"KRABUAN_SMTP_PASSWORD": "x"}), ("environment", {"KRABUAN_DATABASE": "x"}),
        ("environment", {"KRABUAN_SMTP_PORT": 25}), ("service.type", "ExternalName"), ("autoscaling.cpuPercent", 0),
        ("serve.resources", {"limits": {"memory": "lots"}}), ("content.path", "srv/office"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(path: str, value: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(with_value(path, value), SCHEMA)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("publicUrl", "https://krabuan.example.go.th"), ("environment", {"KRABUAN_SMTP_HOST": "mail"}),
        ("checkpoints.existingClaim", "archive"), ("tolerations", [{"key": "a", "operator": "Exists"}]),
        ("imagePullSecrets", [{"name": "registry"}]), ("identity.configMapName", "krabuan-identity"),
    ],
)  # fmt: skip
def test_what_fits_is_taken(path: str, value: Any) -> None:
    jsonschema.validate(with_value(path, value), SCHEMA)


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_every_block_is_closed(file: Path) -> None:
    said = text(file)
    assert said.count("{{") == said.count("}}") == len(ACTION.findall(said))
    depth = 0
    for action in ACTION.findall(said):
        word = action.split()[0]
        depth += (word in OPENING) - (word == "end")
        assert depth >= 0 and (word != "else" or depth > 0), action
    assert depth == 0


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_every_value_that_is_used_is_there(file: Path) -> None:
    missing = []
    for path in re.findall(r"\.Values\.([A-Za-z.]+)", text(file)):
        found: Any = VALUES
        for step in path.split("."):
            found = found.get(step, missing) if isinstance(found, dict) else missing
        if found is missing:
            missing.append(path)
    assert missing == []


def test_every_value_is_used() -> None:
    said = "".join(text(file) for file in TEMPLATES)
    used = set(re.findall(r"\.Values\.([A-Za-z.]+)", said))
    leaves = {f"{top}.{key}" if isinstance(value, dict) and value else top
              for top, value in VALUES.items() for key in (value if isinstance(value, dict) and value else [top])}  # fmt: skip
    assert leaves - used == set()


def test_every_part_that_is_included_is_defined_once() -> None:
    said = "".join(text(file) for file in TEMPLATES)
    defined = re.findall(r'define "([^"]+)"', said)
    assert sorted(set(defined)) == sorted(defined)
    assert set(re.findall(r'include "([^"]+)"', said)) == set(defined)


def skeleton(said: str) -> str:
    """A template without what Helm puts in: lines of actions alone go, actions within a line become a word."""
    said = re.sub(r"\{\{/\*.*?\*/\}\}\n", "", said, flags=re.DOTALL)
    said = re.sub(r"^[ \t]*\{\{-?[^\n]*?\}\}[ \t]*\n", lambda m: "" if ACTION.fullmatch(m.group().strip()) else m.group(), said, flags=re.M)
    return ACTION.sub("word", said)


@pytest.mark.parametrize("file", [file for file in TEMPLATES if file.suffix == ".yaml"], ids=name)
def test_what_is_left_is_kubernetes_yaml(file: Path) -> None:
    documents = [document for document in yaml.safe_load_all(skeleton(text(file))) if document]
    assert documents
    for document in documents:
        assert {"apiVersion", "kind", "metadata", "spec"} <= set(document)


def test_indents_are_those_of_their_places() -> None:
    """A part that is put in stands as far to the right as the line that names it."""
    wrong = []
    for file in TEMPLATES:
        for line in text(file).splitlines():
            found = re.fullmatch(r"( *)\{\{-? .*\| nindent (\d+) \}\}", line)
            if found and len(found.group(1)) != int(found.group(2)):
                wrong.append(f"{file.name}: {line.strip()}")
    assert wrong == []


@pytest.mark.parametrize("part", ["serve", "worker"])
def test_pods_run_a_command_that_there_is_and_may_little(part: str) -> None:
    document = yaml.safe_load(skeleton(text(CHART / "templates" / f"{part}.yaml")))
    (container,) = document["spec"]["template"]["spec"]["containers"]
    given = [str(one).replace("=word", "=1") for one in container["args"]]
    given = [one for one in given if one != "--no-content"]
    assert parser().parse_args(given).run.__module__ == f"api.cli.{part}"
    helpers = text(CHART / "templates" / "_helpers.tpl")
    for rule in ("runAsNonRoot: true", "readOnlyRootFilesystem: true", "allowPrivilegeEscalation: false", "drop: [ALL]",
                 "automountServiceAccountToken: false", "type: RuntimeDefault"):  # fmt: skip
        assert rule in helpers
    assert "path: /livez" in helpers and "path: /readyz" in helpers


def test_the_chart_is_of_this_release() -> None:
    chart = yaml.safe_load(text(CHART / "Chart.yaml"))
    assert chart["appVersion"] == VERSION
