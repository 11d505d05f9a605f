"""Who may: one table, permission by permission; what it does not name is denied.

A rule sees the actor and the facts about the thing acted on, and nothing else. The system (timers,
jobs, the command line on this machine) may do what the engine itself needs. Before any rule: what is of a higher
confidentiality class than the actor is cleared for is denied, to everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.errors import Forbidden, InvalidArgument
from engine.model.actor import Actor


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may know about the thing acted on; absent facts keep their defaults.

    `process_ids` are the processes concerned (every one of a deployment). `participant` says
    whether the actor takes part in the case: started it, is or was assignee or candidate of one
    of its tasks, was told of it, or watches over a deadline of it.
    """

    process_ids: frozenset[str] = frozenset()
    assignee: str | None = None
    candidate_groups: frozenset[str] = frozenset()
    candidate_users: frozenset[str] = frozenset()
    participant: bool = False
    person: str | None = None  # the person concerned, where a command concerns one
    heads: bool = False  # the actor heads a unit that the person concerned works in
    task_owner: str | None = None  # whose a task stays while its assignee helps with it
    co_signer: bool = False  # the actor is asked to sign it, and has not
    completed_by: str | None = None
    access_class: int = 0  # the rank of the confidentiality class of the case
    oversees: bool = False  # the actor watches over a deadline of the case


Rule = Callable[[Actor, Facts], bool]


def _signed_in(actor: Actor, _facts: Facts) -> bool:
    return bool(actor.roles)


def _has(*roles: str) -> Rule:
    def rule(actor: Actor, _facts: Facts) -> bool:
        return bool(actor.roles & set(roles))

    return rule


def _owner(actor: Actor, facts: Facts) -> bool:
    return all(actor.owns(p) for p in facts.process_ids) and "process-owner" in actor.roles


def _candidate(actor: Actor, facts: Facts) -> bool:
    return actor.name in facts.candidate_users or bool(actor.groups & facts.candidate_groups)


def _assignee(actor: Actor, facts: Facts) -> bool:
    return facts.assignee is not None and facts.assignee == actor.name


def _performer(actor: Actor, facts: Facts) -> bool:
    """The assignee; while nobody is assigned, a candidate."""
    return _assignee(actor, facts) or (facts.assignee is None and _candidate(actor, facts))


def _helped(actor: Actor, facts: Facts) -> bool:
    """Whose task it is that another helps with."""
    return facts.task_owner is not None and facts.task_owner == actor.name


def _did(actor: Actor, facts: Facts) -> bool:
    """In whose name it was completed."""
    return facts.completed_by is not None and facts.completed_by == actor.name


def _co_signer(_actor: Actor, facts: Facts) -> bool:
    return facts.co_signer


def _overseer(_actor: Actor, facts: Facts) -> bool:
    return facts.oversees


def _participant(actor: Actor, facts: Facts) -> bool:
    return facts.participant or _assignee(actor, facts) or _candidate(actor, facts)


def _self(actor: Actor, facts: Facts) -> bool:
    return facts.person is not None and facts.person == actor.id


def _head(_actor: Actor, facts: Facts) -> bool:
    return facts.heads


def _any(*rules: Rule) -> Rule:
    def rule(actor: Actor, facts: Facts) -> bool:
        return any(r(actor, facts) for r in rules)

    return rule


def _drafter(actor: Actor, facts: Facts) -> bool:
    """Of a draft: the owner of the process that it is of; while it is of none, who made it and who owns everything."""
    return _owner(actor, facts) or ("process-owner" in actor.roles and _self(actor, facts))


_AUDITOR = _has("auditor")
_ADMINISTRATOR = _has("administrator")
_CLIENT = _has("client")
_STAFF = _has("staff")
_SEES_CASE = _any(_participant, _owner, _AUDITOR, _ADMINISTRATOR)
_READS_CASE = _any(_participant, _owner, _AUDITOR)  # an administrator manages people and the engine, not contents


def _uploads(actor: Actor, facts: Facts) -> bool:
    """For a case: who takes part in it, its owner, clients. For none: who works here."""
    return _any(_participant, _owner, _CLIENT)(actor, facts) or (not facts.process_ids and _STAFF(actor, facts))


