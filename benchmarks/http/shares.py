"""Where the time of requests goes inside the service: by library, and by room of the engine.

Measured with a profiler, in one process, without a network and without gunicorn: shares are what it tells, not times.
"""

from __future__ import annotations

import cProfile
import pstats
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from api.app import create_app
from api.runtime import open_runtime
from benchmarks.http.load import Request
from benchmarks.http.office import HEADERS, completions, open_tasks, prepare

_ROOM = re.compile(r"/(engine/\w+|api|benchmarks)(?:/|\.py)")
_PACKAGE = re.compile(r"/site-packages/(\w+)")
_DRIVER = re.compile(r"sqlite3|psycopg|pq\.")


def shares(url: str, count: int = 200, warm_up: int = 20) -> dict[str, float]:
    """Of completions, of the processor's time alone. The database is empty before."""
    bus = prepare(url)
    requests = completions(open_tasks(bus, count + warm_up))
    bus.database.close()
    return shares_of(url, requests, HEADERS, warm_up, time.process_time)  # what is waited for is nobody's work


def shares_of(
    url: str, requests: Sequence[Request], headers: Mapping[str, str], warm_up: int, timer: Callable[[], float]
) -> dict[str, float]:
    """Of these requests but the first `warm_up`: percent of the whole, the largest first; what has less than one is
    `rest`. By a timer that goes on meanwhile, what the service waits for is the driver's. Raises RuntimeError for an
    answer that is no 2xx."""
    runtime = open_runtime(url)
    client = create_app(runtime).test_client(use_cookies=False)

    def send(some: Sequence[Request]) -> None:
        for method, path, body in some:
            answer = client.open(path, method=method, data=body, headers=headers)
            if answer.status_code >= 300:
                raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:300]}")

    try:
        send(requests[:warm_up])
        return _profiled(lambda: send(requests[warm_up:]), timer)
    finally:
        runtime.close()


def _profiled(work: Callable[[], None], timer: Callable[[], float]) -> dict[str, float]:
    profile = cProfile.Profile(timer)
    profile.runcall(work)
    spent: Counter[str] = Counter()
    for (file, _, function), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        spent[_whose(file, function)] += own
    whole = sum(spent.values())
    found = {name: round(100 * own / whole, 1) for name, own in spent.most_common() if own / whole >= 0.01}
    return {**found, "rest": round(100 - sum(found.values()), 1)}


def _whose(file: str, function: str) -> str:
    if package := _PACKAGE.search(file):
        return package[1]
    if room := _ROOM.search(file):
        return room[1]
    if file == "~":
        return "database driver" if _DRIVER.search(function) else "built-in functions"
    return "Python's library"
