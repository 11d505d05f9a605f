"""User tasks: lists with any filter, one task, its form, variables and draft."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.model.masking import Cover
from engine.model.words import plain
from engine.policy.permissions import Facts, allowed, require
from engine.queries import elements
from engine.queries.definitions import FORM
from engine.queries.filters import compile_field, contains
from engine.queries.instances import tags_filter
from engine.queries.marks import marked, unread
from engine.queries.masking import covers
from engine.queries.noun import TENANT, Context, Field, Noun, Special
from engine.queries.search import Search, search
from engine.queries.variable_filter import variables_filter
from engine.queries.visibility import sees_case
from engine.queries.words import LONGEST_WORDS, spellings
from engine.store.tables import form_definition as fd
from engine.store.tables import process_instance as pi
from engine.store.tables import task_candidate as tc
from engine.store.tables import task_draft, task_label
from engine.store.tables import user_task as t
from engine.store.tables import variable as v
from engine.store.tasks import DUE_BY


def _candidate(kind: str) -> Special:
    def condition(value: Any, context: Context) -> ColumnElement[bool]:
        row = tc.alias()
        named = compile_field("candidate", row.c.name, "string", value, context)
        return select(row.c.task_key).where(row.c.task_key == t.c.key, row.c.kind == kind, *named).exists()

    return condition


def _text(value: Any, context: Context) -> ColumnElement[bool]:
    """Every word stands somewhere in the names of the task and its process or in the number of the case, however the
    keyboard writes it. Thai is not cut into words: what a word is, is what stands between spaces."""
    if not isinstance(value, str) or len(value) > LONGEST_WORDS:
        raise InvalidArgument(f"filter: text is a text of at most {LONGEST_WORDS} characters")
    return and_(True, *(_holds(word, context) for word in value.split()))


def _holds(word: str, context: Context) -> ColumnElement[bool]:
    find = func.strpos if context.dialect == "postgresql" else func.instr
    called = select(task_label.c.key).where(find(task_label.c.words, plain(word)) > 0)
    return or_(t.c.label_key.in_(called), *(contains(t.c.business_id, way) for way in spellings(word)))


USER_TASK = Noun(
    "UserTask",
    t.join(pi, pi.c.key == t.c.process_instance_key),
    "userTaskKey",
    {
        "userTaskKey": Field(t.c.key, "key"),
        "name": Field(t.c.name, "string", nullable=True),
        "state": Field(t.c.state, "enum"),
        "assignee": Field(t.c.assignee, "string", nullable=True),
        "elementId": Field(t.c.element_id, "string"),
        "elementInstanceKey": Field(t.c.key, "key"),
        "candidateGroups": Field(t.c.candidate_groups, "strings", filterable=False, sortable=False),
        "candidateUsers": Field(t.c.candidate_users, "strings", filterable=False, sortable=False),
        "processDefinitionId": Field(t.c.process_id, "string"),
        "processDefinitionKey": Field(t.c.definition_key, "key"),
        "processDefinitionVersion": Field(t.c.process_version, "integer"),
        "processName": Field(t.c.process_name, "string", nullable=True),
        "processInstanceKey": Field(t.c.process_instance_key, "key"),
        "rootProcessInstanceKey": Field(t.c.root_key, "key"),
        "creationDate": Field(t.c.created_at, "moment"),
        "completionDate": Field(t.c.completed_at, "moment", nullable=True),
        "followUpDate": Field(t.c.follow_up_at, "moment", nullable=True),
        "dueDate": Field(t.c.due_at, "moment", nullable=True),
        "formKey": Field(t.c.form_key, "key", nullable=True),
        "externalFormReference": Field(t.c.external_form_reference, "string", nullable=True),
        "customHeaders": Field(t.c.custom_headers, "object", filterable=False, sortable=False),
        "priority": Field(t.c.priority, "integer"),
        "tags": Field(pi.c.tags, "strings", filterable=False, sortable=False),
        "businessId": Field(t.c.business_id, "string", nullable=True),
        "tenantId": TENANT,
        "nameEn": Field(t.c.name_en, "string", nullable=True),
        "processNameEn": Field(t.c.process_name_en, "string", nullable=True),
        "stepNumber": Field(t.c.step_number, "string", nullable=True),
        "statutoryDueDate": Field(t.c.statutory_due_at, "moment", nullable=True),
        "standardDueDate": Field(t.c.standard_due_at, "moment", nullable=True),
        "dueBy": Field(DUE_BY, "moment", nullable=True),  # the earlier of the two
        "completedBy": Field(t.c.completed_by, "string", nullable=True),
        "completedThrough": Field(t.c.completed_through, "string", nullable=True),
        "owner": Field(t.c.owner, "string", nullable=True),
        "delegationState": Field(t.c.delegation, "enum", nullable=True),
        "createdBy": Field(pi.c.started_by, "string"),
        "rev": Field(t.c.rev, "integer", filterable=False, sortable=False),
    },
    {
        "candidateGroup": _candidate("group"),
        "candidateUser": _candidate("user"),
        "processInstanceVariables": variables_filter(t.c.process_instance_key),
        "localVariables": variables_filter(t.c.key, "scope_key"),
        "tags": tags_filter(pi.c.tags),
        "text": _text,
        "unread": unread,
    },
    described={
        "text": "words that all stand in the names of the task and its process or in the number of the case",
        "unread": "true: only what who asks has not read; false: only what was read",
        "candidateGroup": "a unit or group that may do the task, or an object of operators",
    },
)


def sees_task(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor may see the task: whoever may see its case."""
    return sees_case(actor, t.c.process_instance_key, t.c.process_id)