RULES: Mapping[str, Rule] = {
    "definition:read": _signed_in,
    "deployment:create": _owner,
    "model-draft:edit": _drafter,
    "resource:delete": _any(_owner, _ADMINISTRATOR),
    "decision:evaluate": _any(_owner, _CLIENT, _STAFF),
    "process-instance:create": _any(_STAFF, _owner, _CLIENT),
    "process-instance:read": _SEES_CASE,
    "process-instance:contents": _READS_CASE,  # variables, what history quotes, comments, decisions
    "evidence:names": _any(_owner, _AUDITOR),  # evidence of a case with people by name, and its documents
    "process-instance:classify": _any(_participant, _owner),
    "process-instance:declassify": _owner,
    "process-instance:cancel": _any(_owner, _ADMINISTRATOR),
    "process-instance:delete": _ADMINISTRATOR,
    "process-instance:modify": _owner,
    "process-instance:suspend": _any(_owner, _ADMINISTRATOR),
    "process-instance:migrate": _owner,
    "process-instance:restart": _owner,
    "process-instance:update": _owner,
    "batch-operation:create": _any(_owner, _ADMINISTRATOR),  # each item needs the permission for its case, too
    "batch-operation:read": _any(_self, _AUDITOR, _ADMINISTRATOR),
    "batch-operation:control": _any(_self, _ADMINISTRATOR),
    "document:create": _uploads,
    "document:read": _any(_self, _READS_CASE, _CLIENT),
    "document:classify": _any(_self, _participant, _owner),
    "document:declassify": _owner,
    "document:delete": _any(_self, _owner, _ADMINISTRATOR),
    "timer:update": _owner,
    "variable:update": _owner,
    "variable:correct": _any(_participant, _owner),
    "comment:write": _any(_participant, _owner),
    "user-task:read": _SEES_CASE,
    "user-task:claim": _any(_candidate, _assignee, _owner),
    "user-task:assign": _owner,
    "user-task:hand-over": _any(_owner, _ADMINISTRATOR),
    "user-task:unassign": _any(_assignee, _owner),
    "user-task:update": _owner,
    "user-task:complete": _performer,
    "user-task:draft": _performer,
    "user-task:mark": _any(_participant, _owner),  # for oneself: read, put off
    "user-task:delegate": _performer,
    "user-task:resolve": _any(_assignee, _helped),
    "user-task:ask-signature": _assignee,
    "user-task:return": _assignee,
    "user-task:recall": _did,
    "user-task:sign": _co_signer,
    "deadline:extend": _any(_overseer, _owner),
    "deadline:supplement": _any(_participant, _owner),
    # and the permission for what is asked for
    "intervention:request": _any(_performer, _overseer, _owner, _ADMINISTRATOR),
    "intervention:decide": _any(_owner, _ADMINISTRATOR),  # other than who asked
    "intervention:withdraw": _self,
    "intervention:read": _SEES_CASE,
    "legal-hold:place": _any(_owner, _ADMINISTRATOR),
    "legal-hold:end": _any(_owner, _ADMINISTRATOR),
    "legal-hold:read": _SEES_CASE,
    "retention:read": _any(_AUDITOR, _ADMINISTRATOR),
    "control-point:waive": _any(_performer, _owner, _ADMINISTRATOR),  # ask for it: it is never done alone
    "job:work": _CLIENT,
    "job:update": _any(_CLIENT, _owner, _ADMINISTRATOR),
    "job:read": _any(_owner, _CLIENT, _AUDITOR, _ADMINISTRATOR),
    "message:publish": _any(_CLIENT, _owner),
    "signal:broadcast": _any(_CLIENT, _owner),
    "incident:read": _any(_owner, _AUDITOR, _ADMINISTRATOR, _participant),
    "incident:resolve": _any(_owner, _ADMINISTRATOR),
    "audit-log:read": _any(_AUDITOR, _ADMINISTRATOR),
    "audit-log:note": _signed_in,
    "people:read": _signed_in,
    "people:manage": _ADMINISTRATOR,
    "sign-in-settings:read": _any(_AUDITOR, _ADMINISTRATOR),  # never a secret
    "calendar:read": _signed_in,
    "calendar:manage": _ADMINISTRATOR,
    "personal-data:find": _ADMINISTRATOR,  # where a person's data are, not what they are
    "personal-data:export": _ADMINISTRATOR,  # what they are, into a file that the audit log tells of
    "personal-data:erase": _ADMINISTRATOR,
    "substitution:enter": _any(_self, _head, _ADMINISTRATOR),
    "substitution:read": _signed_in,  # each entry only to whom it concerns
    "password:change": _self,
    "second-factor:manage": _self,
    "calendar-feed:manage": _self,
    "token:manage": _any(_self, _ADMINISTRATOR),
    "session:manage": _any(_self, _ADMINISTRATOR),
    "notification:read": _self,
    "channel:read": _any(_AUDITOR, _ADMINISTRATOR),  # where what people are told may go
    "channel:manage": _ADMINISTRATOR,
    "push-address:manage": _self,
    "notification-preference:manage": _self,
    "inbox-view:manage": _self,
    "own-settings:manage": _self,
    "saved-search:manage": _self,
    "notification-template:manage": _ADMINISTRATOR,
    "delivery:read": _any(_AUDITOR, _ADMINISTRATOR),  # what could not be delivered
    "delivery:manage": _ADMINISTRATOR,
    "topology:read": _signed_in,
    "health:read": _any(_AUDITOR, _ADMINISTRATOR),
    "metrics:read": _any(_CLIENT, _AUDITOR, _ADMINISTRATOR),  # numbers over all cases, for a program that watches
    "report:read": _any(_owner, _AUDITOR, _ADMINISTRATOR, _STAFF),  # each within what is theirs (reports/scopes.py)
    "system:run": lambda actor, facts: False,  # the system alone
    "session:open": lambda actor, facts: True,  # proves itself with a password
}

