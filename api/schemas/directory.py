"""Groups and people."""

from __future__ import annotations

from api.schemas.base import result_of, schema_of, search_of
from engine.queries.directory import GROUP, USER

GroupSearch = search_of(GROUP)
GroupResult = result_of(schema_of(GROUP), "Group")
UserSearch = search_of(USER)
UserResult = result_of(schema_of(USER), "User")