def search_tasks(db: Connection, actor: Actor, request: Search, *where: ColumnElement[bool]) -> dict[str, Any]:
    """The user tasks that the actor may see, with the actor's own marks."""
    found = search(db, USER_TASK, request, sees_task(actor), *where, actor=actor)
    marked(db, actor, found["items"])
    return found


def get_task(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One user task, with the actor's own marks. Raises NotFound, also for one that the actor may not see."""
    found = USER_TASK.one(db, t.c.key == key, sees_task(actor))
    if found is None:
        raise NotFound(userTaskKey=str(key))
    marked(db, actor, [found])
    return found


def get_task_form(db: Connection, actor: Actor, key: int) -> dict[str, Any] | None:
    """The form of the task, None when it has none. Raises NotFound."""
    form_key = get_task(db, actor, key)["formKey"]
    return None if form_key is None else FORM.one(db, fd.c.key == int(form_key))


def search_task_variables(
    db: Connection, actor: Actor, key: int, request: Search, truncate: bool, effective: bool
) -> dict[str, Any]:
    """The variables of every scope that the task sees; with `effective`, of each name the innermost."""
    get_task(db, actor, key)
    scopes = elements.scopes_of(db, key)
    where: list[ColumnElement[bool]] = [v.c.scope_key.in_(scopes)]
    if effective:
        innermost: dict[str, tuple[int, int]] = {}
        for row in db.execute(select(v.c.key, v.c.name, v.c.scope_key).where(v.c.scope_key.in_(scopes))):
            rank = scopes.index(row.scope_key)
            if row.name not in innermost or rank < innermost[row.name][0]:
                innermost[row.name] = (rank, row.key)
        where = [v.c.key.in_([variable_key for _, variable_key in innermost.values()])]
    return elements.search_variables(db, actor, request, truncate, *where)


def facts_of(task: dict[str, Any]) -> Facts:
    """What the rules of permissions may know of a task."""
    return Facts(
        process_ids=frozenset({task["processDefinitionId"]}),
        assignee=task["assignee"],
        candidate_groups=frozenset(task["candidateGroups"]),
        candidate_users=frozenset(task["candidateUsers"]),
        participant=True,
    )


def open_tasks_of(db: Connection, actor: Actor, username: str, limit: int) -> list[int]:
    """The keys of the open tasks that a person is assignee of, or owner while another helps, and the actor may see, the
    oldest first. Raises Forbidden for who hands over nobody's tasks."""
    require(actor, "user-task:hand-over", Facts())
    has = or_(t.c.assignee == username, and_(t.c.owner == username, t.c.delegation == "PENDING"))
    theirs = (has, t.c.state == "CREATED", sees_task(actor))
    query = select(t.c.key).select_from(USER_TASK.source).where(*theirs).order_by(t.c.key).limit(limit)
    return list(db.execute(query).scalars())


def may_assign(db: Connection, actor: Actor, key: int) -> bool:
    """Whether the actor may give this task to whomever he or she wants. Raises NotFound as `get_task` does."""
    return allowed(actor, "user-task:assign", facts_of(get_task(db, actor, key)))


def get_draft(db: Connection, actor: Actor, key: int) -> dict[str, Any] | None:
    """What the actor saved of the task's form and did not submit yet. Raises NotFound, Forbidden."""
    task = get_task(db, actor, key)
    require(actor, "user-task:draft", facts_of(task))
    mine = (task_draft.c.task_key == key, task_draft.c.person == actor.name)
    row = db.execute(select(task_draft).where(*mine)).one_or_none()
    if row is None:
        return None
    masked = covers(db, actor, [int(task["processInstanceKey"])]).get(int(task["processInstanceKey"]), Cover())
    return {"variables": masked(orjson.loads(row.variables)), "savedAt": row.saved_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
