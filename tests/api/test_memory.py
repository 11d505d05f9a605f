"""What the memory of a service is kept for."""

from __future__ import annotations

import gc
import subprocess
import sys

from api.memory import keep_what_is_loaded

# passwords checked by several threads at once, as when an office opens; then how much (KiB) this process holds more, and
# how glibc describes what it keeps
_MORNING = """
import ctypes, sys
from concurrent.futures import ThreadPoolExecutor
from api.memory import keep_little_of_what_is_freed
from engine.adapters.passwords import Passwords

def held():
    return int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))

if sys.argv[1] == "little":
    keep_little_of_what_is_freed()
passwords = Passwords()
passwords.hash("first")
before = held()
with ThreadPoolExecutor(8) as people:
    list(people.map(passwords.hash, map(str, range(48))))
    print(held() - before)
    ctypes.CDLL(None).malloc_stats()
"""

# requests of which each makes thousands of objects that name one another, and is done with them in the end; then how
# often the collector looked through everything
_REQUESTS = """
import gc, sys
from api.memory import look_seldom_through_all

if sys.argv[1] == "seldom":
    look_seldom_through_all()
gc.collect()
gc.freeze()
before = gc.get_stats()[2]["collections"]
for _ in range(400):
    made = [[] for _ in range(2_000)]
    for one, other in zip(made, made[1:]):
        one.append(other)
    made[-1].append(made[0])
    del made, one, other
print(gc.get_stats()[2]["collections"] - before)
"""


def morning(kept: str) -> tuple[int, int]:
    """KiB, and the number of arenas, in a process of its own: what memory is kept for is settled for good."""
    done = subprocess.run([sys.executable, "-c", _MORNING, kept], capture_output=True, text=True, check=True)
    return int(done.stdout), sum(line.startswith("Arena ") for line in done.stderr.splitlines())


def test_what_is_loaded_when_the_service_begins_is_kept_for_good() -> None:
    try:
        keep_what_is_loaded()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_what_checking_passwords_takes_is_given_back_and_threads_share_what_they_free() -> None:
    (little, shared), (much, apart) = morning("little"), morning("all")
    assert little < 15_000 < much
    assert shared <= 2 < apart


def test_all_that_lives_is_seldom_looked_through() -> None:
    seldom, often = (
        int(subprocess.run([sys.executable, "-c", _REQUESTS, how], capture_output=True, text=True, check=True).stdout)
        for how in ("seldom", "often")
    )
    assert seldom < often / 4
