"""Declaring operations: route, permission, body and answers in one place, which is also their documentation."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.routing import BaseConverter

from api.answers import JSON, answer
from api.bodies import whole_body
from api.jsonbody import parse_json
from engine.errors import InvalidArgument

LARGEST_JSON = 4 << 20
_LARGEST_KEY = (1 << 63) - 1
View = Callable[..., Any]


class KeyConverter(BaseConverter):
    """A key in a path: up to 25 decimal digits, perhaps with a minus sign; one that nothing can have becomes -1."""

    regex = r"-?[0-9]{1,25}"

    def to_python(self, value: str) -> int:
        """The number, -1 when it is beyond what keys can be."""
        number = int(value)
        return number if 0 <= number <= _LARGEST_KEY else -1


class InvalidBody(InvalidArgument):
    """Some members of the request are missing or wrong."""

    code = "invalid-request"
    th = "คำขอมีข้อมูลที่ขาดหรือไม่ถูกต้อง"


class Room(Blueprint):  # type: ignore[misc]  # flask-smorest publishes no types
    """The operations of one noun."""

    def operation(
        self,
        method: str,
        rule: str,
        *,
        permission: str | None,
        body: type[Schema] | None = None,
        returns: type[Schema] | dict[str, Any] | None = None,
        status: int = 200,
        parameters: Sequence[dict[str, Any]] = (),
        errors: Sequence[int] = (),
        request_body: dict[str, Any] | None = None,
        partly: int | None = None,
        empty: bool = False,
        refusals: Mapping[int, type[Schema]] = MappingProxyType({}),
    ) -> Callable[[View], View]:
        """Register the decorated view, which gets the loaded body (if one is declared) and the path's values.

        Without `permission`, nobody needs to sign in. A view returns a JSON value, None (204) or a response.
        `returns` is the answer's schema, or a whole OpenAPI content object; `partly` is the status of an answer of the
        same shape that tells of a part that failed; with `empty` it may be 204 instead. `refusals` are the shapes of
        errors that another standard lays down, by their statuses.
        """
        loader = None if body is None else body()

        def decorate(view: View) -> View:
            @functools.wraps(view)
            def call(**path: Any) -> Any:
                given = () if loader is None else (read_body(loader),)
                return answer(view(*given, **path), status)

            call.krabuan_public = permission is None  # type: ignore[attr-defined]
            call.krabuan_permission = permission  # type: ignore[attr-defined]
            doc = _documentation(permission, body, returns, status, parameters, errors, request_body)
            for code, shape in refusals.items():
                doc["responses"][str(code)] = {"description": "Refused", "content": {JSON: {"schema": shape}}}
            if empty:
                doc["responses"]["204"] = {"description": "There is none"}
            if partly is not None:
                doc["responses"][str(partly)] = doc["responses"][str(status)]
            self.route(rule, methods=[method])(self.doc(**doc)(call))
            return view

        return decorate


def read_body(loader: Schema) -> dict[str, Any]:
    """The request's JSON object, checked and loaded; no bytes at all count as an empty object.

    Raises InvalidArgument, and InvalidBody with `errors` [{field, code, th, en}].
    """
    raw = whole_body(LARGEST_JSON)
    if raw and not request.is_json:
        raise UnsupportedMediaType("send the body as application/json")
    content = parse_json(raw) if raw else {}
    if not isinstance(content, dict):
        raise InvalidArgument("the body is a JSON object")
    return load_object(loader, content)


def load_object(loader: Schema, content: dict[str, Any]) -> dict[str, Any]:
    """The object checked and loaded. Raises InvalidBody with `errors`."""
    try:
        loaded: dict[str, Any] = loader.load(content)
    except ValidationError as error:
        found = list(_flatten(error.messages, ""))
        said = "; ".join(f"{e['field']}: {e['en']}" for e in found[:10])
        raise InvalidBody(said, errors=found) from None
    return loaded


def _flatten(messages: Any, path: str) -> Any:
    if isinstance(messages, dict):
        for name, below in messages.items():
            yield from _flatten(below, path if name == "_schema" else f"{path}.{name}" if path else str(name))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        text = str(message)
        code, th = _CODES.get(text, ("invalid", "ค่าไม่ถูกต้อง"))
        yield {"field": path, "code": code, "th": th, "en": text}


_CODES = {
    "Missing data for required field.": ("required", "จำเป็นต้องระบุ"),
    "Unknown field.": ("unknown-field", "ไม่รู้จักชื่อนี้"),
    "Field may not be null.": ("null", "ต้องไม่เป็นค่าว่าง"),
}


PROBLEM = "Problem"  # what every error answers, described once: api/description.py


def _documentation(
    permission: str | None,
    body: type[Schema] | None,
    returns: type[Schema] | dict[str, Any] | None,
    status: int,
    parameters: Sequence[dict[str, Any]],
    errors: Sequence[int],
    request_body: dict[str, Any] | None,
) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done" if status == 204 else "The answer"}
    if isinstance(returns, dict):
        good["content"] = returns
    elif returns is not None:
        good["content"] = {JSON: {"schema": returns}}
    codes = {500, 503, *errors} | ({400} if body or request_body or parameters else set())
    codes |= {413, 415} if body or request_body else set()
    codes |= {401, 403} if permission is not None else set()
    responses: dict[str, Any] = {str(status): good}
    for code in sorted(codes):
        responses[str(code)] = PROBLEM
    doc: dict[str, Any] = {"responses": responses, "x-permission": permission}
    if permission is None:
        doc["security"] = []
    if body is not None:
        needed = any(f.required for f in body().fields.values())
        doc["requestBody"] = {"required": needed, "content": {JSON: {"schema": body}}}
    if request_body is not None:
        doc["requestBody"] = request_body
    if parameters:
        doc["parameters"] = list(parameters)
    return doc


def whole_argument(name: str, default: int, least: int, most: int) -> int:
    """A whole number of the query string. Raises InvalidArgument."""
    text = request.args.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdecimal() and len(text) < 19 and least <= int(text) <= most:
        return int(text)
    raise InvalidArgument(f"{name} is a number from {least} to {most}")


def argument_doc(name: str, kind: str, said: str) -> dict[str, Any]:
    """The documentation of a parameter of the query string."""
    return {"name": name, "in": "query", "required": False, "description": said, "schema": {"type": kind}}
