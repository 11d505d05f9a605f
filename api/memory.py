"""What the memory of a service is kept for."""

from __future__ import annotations

import ctypes
import gc
import sys

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # of mallopt(3)
LARGE = 1 << 20  # bytes
ARENAS = 2
YOUNG, YOUNG_ROUNDS, ROUNDS = 5_000, 5, 20  # objects; how often, before what is older is looked through as well


def keep_what_is_loaded() -> None:
    """What is there when the service begins stays until it ends: the garbage collector need not look through it again
    and again, which takes a fifth of the time of work on thousands of cases. Done before a fork, too, it lets both
    processes share the memory of it: the collector would write into every object, and so make a copy of it."""
    gc.collect()
    gc.freeze()


def look_seldom_through_all() -> None:
    """The garbage collector waits for YOUNG objects, not for the 700 that every request makes several times over. What
    a request has made is then mostly gone when it looks, instead of being taken for what stays; and so it looks through
    everything, in which time no thread does anything (some 70 ms), a quarter as often."""
    gc.set_threshold(YOUNG, YOUNG_ROUNDS, ROUNDS)


def keep_little_of_what_is_freed() -> None:
    """What is freed of blocks of LARGE and more goes back to the system at once, and all threads take smaller ones from
    the same few ARENAS; on Linux with glibc. By itself glibc learns from the first large block that is freed to keep
    the next (19 MiB for every thread that has ever checked a password), and gives each thread an arena of its own,
    which keeps what others could use. Threads of Python seldom ask for memory at the same moment."""
    if sys.platform == "linux" and (options := getattr(ctypes.CDLL(None), "mallopt", None)) is not None:
        options(_MMAP_THRESHOLD, LARGE)
        options(_ARENA_MAX, ARENAS)
