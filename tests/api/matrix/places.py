"""The office that the matrix is asked in: for each cell a copy of its own, in which one account has one relation."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import time
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from api.app import create_app
from api.runtime import Runtime
from engine.commands.activate_ad_hoc import ActivateAdHoc
from engine.commands.add_calendar_days import AddCalendarDays
from engine.commands.add_client import AddClient
from engine.commands.add_person import AddPerson
from engine.commands.add_webhook import AddWebhook
from engine.commands.allow_host import AllowHost
from engine.commands.ask_co_signatures import AskCoSignatures
from engine.commands.assign_task import AssignTask
from engine.commands.cancel_instance import CancelInstance
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.complete_task import CompleteTask
from engine.commands.create_instance import CreateInstance
from engine.commands.delegate_task import DelegateTask
from engine.commands.deploy import Deploy
from engine.commands.evaluate_decision import EvaluateDecision
from engine.commands.inbox_views import SaveInboxView
from engine.commands.link_document import LinkDocument
from engine.commands.make_calendar_feed import MakeCalendarFeed
from engine.commands.make_model_draft import MakeModelDraft
from engine.commands.push_addresses import AddPushAddress
from engine.commands.push_services import AddPushService
from engine.commands.saved_searches import SaveSearch
from engine.commands.set_office_hours import SetOfficeHours
from engine.commands.signing import digest_of
from engine.commands.suspend_instance import SuspendInstance
from engine.commands.write_draft_file import WriteDraftFile
from engine.model.actor import SYSTEM, Actor
from engine.store import tables as t
from tests.api.conftest import Caller
from tests.api.matrix.cells import CONFIDENTIAL, NOBODY, Cell, Row
from tests.api.matrix.git import git_source
from tests.api.people import PASSWORD
from tests.api.world import DEAD_LETTER, PROCESS, World, actor, open_world, start, to_job

OFFICE = "matrix-office"
NOBODY_THERE = "http://127.0.0.1:9/"
DIAGRAM = Path(__file__).with_name("office.bpmn")
FORM = (
    b'{"schemaVersion": 16, "type": "default", "id": "matrix.start", "components": '
    b'[{"id": "f", "key": "subject", "label": "Subject", "type": "textfield"}]}'
)
SAVED = {"view": "groups", "filter": {}, "columns": [], "grouping": "none", "sort": "due"}
_FIXED = {"{control_point_id}": "cp", "{group_id}": "director"}  # what else stands in paths
ABSENT = str(1 << 61)  # a key that nothing has
_OWN = (  # what is of one person: whose it is stands in this column
    t.process_instance.c.started_by, t.api_token.c.username, t.api_client.c.username, t.session.c.username,
    t.substitution.c.absent, t.batch_operation.c.actor, t.intervention.c.requested_by, t.document.c.uploaded_by,
    t.push_address.c.username, t.inbox_view.c.username, t.saved_search.c.username,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class More:
    """The keys of what stands in the office besides `World`: a case of another process, and cases at other places."""

    spare: int  # a version without cases
    form: int
    open_case: int  # of `OFFICE`, newest version
    open_element: int
    open_task: int  # with a control point
    timer_element: int
    paying: int
    idle: int  # with a job that nobody took
    ended: int
    held: int
    helped: int  # a task of ann's that somebody helps with
    to_sign: int  # a task that somebody is asked to sign with ann
    digest: str  # of what is to be signed
    link: str
    feed: str  # the address of ann's calendar feed
    decided: str  # a decision that was taken in `waiting`
    client: str  # its id, and what it is worth
    client_secret: str
    allowed_host: int  # where nobody listens
    webhook: int
    push_address: int
    push_service: int
    calendar_day: str
    calendar_change: str
    office_hours: str
    draft: str  # of `PROCESS`, by somebody else
    inbox_view: str  # of ann's
    saved_search: str  # of ann's


def enlarge(runtime: Runtime, world: World) -> More:
    """Put into the world what operations need that it has not."""
    deployed = [_deploy(runtime, DIAGRAM.read_bytes() + b" " * n) for n in (0, 1)]
    began = runtime.bus.run(CreateInstance(OFFICE), actor(runtime, "starter"))
    case = int(began["processInstanceKey"])
    with runtime.database.read() as db:
        c = t.element_instance.c
        of = select(c.key).where(c.process_instance_key == case, c.element_id == "Open")
        element = db.execute(of).scalar_one()
    runtime.bus.run(ActivateAdHoc(element, (("Read", {}),)), SYSTEM)
    with runtime.database.read() as db:
        task = db.execute(select(t.user_task.c.key).where(t.user_task.c.process_instance_key == case)).scalar_one()
    paying, task_of_it = start(runtime, "p")
    ann = actor(runtime, "ann")
    runtime.bus.run(ClaimTask(task_of_it), ann)
    runtime.bus.run(CompleteTask(task_of_it), ann)
    idle = to_job(runtime, "i")
    ended, held = start(runtime, "e")[0], start(runtime, "h")[0]
    runtime.bus.run(CancelInstance(ended), SYSTEM)
    runtime.bus.run(SuspendInstance(held), SYSTEM)
    runtime.bus.run(AssignTask(start(runtime, "a")[1], "ann"), SYSTEM)
    helped, to_sign = start(runtime, "c")[1], start(runtime, "g")[1]
    runtime.bus.run(DelegateTask(helped, "cat"), ann)
    runtime.bus.run(ClaimTask(to_sign), ann)
    runtime.bus.run(AskCoSignatures(to_sign, ("cat",)), ann)
    link = runtime.bus.run(LinkDocument(world.document), SYSTEM)["token"]
    feed = runtime.bus.run(MakeCalendarFeed("ann"), ann)["token"]
    decided = _decided_in(runtime, world.waiting)
    client = runtime.bus.run(AddClient("worker", "parcels"), SYSTEM)
    return More(
        deployed[0][0], deployed[1][1], case, element, task, element, paying, idle, ended, held,
        helped, to_sign, digest_of({}), link, feed, decided,
        client["clientId"], client["clientSecret"], *_channels(runtime, ann), *_calendar(runtime),
        _drafted(runtime),
        runtime.bus.run(SaveInboxView("ann", "hers", SAVED), ann)["inboxViewKey"],
        runtime.bus.run(SaveSearch("ann", "hers", {"words": "w"}), ann)["savedSearchKey"],
    )  # fmt: skip


def _drafted(runtime: Runtime) -> str:
    """A draft of the process, with the table of prices in it."""
    key: str = runtime.bus.run(MakeModelDraft("draft", PROCESS), SYSTEM)["draftKey"]
    price = Path(__file__).parents[1] / "price.dmn"
    file = WriteDraftFile(int(key), "price.dmn", price.read_text(encoding="utf-8"), None)
    runtime.bus.run(file, SYSTEM)
    return key


def _channels(runtime: Runtime, ann: Actor) -> tuple[int, int, int, int]:
    """A host where nobody listens, a webhook there, a push channel of ann's, and a push service of the office's."""
    run = runtime.bus.run
    host = run(AllowHost("127.0.0.1", "for the test", 9, "http", private=True), SYSTEM)["allowedHostKey"]
    hook = run(AddWebhook("registry", NOBODY_THERE), SYSTEM)["webhookKey"]
    push = run(AddPushAddress("ann", "hers", "gotify://127.0.0.1:9/AAAAAAAAAAAAAAA"), ann)["pushAddressKey"]
    service = run(AddPushService("Gotify", "gotify://127.0.0.1:9/{to}"), SYSTEM)["pushServiceKey"]
    return int(host), int(hook), int(push), int(service)


def _calendar(runtime: Runtime) -> tuple[str, str, str]:
    """A day, the change that adding it was, and hours."""
    now = runtime.clock.now().date()
    texts = ("วันหยุด", "Holiday", "มติคณะรัฐมนตรี", "announced")
    added = runtime.bus.run(AddCalendarDays("", now, now, (), *texts), SYSTEM)
    week = (((time(9), time(16)),),) * 5 + ((), ())
    hours = runtime.bus.run(SetOfficeHours("", now, week, *texts[2:]), SYSTEM)
    return added["calendarDayKeys"][0], added["calendarChangeKey"], hours["officeHoursKey"]


def _decided_in(runtime: Runtime, case: int) -> str:
    """Evaluate the table of prices, and say that this was done in the case."""
    made = runtime.bus.run(EvaluateDecision("price", variables={"amount": 1}), SYSTEM)["decisionEvaluationKey"]
    d = t.decision_instance.c
    with runtime.database.write() as db:
        db.execute(update(t.decision_instance).where(d.evaluation_key == int(made)).values(process_instance_key=case))
    return f"{made}-1"


def _deploy(runtime: Runtime, xml: bytes) -> tuple[int, int]:
    files = (Resource("office.bpmn", xml), Resource("start.form", FORM))
    made = runtime.bus.run(Deploy(files), SYSTEM)["deployments"]
    definition = next(d["processDefinition"] for d in made if d["processDefinition"])
    form = next(d["form"] for d in made if d["form"])
    return int(definition["processDefinitionKey"]), int(form["formKey"])


class Place:
    """One cell's office, over a file of its own. What `Row.json` and `Row.form` are given."""

    def __init__(self, cell: Cell, file: Path, world: World, more: More) -> None:
        self.cell, self.world = cell, world
        self.who = str(cell).replace("/", ".").replace(" ", "-")  # the account that asks
        own = cell.relation in ("own", CONFIDENTIAL)
        self.whose = self.who if own else "ann"  # the account that things belong to
        self.program = self.who if own else "worker"  # an account that keys can be made for
        named = {"whose": self.whose, "colleague": "ann", "provider": "none",
                 "dead_letter": DEAD_LETTER, "template": "reminder.th", "register": "risks",
                 "tour": "staff", "process_id": PROCESS}  # fmt: skip
        self.keys: dict[str, Any] = {**asdict(world), **asdict(more), **named}
        self.runtime = open_world(file)
        self.runtime.git, self.keys["commit"] = git_source(file.with_suffix(".git"))
        _relate(self)
        self._watch, self._live = sqlite3.connect(file), sqlite3.connect(file)
        self._live.execute("PRAGMA synchronous=OFF")
        self._kept = sqlite3.connect(":memory:")
        self._live.backup(self._kept)
        self.app = create_app(self.runtime)
        self._ask = Caller(self.app.test_client(use_cookies=False), None if cell == NOBODY else self.who)
        self._seen = self._version()

    def __getattr__(self, name: str) -> Any:
        try:
            return self.keys[name]
        except KeyError:
            raise AttributeError(name) from None

    def ask(self, row: Row, key: Any = None) -> TestResponse:
        """Send the row's request, for the thing that it names or for another key."""
        path, options = self.request(row, key)
        if row.path.startswith(("/oauth", "/scim")):
            return self.app.test_client(use_cookies=False).open(path, method=row.method, **options)
        return self._ask(row.method, path.removeprefix("/v2"), **options)

    def request(self, row: Row, key: Any = None) -> tuple[str, dict[str, Any]]:
        """The whole path of the row's request, and what a client of the application sends."""
        path = row.path
        for place in re.findall(r"\{\w+\}", path):
            value = _FIXED.get(place) or (self.keys[row.at] if key is None else key)
            path = path.replace(place, str(value), 1)
        options = {} if row.form is None else {"data": row.form(self)}
        if row.json is not None:
            options["json"] = row.json(self)
        return path if row.path.startswith(("/oauth", "/scim")) else f"/v2{path}", options

    def changed(self) -> bool:
        """Whether anything was written since it was asked last."""
        before, self._seen = self._seen, self._version()
        return before != self._seen

    def restore(self) -> None:
        """Everything as it was in the beginning."""
        self._kept.backup(self._live)
        self._seen = self._version()

    def _version(self) -> int:
        """A number that SQLite changes with every commit of another connection that wrote something."""
        with closing(self._watch.execute("PRAGMA data_version")) as found:
            return int(found.fetchone()[0])

    def close(self) -> None:
        for connection in (self._watch, self._live, self._kept):
            connection.close()
        self.runtime.close()


