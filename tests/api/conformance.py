"""Every answer that a test of the API gets is held against what the API says of itself (OpenAPI)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from werkzeug.test import TestResponse

from api.description import describe

REQUIRED = {"type", "title", "status", "detail", "instance", "code", "th", "en"}


@lru_cache
def _paths() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Path patterns, those without parameters first."""
    paths = sorted(describe()["paths"].items(), key=lambda item: item[0].count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), operations) for path, operations in paths]


@lru_cache
def _registry() -> Registry[Any]:
    return Registry().with_resource("urn:api", Resource(contents=describe(), specification=DRAFT202012))


def check_answer(method: str, path: str, response: TestResponse) -> None:
    """Fail unless the status is declared and the body is what is declared for it."""
    plain = "/v2" + path.split("?")[0]
    found = next((o for pattern, o in _paths() if pattern.fullmatch(plain)), None)
    if response.status_code >= 400:
        problem = response.get_json()
        assert response.content_type == "application/problem+json" and set(problem) >= REQUIRED, response.text
        assert (problem["type"], problem["status"]) == ("about:blank", response.status_code)
        assert problem["instance"] == plain
    if found is None or method.lower() not in found:
        assert response.status_code in (404, 405), response.text
        return
    declared = found[method.lower()]["responses"]
    assert str(response.status_code) in declared, response.text
    content = declared.get(str(response.status_code), {}).get("content", {})
    if response.is_json and "application/json" in content:
        schema = {"$ref": _absolute(content["application/json"]["schema"])}
        if schema["$ref"] is not None:
            Draft202012Validator(schema, registry=_registry()).validate(response.get_json())


def _absolute(schema: dict[str, Any]) -> str | None:
    return f"urn:api{schema['$ref']}" if "$ref" in schema else None
