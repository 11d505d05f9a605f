"""What goes on while the storm does: cases are started and told of, clerks do tasks, workers do jobs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from benchmarks.chaos.client import Client, Counted, GaveUp
from benchmarks.chaos.content import OFFICE, PASSWORD
from benchmarks.chaos.diagram import (
    DESKS,
    ERROR,
    JOB_TYPE,
    MESSAGE,
    PROCESS_ID,
    business_id,
    clerk_of,
    mode_of,
    number_of,
    person_of,
)

STARTERS, WORKERS = 3, 2
READ_EVERY = 0.5  # seconds
IDLE = 0.2  # seconds until a clerk looks again who found nothing to do
NEWS = 1.5  # seconds
AT_ONCE = 8  # jobs that a worker takes
MESSAGE_LIVES = 86_400_000  # ms
FORGOTTEN = 31  # every so many-th job a worker takes and never does: its lease runs out


@dataclass(frozen=True, slots=True)
class Handed:
    """A job as it was handed to a worker: when that had asked and when it heard (of time.time()), and the end of its
    lease, as the service said it."""

    job: str
    case: str
    asked: float
    at: float
    until: float


@dataclass(slots=True)
class Diary:
    """What clients were told; safe to share between threads. `started`: the cases' keys by number; `done`: jobs whose
    completion was acknowledged, and when; `handed`: every job handed out."""

    started: dict[int, str] = field(default_factory=dict)
    handed: list[Handed] = field(default_factory=list)
    done: dict[str, float] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)  # jobs, by their workers
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Load:
    """`numbers` are the cases, started evenly at `rate` a second from when the load begins; `people` is how many there
    are whom their last tasks are for. Unless they `forget`, workers do every job. A context manager."""

    def __init__(
        self, addresses: Sequence[tuple[str, int]], numbers: Sequence[int], rate: float, lease: float, people: int,
        forget: bool = True,
    ) -> None:  # fmt: skip
        self.counted, self.diary = Counted(), Diary()
        self._addresses, self._numbers, self._rate, self._lease = addresses, numbers, rate, lease
        self._forget = forget
        self._seen: dict[str, float] = {}  # when a clerk had the task before the eyes first, of time.monotonic()
        self._ending = threading.Event()
        self._people = people
        hands = [self._starter(n) for n in range(STARTERS)]
        hands += [self._desk(desk) for desk in range(DESKS)]
        hands += [self._worker(f"worker{n}") for n in range(WORKERS)]
        hands += [self._reader]
        self._threads = [threading.Thread(target=self._safely, args=(one,), name="load") for one in hands]

    def __enter__(self) -> Load:
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_about: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def _safely(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # a fault of the run must not look like a quiet one
            self.diary.faults.append(f"a client ended with {type(error).__name__}: {error}")
            raise

    def _client(self, name: str) -> Client:
        return Client(self._addresses, (name, PASSWORD), self.counted)

    # --- who starts cases and tells them --------------------------------------------------------------------------

    def _starter(self, which: int) -> Callable[[], None]:
        def work() -> None:
            client = self._client(OFFICE)
            for place in range(which, len(self._numbers), STARTERS):
                if self._ending.wait(max(0.0, self._began + place / self._rate - time.monotonic())):
                    break
                with suppress(GaveUp):
                    self._start(client, self._numbers[place])
            client.close()

        return work

    def _start(self, client: Client, number: int) -> None:
        told_first = number % 3 == 0  # before anybody waits for it
        if told_first:
            self._tell(client, number)
        said = {"case": business_id(number), "who": person_of(number, self._people), "mode": mode_of(number)}
        body = {"processDefinitionId": PROCESS_ID, "variables": said, "businessId": business_id(number)}
        status, made = client.post("/v2/process-instances", body, f"start-{number}")
        if status < 300:
            self.diary.started[number] = made["processInstanceKey"]
        if not told_first:
            self._tell(client, number)
        if number % 7 == 0:  # by a second program that knows nothing of the first
            self._tell(client, number, "again")

    def _tell(self, client: Client, number: int, again: str = "") -> None:
        body = {
            "name": MESSAGE, "correlationKey": business_id(number), "messageId": f"message-{number}",
            "timeToLive": MESSAGE_LIVES, "variables": {"paper": number},
        }  # fmt: skip
        expected = (409,) if again else ()
        status, _ = client.post("/v2/messages/publication", body, f"message-{number}{again}", expected)
        if again and status != 409:
            self.diary.faults.append(f"the message of {business_id(number)} was taken twice")

    # --- clerks ---------------------------------------------------------------------------------------------------

    def _desk(self, which: int) -> Callable[[], None]:
        """Where every so many-th case is worked on, by a clerk and by the person whom its last task is for."""

        def work() -> None:
            owner, clerk = self._client(OFFICE), self._client(clerk_of(which))
            while not self._ending.is_set():
                done = 0
                with suppress(GaveUp):
                    done = self._inbox(which, clerk, owner)
                if not done:
                    self._ending.wait(IDLE)
            for client in (owner, clerk):
                client.close()

        return work

    def _inbox(self, which: int, clerk: Client, owner: Client) -> int:
        _, found = owner.post("/v2/user-tasks/search", {"filter": {"state": "CREATED"}, "page": {"limit": 500}})
        done = 0
        for task in (found or {}).get("items", ()):
            number = number_of(task["businessId"])
            if number % DESKS != which or self._ending.is_set() or self._is_news(task):
                continue
            self._do(clerk, owner, task, number)
            done += 1
        return done

    def _is_news(self, task: dict[str, Any]) -> bool:
        """What is for one person alone is left for a while after it was seen, so that a mail about it has time to go.
        """
        seen = self._seen.setdefault(task["userTaskKey"], time.monotonic())
        return task["elementId"] == "check" and time.monotonic() - seen < NEWS

    def _do(self, clerk: Client, owner: Client, task: dict[str, Any], number: int) -> None:
        key, case = task["userTaskKey"], task["processInstanceKey"]
        done = (f"/v2/user-tasks/{key}/completion", {"variables": {"by": number}}, f"complete-{key}")
        if task["elementId"] == "enter":
            if number % 8 < DESKS:
                me = {"assignee": clerk_of(number % DESKS)}
                clerk.post(f"/v2/user-tasks/{key}/assignment", me, f"claim-{key}")
            clerk.post(*done)
        elif mode_of(number) == "canceled":
            owner.post(f"/v2/process-instances/{case}/cancellation", {}, f"cancel-{case}")
        else:
            person = self._client(task["assignee"])
            person.post(*done)
            person.close()

    # --- who only looks -----------------------------------------------------------------------------------------------

    def _reader(self) -> None:
        owner, place = self._client(OFFICE), 0
        newest = [{"field": "startDate", "order": "DESC"}]
        while not self._ending.wait(READ_EVERY):
            place += 1
            looked = dict(self.diary.started)
            with suppress(GaveUp):
                owner.post("/v2/process-instances/search", {"sort": newest, "page": {"limit": 50}})
                if looked:
                    of_one = {"processInstanceKey": looked[sorted(looked)[place % len(looked)]]}
                    owner.post("/v2/variables/search", {"filter": of_one})
                    owner.post("/v2/element-instances/search", {"filter": of_one})
        owner.close()

    # --- workers --------------------------------------------------------------------------------------------------

    def _worker(self, name: str) -> Callable[[], None]:
        def work() -> None:
            client = self._client(OFFICE)
            body = {
                "type": JOB_TYPE, "worker": name, "timeout": round(self._lease * 1000), "maxJobsToActivate": AT_ONCE,
                "requestTimeout": 1000,
            }  # fmt: skip
            while not self._ending.is_set():
                with suppress(GaveUp):
                    asked = time.time()
                    _, found = client.post("/v2/jobs/activation", body)
                    for job in (found or {}).get("jobs", ()):
                        self._work(client, job, asked)
            client.close()

        return work

    def _work(self, client: Client, job: dict[str, Any], asked: float) -> None:
        key, number = job["jobKey"], number_of(job["businessId"])
        with self.diary.lock:
            if self.diary.done.get(key, asked) < asked:
                self.diary.faults.append(f"job {key} of {job['businessId']} was handed out after it was done")
            again = f"{key}-{sum(one.job == key for one in self.diary.handed)}"
            forgotten = self._forget and number % FORGOTTEN == 3 and again.endswith("-0")
            self.diary.handed.append(Handed(key, job["businessId"], asked, time.time(), job["deadline"] / 1000))
            fails = mode_of(number) == "failing" and key not in self.diary.failed
        if forgotten:
            return
        body: dict[str, Any] = {"variables": {"paid": number}}
        verb = "completion"
        if fails:
            verb, body = "failure", {"retries": job["retries"] - 1, "errorMessage": "no ink", "retryBackOff": 300}
        elif mode_of(number) == "error":
            verb, body = "error", {"errorCode": ERROR, "errorMessage": "refused"}
        # one whose lease ran out meanwhile belongs to another: that one does it
        status, _ = client.post(f"/v2/jobs/{key}/{verb}", body, f"{verb}-{again}", expected=(404, 409))
        if status < 300:
            with self.diary.lock:
                self.diary.failed |= {key} if fails else set()
                if not fails:
                    self.diary.done.setdefault(key, time.time())
