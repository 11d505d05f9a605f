"""The rows of the matrix that change something. What is sent is sound: who may succeeds."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from tests.api.matrix.accounts import CHANGE_ACCOUNTS
from tests.api.matrix.cells import (
    ADMINISTRATOR,
    ASSIGNEE,
    CLIENT,
    EVERY_ACCOUNT,
    EVERYBODY,
    OWNER,
    OWNERS,
    PARTICIPANT,
    READS_CASE,
    RUNS_CASE,
    SEES_CASE,
    SELF,
    STAFF,
    Cells,
    Given,
    Row,
)
from tests.api.matrix.git import CHANGES as GIT_CHANGES
from tests.api.matrix.inbox import INBOX
from tests.api.matrix.own import OWN_CHANGES
from tests.api.matrix.reads import REPORT, REPORTED, WITHIN
from tests.api.people import PASSWORD
from tests.api.world import DIAGRAM, PROCESS

PROGRAMS = "of others: keys of programs alone"
EACH = "each case needs the permission, too"
HEAD = "also the head of the unit"
WHY = {"reason": "entered twice"}
DECIDED = {"source": "มติคณะรัฐมนตรี", "reason": "the cabinet decided so"}
LATER = {"startDate": "2026-05-01T00:00:00Z", "endDate": "2026-05-02T00:00:00Z"}


def _same(**json: Any) -> Any:
    return lambda _place: json


def _upload(_place: Any) -> Any:
    return {"file": (io.BytesIO(b"%PDF"), "paper.pdf", "application/pdf")}


def _uploads(_place: Any) -> Any:
    return {"files": [(io.BytesIO(b"%PDF"), "paper.pdf", "application/pdf")]}


def _note(_place: Any) -> Any:
    return {"files": [(io.BytesIO(b"x"), "notes.md")]}


def _of_case(place: Any) -> Any:
    return {"metadata": f'{{"processInstanceKey": "{place.waiting}"}}'}


def _diagram(_place: Any) -> Any:
    return {"resources": [(io.BytesIO(DIAGRAM.read_bytes().replace(b"small", b"large")), "order.bpmn")]}


def _credentials(place: Any) -> Any:
    return {"grant_type": "client_credentials", "client_id": place.client, "client_secret": place.client_secret}


def _batch(kind: str, may: Cells = OWNERS | ADMINISTRATOR, more: Given = lambda p: {}) -> Row:
    """For many cases: whoever owns a process or runs the engine may ask, and each case needs its permission, too."""

    def json(place: Any) -> Any:
        return {"filter": {"processInstanceKey": str(place.waiting)}, **WHY, **more(place)}

    return Row(f"POST /process-instances/{kind}", may, json=json, of_case=False, note=EACH)


def _migrated(_place: Any) -> Any:
    steps = [{"sourceElementId": e, "targetElementId": e} for e in ("Open", "Read")]
    return {"targetProcessDefinitionKey": str(_place.spare), "mappingInstructions": steps, **WHY}


ACCOUNTS = (
    Row("POST /session", EVERYBODY, json=lambda p: {"username": "ann", "password": PASSWORD}, of_case=False),
    Row("POST /session/code", EVERYBODY, json=_same(code="000000"), of_case=False, otherwise=("sign-in-again",)),
    Row("DELETE /session", EVERY_ACCOUNT, of_case=False),
    Row("POST /oauth/token", EVERYBODY, of_case=False, form=_credentials),
    Row("PUT /authentication/me/password", EVERY_ACCOUNT, of_case=False, note="one's own",
        json=_same(currentPassword=PASSWORD, newPassword="a long new pass phrase")),
    Row("POST /authentication/me/second-factor", EVERY_ACCOUNT, json=_same(password=PASSWORD), of_case=False,
        note="one's own"),
    Row("PUT /authentication/me/second-factor", EVERY_ACCOUNT, json=_same(code="000000"), of_case=False,
        otherwise=("no-second-factor",), note="one's own"),
    *(Row(f"POST /authentication/me/second-factor/{what}", EVERY_ACCOUNT, of_case=False, note="one's own",
          json=_same(password=PASSWORD, code="000000"), otherwise=("no-second-factor",))
      for what in ("recovery-codes", "removal")),
    Row("DELETE /users/{username}/second-factor", ADMINISTRATOR, "colleague", of_case=False,
        otherwise=("no-second-factor",), note="never one's own"),
    Row("POST /authentication/me/calendar-feed", EVERY_ACCOUNT, json=_same(), of_case=False, note="one's own"),
    Row("PUT /authentication/me/calendar-feed", EVERY_ACCOUNT, json=_same(groupTasks=True, statutory=False),
        of_case=False, otherwise=("not-found",), note="one's own"),
    Row("DELETE /authentication/me/calendar-feed", EVERY_ACCOUNT, of_case=False, otherwise=("not-found",),
        note="one's own"),
    Row("PUT /authentication/me/notification-preferences", EVERY_ACCOUNT, of_case=False, note="one's own",
        json=_same(language="en", digestAt="08:00", quietFrom=None, quietUntil=None)),
    Row("PUT /notification-templates/{template_id}", ADMINISTRATOR, "template", _same(subject="s", text="{{ body }}"),
        of_case=False),
    Row("DELETE /notification-templates/{template_id}", ADMINISTRATOR, "template", of_case=False),
    Row("POST /notification-templates/{template_id}/preview", ADMINISTRATOR, "template",
        _same(subject="s", text="{{ body }}"), of_case=False),
    Row("POST /dead-letters/{key}/retry", ADMINISTRATOR, "dead_letter", _same(**WHY)),
    Row("POST /dead-letters/{key}/drop", ADMINISTRATOR, "dead_letter", _same(**WHY)),
    Row("POST /tokens", SELF | ADMINISTRATOR, json=lambda p: {"name": "t", "username": p.program}, of_case=False,
        note=PROGRAMS),
    Row("DELETE /tokens/{token_id}", SELF | ADMINISTRATOR, "token_id", of_case=False),
    Row("POST /clients", SELF | ADMINISTRATOR, json=lambda p: {"name": "c", "username": p.program}, of_case=False,
        note=PROGRAMS),
    Row("DELETE /clients/{client_id}", SELF | ADMINISTRATOR, "client_id", of_case=False),
    Row("DELETE /sessions/{session_id}", SELF | ADMINISTRATOR, "session_id", of_case=False),
    Row("DELETE /users/{username}/sessions", SELF | ADMINISTRATOR, "whose", of_case=False),
    Row("PUT /users/{username}/clearance", ADMINISTRATOR, "colleague", _same(clearance="SECRET"), of_case=False,
        note="never one's own"),
    Row("POST /substitutions", SELF | ADMINISTRATOR, of_case=False, note=HEAD,
        json=lambda p: {"absent": p.whose, "substitute": "cat", **LATER}),
    Row("POST /substitutions/{key}/end", SELF | ADMINISTRATOR, "substitution", of_case=False, note=HEAD),
    Row("POST /calendar-days", ADMINISTRATOR, of_case=False,
        json=_same(firstDay="2026-12-28", th="วันหยุด", en="Holiday", **DECIDED)),
    Row("POST /calendar-days/{key}/withdrawal", ADMINISTRATOR, "calendar_day", _same(**DECIDED), of_case=False),
    Row("POST /office-hours", ADMINISTRATOR, of_case=False,
        json=_same(validFrom="2026-12-28", week=[[["09:00", "16:00"]]] * 7, **DECIDED)),
    Row("POST /office-hours/{key}/withdrawal", ADMINISTRATOR, "office_hours", _same(**DECIDED), of_case=False),
    Row("POST /calendar-years", ADMINISTRATOR, json=_same(year=2030), of_case=False),
    Row("POST /users/{username}/hand-over", RUNS_CASE, "colleague", _same(to=None, reason="she has left"),
        finds="handedOver"),
    Row("POST /notifications/{key}/read", SELF | PARTICIPANT, "notification"),
)  # fmt: skip
ASKED_FOR = {"username": "cat", "identifiers": ["1101799912345"]}
PERSONS = (  # about every case, so for who is cleared for each
    Row(
        "POST /reports/standard-time/file", REPORTED, json=_same(**REPORT, format="csv"), of_case=False, note=WITHIN,
    ),
    Row("POST /personal-data/inquiry", ADMINISTRATOR, json=_same(**ASKED_FOR)),
    Row("POST /personal-data/copy", ADMINISTRATOR, json=_same(reason="she asks for a copy", **ASKED_FOR)),
    Row("POST /personal-data/erasure", ADMINISTRATOR, json=_same(reason="she asks to be erased", **ASKED_FOR)),
)
PROVIDERS = (
    Row("GET /session/providers/{provider_id}", EVERYBODY, "provider", of_case=False, otherwise=("not-found",)),
    Row("GET /session/providers/{provider_id}/callback", EVERYBODY, "provider", of_case=False, otherwise=("not-found",)),
    Row("POST /session/providers/{provider_id}/logout", EVERYBODY, "provider", of_case=False, otherwise=("not-found",)),
)
DEPLOYED = (
    Row("POST /model-drafts", OWNER, json=_same(name="draft", processDefinitionId=PROCESS), of_case=False),
    Row("POST /model-drafts/import", OWNERS, form=_note, of_case=False),
    Row("DELETE /model-drafts/{key}", OWNER, "draft", of_case=False),
    Row("PUT /model-drafts/{key}/files/content", OWNER, "draft", of_case=False,
        json=_same(path="notes.md", content="x", revision=None)),
    Row("DELETE /model-drafts/{key}/files/content", OWNER, "draft", of_case=False, otherwise=("invalid-argument",)),
    Row("POST /model-drafts/{key}/files/restoration", OWNER, "draft", of_case=False,
        json=_same(path="order.bpmn", to=1, revision=1)),
    Row("POST /model-drafts/{key}/files/layout", OWNER, "draft", of_case=False,
        json=_same(path="order.bpmn", revision=1)),
    Row("POST /model-drafts/{key}/publication", OWNER, "draft", of_case=False, json=_same(revision=2, **WHY)),
    *(Row(f"POST /model-drafts/{{key}}/publication/{what}", OWNER, "draft", of_case=False, json=json,
          otherwise=("draft-not-awaiting",), note="never one's own request" if what != "withdrawal" else "one's own")
      for what, json in (("approval", _same(revision=1)), ("rejection", _same(**WHY)), ("withdrawal", None))),
    Row("POST /deployments", OWNER, form=_diagram, of_case=False),
    Row("POST /resources/{key}/deletion", OWNER | ADMINISTRATOR, "spare", of_case=False),
    Row("POST /decision-definitions/evaluation", STAFF | OWNERS | CLIENT, of_case=False,
        json=_same(decisionDefinitionId="price", variables={"amount": 1})),
    Row("POST /conditionals/evaluation", STAFF | OWNER | CLIENT, of_case=False,
        json=lambda p: {"variables": {}, "processDefinitionKey": str(p.definition)}),
    Row("POST /messages/publication", OWNER | CLIENT, of_case=False, json=_same(name="paid", correlationKey="p")),
    Row("POST /messages/correlation", OWNER | CLIENT, of_case=False, json=_same(name="paid", correlationKey="p")),
    Row("POST /signals/broadcast", OWNERS | CLIENT, of_case=False, json=_same(signalName="nobody-waits")),
)  # fmt: skip
CASES = (
    Row("POST /process-instances", STAFF | OWNER | CLIENT, of_case=False,
        json=_same(processDefinitionId=PROCESS, variables={"orderId": "new"})),
    Row("PUT /process-instances/{key}/access-class", PARTICIPANT | OWNER, "waiting", _same(accessClass="NORMAL"),
        note="to lower it: its owner alone"),
    Row("POST /process-instances/{key}/suspension", RUNS_CASE, "waiting", _same(**WHY)),
    Row("POST /process-instances/{key}/resumption", RUNS_CASE, "held", _same(**WHY)),
    Row("POST /process-instances/{key}/cancellation", RUNS_CASE, "waiting", _same(**WHY)),
    Row("POST /process-instances/{key}/deletion", ADMINISTRATOR, "ended", _same(**WHY)),
    Row("POST /process-instances/{key}/modification", OWNER, "waiting",
        _same(activateInstructions=[{"elementId": "Task_Check"}], **WHY)),
    Row("POST /process-instances/{key}/migration", OWNER, "open_case", _migrated),
    Row("POST /process-instances/{key}/restart", OWNER, "ended", _same(elementIds=["Task_Check"], **WHY)),
    Row("POST /process-instances/{key}/business-id-assignment", OWNER, "waiting", _same(businessId="69/1")),
    Row("POST /process-instances/{key}/incident-resolution", RUNS_CASE, "broken", _same()),
    Row("POST /process-instances/{key}/correction", PARTICIPANT | OWNER, "open_case", _same(variables={"subject": "x"})),
    Row("POST /process-instances/{key}/comments", PARTICIPANT | OWNER, "waiting", _same(text="หมายเหตุ")),
    Row("POST /deadlines/{key}/extension", OWNER, "clock", note="also who watches over it",
        json=lambda p: {"dueDate": (p.runtime.clock.now() + timedelta(days=9)).isoformat(), **WHY}),
    Row("POST /deadlines/{key}/supplements", PARTICIPANT | OWNER, "clock", _same(text="forty more persons")),
    Row("PUT /element-instances/{key}/variables", OWNER, "waiting", _same(variables={"a": 1})),
    Row("POST /element-instances/ad-hoc-activities/{key}/activation", OWNER, "open_element",
        _same(elements=[{"elementId": "Answer"}], **WHY)),
    Row("POST /element-instances/{key}/due-time", OWNER, "timer_element",
        _same(dueDate="2026-05-01T09:00:00+07:00", elementId="Late", **WHY)),
    Row("POST /incidents/{key}/resolution", RUNS_CASE, "incident", _same(), otherwise=("invalid-state",)),
    _batch("cancellation"), _batch("deletion", ADMINISTRATOR), _batch("suspension"), _batch("resumption"),
    _batch("incident-resolution"),
    _batch("migration", more=lambda p: {
        "migrationPlan": {"targetProcessDefinitionKey": str(p.spare), "mappingInstructions": []}}),
    _batch("modification", more=_same(
        moveInstructions=[{"sourceElementId": "Task_Check", "targetElementId": "Catch_Paid"}])),
    *(Row(f"POST /batch-operations/{{key}}/{what}", SELF | ADMINISTRATOR, "batch", _same(), of_case=False,
          otherwise=("invalid-state",)) for what in ("suspension", "resumption", "cancellation")),
    Row("POST /interventions", RUNS_CASE,
        json=lambda p: {"kind": "cancel", "key": str(p.waiting), "request": WHY}, note="all kinds but the next"),
    Row("POST /interventions", PARTICIPANT | RUNS_CASE, note="to waive a control point",
        json=lambda p: {"kind": "waive", "key": str(p.open_task),
                        "request": {"controlPointId": "cp", "reason": "seen before"}}),
    Row("POST /interventions/{key}/approval", RUNS_CASE, "intervention", _same(),
        otherwise=("second-person-needed",)),
    Row("POST /interventions/{key}/rejection", RUNS_CASE, "intervention", _same(note="not a double"),
        otherwise=("second-person-needed",)),
    Row("POST /interventions/{key}/withdrawal", SELF, "intervention"),
    Row("POST /legal-holds", RUNS_CASE,
        json=lambda p: {"processInstanceKey": str(p.working), "reason": "a court asked for it"}),
    Row("POST /legal-holds/{key}/end", RUNS_CASE, "hold", _same(reason="the trial is over")),
    Row("POST /documents", STAFF | OWNERS | CLIENT, form=_upload, of_case=False, note="of no case"),
    Row("POST /documents", PARTICIPANT | OWNER | CLIENT, form=lambda p: _upload(p) | _of_case(p), note="of a case",
        refusals=(400, 403)),
    Row("POST /documents/batch", STAFF | OWNERS | CLIENT, form=_uploads, of_case=False, finds="createdDocuments",
        note="of no case"),
    Row("POST /documents/batch", PARTICIPANT | OWNER | CLIENT, finds="createdDocuments", note="of a case",
        form=lambda p: _uploads(p) | {"metadataList": _of_case(p)["metadata"]}),
    Row("POST /documents/{document_id}/links", READS_CASE | CLIENT | SELF, "document", _same()),
    Row("PUT /documents/{document_id}/access-class", PARTICIPANT | OWNER | SELF, "document",
        _same(accessClass="NORMAL")),
    Row("DELETE /documents/{document_id}", RUNS_CASE | SELF, "document", otherwise=("case-held",)),
)  # fmt: skip
TASKS = (
    Row("PATCH /user-tasks/{key}", OWNER, "task", _same(changeset={"priority": 1})),
    Row("POST /user-tasks/{key}/assignment", PARTICIPANT | OWNER, "task", lambda p: {"assignee": p.who}, note="to oneself"),
    Row("POST /user-tasks/{key}/assignment", OWNER, "task", _same(assignee="cat"), note="to somebody else"),
    Row("DELETE /user-tasks/{key}/assignee", ASSIGNEE | OWNER, "task"),
    Row("POST /user-tasks/{key}/completion", PARTICIPANT, "task", _same(variables={})),
    Row("PUT /user-tasks/{key}/draft", PARTICIPANT, "task", _same(variables={"a": 1})),
    Row("DELETE /user-tasks/{key}/draft", PARTICIPANT, "task"),
    Row("PUT /user-tasks/{key}/presence", SEES_CASE, "task"),
    Row("DELETE /user-tasks/{key}/presence", SEES_CASE, "task"),
    Row("POST /user-tasks/{key}/control-points/{control_point_id}/waiver", PARTICIPANT | RUNS_CASE, "task",
        _same(reason="seen before"), otherwise=("second-person-needed",), note="asked for, never done at once"),
    Row("POST /user-tasks/{key}/delegation", PARTICIPANT, "task", _same(to="cat")),
    Row("POST /user-tasks/{key}/resolution", ASSIGNEE, "helped", _same(),
        note="whose task it is, and who helps with it"),
    Row("POST /user-tasks/{key}/return", ASSIGNEE, "task", _same(to="Gone", reason="a page is missing"),
        otherwise=("not-to-be-returned",), note="where the diagram allows it"),
    Row("POST /user-tasks/{key}/recall", ASSIGNEE, "done_task", _same(reason="a page is missing"),
        otherwise=("not-to-be-recalled",), note="own: who completed it, where the diagram allows it"),
    Row("POST /user-tasks/{key}/co-signatures", ASSIGNEE, "task", _same(users=["cat"])),
    Row("POST /user-tasks/{key}/co-signature", PARTICIPANT, "to_sign", lambda p: {"agree": True, "digest": p.digest},
        note="own, and group: who is asked to sign"),
)  # fmt: skip
JOBS = (
    Row("POST /jobs/activation", CLIENT, finds="jobs",
        json=_same(type="sdk-pack", timeout=60_000, maxJobsToActivate=5, requestTimeout=-1)),
    Row("POST /jobs/{key}/completion", CLIENT, "job", _same()),
    Row("POST /jobs/{key}/error", CLIENT, "job", _same(errorCode="BROKEN")),
    Row("POST /jobs/{key}/failure", CLIENT, "job", _same(retries=1)),
    Row("PATCH /jobs/{key}", CLIENT | RUNS_CASE, "broken_job", _same(changeset={"retries": 1})),
)  # fmt: skip

CHANNELS = (
    Row("POST /allowed-hosts", ADMINISTRATOR, json=_same(pattern="new.test", **WHY), of_case=False),
    Row("DELETE /allowed-hosts/{key}", ADMINISTRATOR, "allowed_host", of_case=False),
    Row("POST /webhooks", ADMINISTRATOR, json=_same(name="w", url="http://127.0.0.1:9/"), of_case=False),
    Row("PUT /webhooks/{key}", ADMINISTRATOR, "webhook", _same(name="w", url="http://127.0.0.1:9/", active=True),
        of_case=False),
    Row("POST /webhooks/{key}/secret", ADMINISTRATOR, "webhook", of_case=False),
    Row("POST /webhooks/{key}/trial", ADMINISTRATOR, "webhook", of_case=False),
    Row("DELETE /webhooks/{key}", ADMINISTRATOR, "webhook", of_case=False),
    Row("POST /authentication/me/push-addresses", EVERY_ACCOUNT, of_case=False, note="one's own",
        json=_same(label="mine", address="gotify://127.0.0.1:9/AAAAAAAAAAAAAAA")),
    Row("POST /authentication/me/push-addresses/{key}/trial", SELF, "push_address", of_case=False),
    Row("DELETE /authentication/me/push-addresses/{key}", SELF, "push_address", of_case=False),
    Row("POST /push-services", ADMINISTRATOR, json=_same(name="s", address="gotify://127.0.0.1:9/{to}"), of_case=False),
    Row("DELETE /push-services/{key}", ADMINISTRATOR, "push_service", of_case=False),
)  # fmt: skip
CHANGES = (
    *CHANNELS, *ACCOUNTS, *PERSONS, *PROVIDERS, *DEPLOYED, *CASES, *TASKS, *JOBS,
    *CHANGE_ACCOUNTS,  # of a file of its own
    *INBOX,  # of a file of its own
    *OWN_CHANGES,  # of a file of its own
    *GIT_CHANGES,  # of a file of its own
)  # fmt: skip