# what a substitute may do in the name of another: that person's work on tasks and cases, and nothing that belongs to
# the account (roles, tokens, further substitutes)
IN_ANOTHERS_NAME = frozenset(
    {
        "definition:read", "decision:evaluate", "process-instance:create", "process-instance:read", "document:create",
        "document:read", "variable:correct", "comment:write", "deadline:extend",
        "deadline:supplement", "user-task:read", "user-task:claim", "user-task:unassign",
        "user-task:complete", "user-task:draft", "user-task:mark", "user-task:delegate", "user-task:resolve",
        "user-task:ask-signature",
        "user-task:sign", "user-task:return", "user-task:recall", "intervention:request", "control-point:waive",
        "people:read", "topology:read", "session:open",
    }
)  # fmt: skip

_OF_A_TASK = ("user-task:", "control-point:", "intervention:")


def _substitutes(actor: Actor, permission: str, facts: Facts) -> bool:
    """Whether a substitution covers it. For a case, `facts.participant` is already cut to what it is limited to."""
    within = actor.within
    if permission not in IN_ANOTHERS_NAME:
        return False
    if within is None or not facts.process_ids:
        return True
    if within.kind == "process":
        return facts.process_ids <= within.names
    if permission.startswith(_OF_A_TASK):
        return bool(facts.candidate_groups & within.names)
    return facts.participant


def allowed(actor: Actor, permission: str, facts: Facts) -> bool:
    """Whether the actor may; an unknown permission is denied."""
    if actor.is_system:
        return permission in RULES
    if not in_scope(actor, permission):
        return False
    if actor.on_behalf_of is not None and not _substitutes(actor, permission, facts):
        return False
    rule = RULES.get(permission)
    return rule is not None and facts.access_class <= actor.clearance and rule(actor, facts)


def in_scope(actor: Actor, permission: str) -> bool:
    """Whether the token by which the actor acts, if any, is for this. Who one is, every token may ask."""
    return actor.only is None or permission in actor.only or permission == "session:open"


def narrowed(actor: Actor, wanted: frozenset[str] | None) -> frozenset[str] | None:
    """The scope of a token that `actor` makes: `wanted`, or its own where nothing is wanted; None is no bound.

    Raises InvalidArgument for a permission that does not exist, Forbidden for one beyond the actor's own scope.
    """
    if wanted is None:
        return actor.only
    if unknown := wanted - RULES.keys():
        raise InvalidArgument(f"there is no permission {', '.join(sorted(unknown))}")
    if actor.only is not None and (beyond := wanted - actor.only):
        raise Forbidden(permission=min(beyond))
    return wanted


def require(actor: Actor, permission: str, facts: Facts) -> None:
    """Raise Forbidden unless the actor may."""
    if not allowed(actor, permission, facts):
        raise Forbidden(permission=permission)
