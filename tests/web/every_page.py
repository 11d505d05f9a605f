"""Every page of the application, with something on it, and what opens on top of it: for tests that look at all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from engine.layout import layout
from tests.execution.bench import diagram, flows, node, user
from tests.web.office import PROCESS, STAFF, Case, Office
from tests.web.permits import begin, deploy, put
from tests.web.serving import ROOT

APP = ROOT / "web" / "src" / "app" / "App.tsx"
PERMIT, TRIED, LETTER = "seen-permit", "seen-tried", "seen-letter"


@dataclass(frozen=True)
class Look:
    """A page: its address, what shows that it is drawn, and keys of the texts of buttons that open a dialog on it."""

    path: str
    ready: str
    opens: tuple[str, ...] = ()


@dataclass
class World:
    """What stands on the pages: a case with a task in hand and a waiver asked for, what stopped, what was drafted."""

    case: Case
    task: str
    free: Case
    cause: str = ""
    operation: str = ""
    draft: str = ""
    form: str = ""  # the paths of a form and of decision tables in the draft
    tables: str = ""


def furnish(office: Office) -> World:
    """Bring it all about; the clock goes on by 25 hours, so that there are warnings."""
    case = office.case("Task_NotifyOffice")
    office.advance(timedelta(hours=25))
    world = World(case, case.claim("Task_NotifyOffice", STAFF), office.case())
    point = case.get("control-points")[-1]["controlPointId"]
    body = {"kind": "waive", "key": world.task, "request": {"controlPointId": point, "reason": "เอกสารตามมาภายหลัง"}}
    office.ask("POST", "/v2/interventions", body, STAFF)
    office.ask("POST", f"/v2/process-instances/{case.key}/comments", {"text": "โทรแจ้งแล้ว"}, STAFF)
    incidents(office, world)
    held = {"processInstanceKey": world.free.key, "reason": "ศาลขอให้เก็บรักษา"}
    office.ask("POST", "/v2/legal-holds", held, "admin")
    office.ask("POST", "/v2/tokens", {"name": "ระบบสารบรรณ", "username": "admin", "permissions": ["job:work"]}, "admin")
    draft = {"name": "ร่าง", "processDefinitionId": PROCESS}
    world.draft = str(office.ask("POST", "/v2/model-drafts", draft)["draftKey"])
    files = office.ask("GET", f"/v2/model-drafts/{world.draft}")["files"]
    world.form = next(file["path"] for file in files if file["path"].endswith(".form"))
    world.tables = next(file["path"] for file in files if file["path"].endswith(".dmn"))
    return world


def incidents(office: Office, world: World) -> None:
    """A cause that stops a case, an operation that came to nothing, a job that waits."""
    for process in (PERMIT, TRIED):
        deploy(office, process)
        begin(office, process)
    found = office.ask("POST", "/v2/incidents/search", {"filter": {"processDefinitionId": PERMIT}})["items"]
    body = {"filter": {"processDefinitionId": TRIED, "hasElementInstanceIncident": True}, "reason": "ลองอีกครั้ง"}
    made = office.ask("POST", "/v2/process-instances/incident-resolution", body)
    world.cause, world.operation = str(found[0]["incidentKey"]), str(made["batchOperationKey"])
    job = node("serviceTask", "Send", f'<zeebe:taskDefinition type="{LETTER}" retries="3"/>')
    parts = node("startEvent", "s") + job + user("Sign") + flows("s Send", "Send Sign")
    put(office, LETTER, layout(diagram(parts, process_id=LETTER)))
    begin(office, LETTER)


def of_staff(world: World) -> dict[str, Look]:
    """Pages of daily work, as staff sees them."""
    case = world.case
    return {
        "inbox": Look("/", "table, .card", ("inbox.display", "inbox.saved.save")),
        "inbox-groups": Look("/?view=groups", "table, .card"),
        "task": Look(f"/tasks/{world.task}", ".djs-shape", ("task.help.ask", "task.sign.ask")),
        "start": Look("/start", ".start-list"),
        "start-form": Look(f"/start/{case.definition}", ".fjs-form-field"),
        "mine": Look("/mine", "table, .card"),
        "cases": Look("/cases", "table"),
        "case": Look(f"/cases/{case.key}", ".timeline li"),
        "clocks": Look("/clocks", ".task-table tbody tr"),
        "correction": Look(f"/cases/{case.key}/correction", ".fjs-form-field"),
        "notifications": Look("/notifications", ".notification"),
        "account": Look("/account", ".account-table"),
        "substitutes": Look("/substitutes", "form"),
        "nothing-here": Look("/nothing-here", "h1"),
    }


def of_owners(world: World) -> dict[str, Look]:
    """Pages of who answers for a process."""
    version, modeler = world.case.definition, f"/workbench/drafts/{world.draft}"
    sides = f"process={PROCESS}&before=v1&after=d{world.draft}"
    return {
        "approvals": Look("/approvals", ".interventions > li", ("intervention.approve", "intervention.reject")),
        "case-managed": Look(f"/cases/{world.case.key}", ".interventions > li", ("manage.cancel", "manage.change")),
        "modification": Look(f"/cases/{world.case.key}/modification", ".djs-shape"),
        "workbench": Look("/workbench", "main .card, main table, main li", ("workbench.new",)),
        "workbench-process": Look(f"/workbench?process={PROCESS}", "table, li"),
        "draft": Look(modeler, ".djs-shape", ("draft.publish", "draft.discard")),
        "form": Look(f"{modeler}?file={world.form}", ".fjs-form-field"),
        "tables": Look(f"{modeler}?file={world.tables}", "main [role=grid]"),
        "trial": Look(f"{modeler}/trial", "main .card"),
        "source": Look("/workbench/source", "main .card, main table, main p"),
        "compare": Look(f"/workbench/compare?{sides}", ".djs-shape"),
        "process": Look(f"/processes/{version}", ".djs-shape"),
        "heat": Look(f"/processes/{version}/heat", ".djs-shape"),
        "variants": Look(f"/processes/{version}/variants", "main .card"),
        "migration": Look("/migration", "select"),
        "registers": Look("/registers", "table"),
        "reports": Look(f"/reports?process={PROCESS}", ".report-text"),
        "hand-over": Look("/hand-over", "input"),
    }


def of_administrators(world: World) -> dict[str, Look]:
    """Pages of who reads everything and of who keeps the service going."""
    return {
        "search": Look(f"/search?number={world.case.number.replace(' ', '%20')}", ".task-table"),
        "checked": Look("/checked", "table"),
        "interventions": Look("/interventions", "table"),
        "people": Look("/people", "table", ("accounts.add",)),
        "person": Look(f"/people/accounts/{STAFF}", "#person-facts", ("accounts.edit", "accounts.makeOneTime", "accounts.deactivate")),
        "groups": Look("/people/groups", "table"),
        "group": Look("/people/groups/dpo", "table"),
        "roles": Look("/people/roles", "summary"),
        "keys": Look("/people/keys", ".entries li"),
        "import": Look("/people/import", "main .card"),
        "data-protection": Look("/data-protection", ".holds li", ("privacy.place", "privacy.end")),
        "data-requests": Look("/data-protection/requests", "form"),
        "sign-in-settings": Look("/sign-in-settings", "main .card"),
        "audit-trail": Look("/audit-trail", "table"),
        "incidents": Look("/incidents", "main .card"),
        "cause": Look(f"/incidents/{world.cause}", ".djs-shape", ("incidents.retryAll", "manage.resolve")),
        "jobs": Look("/jobs", ".card-list li", ("jobs.change",)),
        "operations": Look("/operations", ".card-list li"),
        "operation": Look(f"/operations/{world.operation}", "#operation-items"),
        "health": Look("/health", ".card li"),
        "channels": Look("/channels", "main .card", ("hosts.add", "webhooks.add", "services.add")),
        "texts": Look("/notification-texts", "textarea"),
        "office-calendar": Look("/office-calendar", "table", ("office.add", "hours.add")),
        "components": Look("/components", ".specimen"),
    }  # fmt: skip


def of_nobody_yet(world: World) -> dict[str, Look]:
    """Pages that no list here names, as far as their address is all that they need."""
    routes = unseen({**of_staff(world), **of_owners(world), **of_administrators(world)}) - {"/signin"}
    return {route: Look(route, "main h1") for route in routes if ":" not in route}


def unseen(looks: dict[str, Look]) -> set[str]:
    """The routes of the application that none of these leads to."""
    routes = re.findall(r"path: '([^']+)'", APP.read_text(encoding="utf-8"))
    paths = [look.path.partition("?")[0] for look in looks.values()]
    patterns = {route: re.sub(r":\w+", "[^/]+", route).replace("*", "/nothing-here") for route in routes}
    return {route for route, pattern in patterns.items() if not any(re.fullmatch(pattern, path) for path in paths)}