def _relate(place: Place) -> None:
    """Make the account, and make the cases and everything personal what it is to be to it."""
    cell, run = place.cell, place.runtime.bus.run
    if cell == NOBODY:
        return
    run(AddPerson(place.who, "Asks", PASSWORD, groups=_groups(cell), roles=_roles(cell)), SYSTEM)
    if place.whose == place.who:
        with place.runtime.database.write() as db:
            db.execute(update(t.notification).values(recipient=place.who))
            for column in _OWN:
                if not (cell.role == "process-owner" and column.table is t.process_instance):
                    db.execute(update(column.table).values({column.name: place.who}))
        if cell.role != "process-owner":
            run(AssignTask(place.task, place.who), SYSTEM)
            run(AssignTask(place.open_task, place.who), SYSTEM)
            _has_to_do_with(place)
    if cell.relation == "group":
        with place.runtime.database.write() as db:
            db.execute(update(t.notification).values(recipient_kind="group", recipient="clerks"))
            db.execute(update(t.co_signature).values(kind="group", name="clerks"))
    if cell.relation == CONFIDENTIAL:
        for case in ("waiting", "working", "broken", "open_case", "paying", "idle", "held"):
            run(ClassifyInstance(getattr(place, case), "secret"), SYSTEM)
        with place.runtime.database.write() as db:  # a case that has ended keeps its class; this one had it before
            db.execute(update(t.process_instance).values(access_class=2))


