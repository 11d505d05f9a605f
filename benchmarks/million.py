"""A million open tasks of a million cases, asked through the API: the pages of an inbox, and searches among the cases.

What lies there, and the pages, are those of benchmarks/inbox.py; every tenth case has a note in Thai besides. One
client asks; a page of the inbox is the second one, after a cursor, where there is one.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import insert

from benchmarks import inbox
from benchmarks.http.load import Request, send_all
from benchmarks.http.office import HEADERS, PASSWORD, basic, prepare, serving
from benchmarks.http.shares import shares_of
from benchmarks.long.sigkill import database
from benchmarks.rows import Goal, Row, row, spread
from engine.bus import Bus
from engine.commands.add_person import AddPerson
from engine.model.actor import SYSTEM
from engine.store.database import Database
from engine.store.tables import group_, membership, variable

TIMES = 20  # that each page is asked for
INBOX_MS, SEARCH_MS = 10.0, 100.0
PROFILED = (
    "mine", "groups", "nothing", "others' variable", "Thai words in the data", "words and a state that few have",
)  # fmt: skip
WARM_UP = 5  # requests before a profile
_AT_ONCE = 5_000
SEARCHES: dict[str, dict[str, Any]] = {
    "a variable's value that few have": {"variables": [{"name": "amount", "value": "990"}]},
    "a variable's value that many have": {"variables": [{"name": "place", "value": '"a"'}]},
    "a variable's value that none has": {"variables": [{"name": "place", "value": '"nowhere"'}]},
    "a variable above a number": {"variables": [{"name": "amount", "value": {"$gt": "990"}}]},
    "a business id": {"businessId": "กษ 70077/2569"},
    "the beginning of a business id": {"businessId": {"$like": "กษ 7007*"}},
    "a part of a business id": {"businessId": {"$like": "*70077*"}},
    "a part of a business id or of a name": {"text": "70077/2569"},
    "Thai words in the number or the process": {"text": "ไม่มีคำนี้"},
    "Thai words in the data": {"words": "แปลงที่ ๙๙๙๙"},
    "Thai words that nothing has": {"words": "ไม่มีคำนี้"},
    "Thai words that a tenth has": {"words": "คำขอใช้ที่ดิน"},
    "words that the oldest alone have": {"words": "ยุคแรก"},
    "words in every business id": {"words": "/๒๕๖๙"},
    "two letters that nothing has": {"words": "ฮฮ"},
    "one letter that many have": {"words": "ษ"},
    "words and a state that few have": {"words": "คำขอใช้ที่ดิน", "state": "COMPLETED"},
}


def measure(kind: str, tasks: int = inbox.TASKS) -> dict[str, Any]:
    """The figures for one kind of database."""
    with database(kind) as url:
        began = time.monotonic()
        _fill(url, tasks)
        filled = time.monotonic() - began
        return {"fillSeconds": round(filled, 1), **asked(url, f"with {tasks:,} open tasks, {kind}")}


def asked(url: str, of: str) -> dict[str, Any]:
    """The figures of a database that is filled."""
    opened = Database(url)
    with opened.read() as db:
        floor = [inbox.floor_ms(db) for _ in range(TIMES)]
    opened.close()
    mine = basic(inbox.ANN.id)
    searches = {name: _search(filter) for name, filter in SEARCHES.items()}
    with serving(url) as (port, _):
        pages = {name: _second_page(port, name) for name in inbox.PAGES}
        pages["counts"] = ("GET", "/v2/user-tasks/counts", b"")
        listed = {name: _times(port, page, mine) for name, page in pages.items()}
        found = {name: _times(port, one, HEADERS) for name, one in searches.items()}
    looked = {name: (pages[name], mine) for name in PROFILED if name in pages}
    looked |= {name: (searches[name], HEADERS) for name in PROFILED if name in searches}
    return {
        "rows": [
            _worst(f"the slowest page of the inbox {of}", listed, floor, INBOX_MS),
            _worst(f"the slowest search {of}", found, floor, SEARCH_MS),
        ],
        "inbox": {name: spread(times) for name, times in listed.items()},
        "searches": {name: spread(times) for name, times in found.items()},
        "where_the_time_goes_percent": {
            name: shares_of(url, [one] * (WARM_UP + TIMES), headers, WARM_UP, time.perf_counter)
            for name, (one, headers) in looked.items()
        },
    }


def _fill(url: str, tasks: int) -> None:
    bus = prepare(url)
    inbox.fill(bus.database, bus, tasks)
    _notes(bus, tasks)
    inbox.look_through(bus.database)
    _people(bus)
    bus.database.close()


def _worst(what: str, found: Mapping[str, Sequence[float]], floor: Sequence[float], limit: float) -> Row:
    name = max(found, key=lambda one: spread(found[one])["p95"])
    slow = sum(spread(times)["p95"] > limit for times in found.values())
    goal = Goal("p95, ms", spread(found[name])["p95"], limit)
    named = f"{what} ({name}; {len(found) - slow} of {len(found)} are good enough)"
    return row(named, found[name], "ms", {"the same page out of one index, nothing asked": floor}, [goal])


def _second_page(port: int, name: str) -> Request:
    wanted: dict[str, Any] = {"filter": inbox.PAGES[name], "page": {"limit": 50}}
    first = _answer(port, "/v2/user-tasks/search", wanted, basic(inbox.ANN.id))
    if len(first["items"]) == 50:
        wanted["page"]["after"] = first["page"]["endCursor"]
    return "POST", "/v2/user-tasks/search", orjson.dumps(wanted)


def _search(filter: Mapping[str, Any]) -> Request:
    """The page of the search that people use: the latest first."""
    sort = [{"field": "startDate", "order": "DESC"}]
    wanted = {"filter": filter, "sort": sort, "page": {"limit": 50}}
    return "POST", "/v2/process-instances/search", orjson.dumps(wanted)


def _times(port: int, request: Request, headers: Mapping[str, str]) -> list[float]:
    """Of a request that takes seconds only a few are made."""
    first = send_all(port, [request], headers, 1).times[0]
    return list(send_all(port, [request] * (TIMES if first < 1_000 else 3), headers, 1).times)


def _answer(port: int, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", path, orjson.dumps(body), dict(headers))
    answer = connection.getresponse()
    said: dict[str, Any] = orjson.loads(answer.read())
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status} {said}")
    return said


def _notes(bus: Bus, tasks: int) -> None:
    """What people wrote in every tenth case."""
    cases = iter(range(5, tasks, 10))
    while some := list(islice(cases, _AT_ONCE)):
        said = [(10_000 + 4 * n, orjson.dumps(_note(n, tasks)).decode()) for n in some]
        rows = [
            {"key": case + 2, "process_instance_key": case, "scope_key": case, "name": "note", "value": text}
            for case, text in said
        ]
        with bus.database.write() as db:
            db.execute(insert(variable), rows)


def _note(n: int, tasks: int) -> str:
    return f"คำขอใช้ที่ดิน แปลงที่ {n} ของสำนักงาน{' ยุคแรก' if n < tasks // 10 else ''}"


def _people(bus: Bus) -> None:
    """Whose inbox it is, in five groups."""
    bus.run(AddPerson(inbox.ANN.id, "Ann", PASSWORD, roles=(("staff", ""),)), SYSTEM)
    groups = sorted(inbox.ANN.groups)
    with bus.database.write() as db:
        kind = {"kind": "unit", "parent": None, "head_of": None}
        db.execute(insert(group_), [{"key": key, "th": key, "en": key, **kind} for key in groups])
        db.execute(insert(membership), [{"group_key": key, "username": inbox.ANN.id} for key in groups])
