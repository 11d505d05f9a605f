"""The register of control points as they were worked."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.base import Words, result_of, schema_of, search_of
from engine.queries.control_points import CONTROL_POINT_RESULT

_NAMES = {name: fields.Nested(Words, required=True) for name in ("text", "elementName", "processName")}
ControlPointResult = schema_of(CONTROL_POINT_RESULT, **_NAMES)
ControlPointResultSearch = search_of(CONTROL_POINT_RESULT)
ControlPointResultResult = result_of(ControlPointResult, "ControlPointResult")