def _has_to_do_with(place: Place) -> None:
    """One task is the account's while another helps, one it is asked to sign, one it completed."""
    key = t.user_task.c.key
    with place.runtime.database.write() as db:
        db.execute(update(t.user_task).where(key == place.helped).values(owner=place.who))
        db.execute(update(t.user_task).where(key == place.done_task).values(completed_by=place.who))
        db.execute(update(t.co_signature).values(name=place.who))


def _groups(cell: Cell) -> tuple[str, ...]:
    if cell.relation == "group":
        return ("clerks",)
    return ("checkers",) if cell.role == "staff" else ()


def _roles(cell: Cell) -> tuple[tuple[str, str], ...]:
    if cell.role == "process-owner":
        own = cell.relation in ("own", CONFIDENTIAL)
        return tuple((cell.role, process) for process in ((PROCESS, OFFICE) if own else ("another",)))
    return () if cell.role in ("staff", "no role") else ((cell.role, ""),)


def build_places(file: Path, world: World, cells: tuple[Cell, ...], folder: Path) -> dict[Cell, Place]:
    """A place for each cell; `file` is the world that they are copies of."""
    grown = folder / "grown.db"
    grown.write_bytes(file.read_bytes())
    runtime = open_world(grown)
    more = enlarge(runtime, world)
    runtime.close()
    made = {}
    for number, cell in enumerate(cells):
        copy = folder / f"{number}.db"
        copy.write_bytes(grown.read_bytes())
        made[cell] = Place(cell, copy, world, more)
    return made
