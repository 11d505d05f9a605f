"""That somebody read a classified case is in the audit log before the answer goes out: once for each person, case and
hour. A list that names cases is no reading; what a list or a case holds is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from flask import request

from engine.queries.documents import search_documents
from engine.queries.elements import search_variables
from engine.queries.work import search_decision_instances

HOLDS_CONTENTS = (search_variables, search_decision_instances, search_documents)  # searches that show what cases hold
KEY = "processInstanceKey"
_REMEMBERED = 100_000


class Noted:
    """What this process knows to be in the audit log already. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hours: OrderedDict[tuple[str, int], str] = OrderedDict()

    def new(self, reader: str, keys: Iterable[int], hour: str) -> list[int]:
        """Those of the cases of which this is not known for the hour."""
        with self._lock:
            return [key for key in keys if self._hours.get((reader, key)) != hour]

    def remember(self, reader: str, keys: Iterable[int], hour: str) -> None:
        """It was written."""
        with self._lock:
            for key in keys:
                self._hours[reader, key] = hour
                self._hours.move_to_end((reader, key))
            while len(self._hours) > _REMEMBERED:
                self._hours.popitem(last=False)


def cases_read(query: Callable[..., Any], found: Any) -> set[int]:
    """The cases that an answer tells about: those that it names, where something was asked for by its key or contents
    were searched for; and the case in the path of the request."""
    path = request.view_args or {}
    keys = {path["key"]} if str(request.url_rule).startswith("/v2/process-instances/<key:key>") else set()
    if not isinstance(found, dict) or not (path or query in HOLDS_CONTENTS):
        return keys
    items = found.get("items", [found])
    return keys | {int(one[KEY]) for one in items if isinstance(one, dict) and one.get(KEY) is not None}
