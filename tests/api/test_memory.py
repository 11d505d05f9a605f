"""What the memory of a service is kept for."""

from __future__ import annotations

import gc
import subprocess
import sys

from api.memory import keep_what_is_loaded

# passwords checked by several threads at once, as when an office opens; then how much (KiB) this process holds more
_MORNING = """
import sys
from concurrent.futures import ThreadPoolExecutor
from api.memory import give_back_large_blocks
from engine.adapters.passwords import Passwords

def held():
    return int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))

if sys.argv[1] == "given back":
    give_back_large_blocks()
passwords = Passwords()
passwords.hash("first")
before = held()
with ThreadPoolExecutor(8) as people:
    list(people.map(passwords.hash, map(str, range(48))))
    print(held() - before)
"""


def grown(how: str) -> int:
    """KiB, in a process of its own: what memory is kept for is settled for good."""
    done = subprocess.run([sys.executable, "-c", _MORNING, how], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_what_is_loaded_when_the_service_begins_is_kept_for_good() -> None:
    try:
        keep_what_is_loaded()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_what_checking_passwords_takes_is_given_back() -> None:
    assert grown("given back") < 15_000 < grown("kept")
