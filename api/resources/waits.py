"""What waits for messages, people, workers and times; and conditions."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, run
from api.schemas.waits import (
    ConditionsBody,
    CorrelatedMessageResult,
    CorrelatedMessageSearch,
    EvaluatedConditions,
    MessageSubscriptionResult,
    MessageSubscriptionSearch,
    StartArrivalResult,
    StartArrivalSearch,
    WaitCounts,
    WaitStateResult,
    WaitStateSearch,
)
from api.views import optional_key, wanted
from engine.commands.evaluate_conditions import EvaluateConditions
from engine.queries.messages import search_correlated, search_start_arrivals, search_subscriptions
from engine.queries.waits import get_wait_counts, search_waits

blp = Room("waits", __name__, url_prefix="/v2", description="What cases wait for")
READ = "process-instance:read"


@blp.operation(
    "POST",
    "/message-subscriptions/search",
    permission=READ,
    body=MessageSubscriptionSearch,
    returns=MessageSubscriptionResult,
)
def subscriptions(body: dict[str, Any]) -> Any:
    """Search what waits for a message now: elements of cases, and start events of processes."""
    return read(search_subscriptions, wanted(body))


@blp.operation(
    "POST",
    "/correlated-message-subscriptions/search",
    permission=READ,
    body=CorrelatedMessageSearch,
    returns=CorrelatedMessageResult,
)
def correlated(body: dict[str, Any]) -> Any:
    """Search the messages that reached cases or started them."""
    return read(search_correlated, wanted(body))


@blp.operation("POST", "/start-arrivals/search", permission=READ, body=StartArrivalSearch, returns=StartArrivalResult)
def start_arrivals(body: dict[str, Any]) -> Any:
    """Search the events that have come for a start event that needs others, too (parallelMultiple)."""
    return read(search_start_arrivals, wanted(body))


@blp.operation(
    "POST", "/element-instances/wait-states/search", permission=READ, body=WaitStateSearch, returns=WaitStateResult
)
def waits(body: dict[str, Any]) -> Any:
    """Search what elements of cases wait for."""
    return read(search_waits, wanted(body))


@blp.operation(
    "GET",
    "/process-instances/<key:key>/statistics/wait-states",
    permission=READ,
    returns=WaitCounts,
    errors=(404,),
)
def wait_counts(key: int) -> Any:
    """How many instances of each element of the case wait."""
    return read(get_wait_counts, key)


@blp.operation(
    "POST",
    "/conditionals/evaluation",
    permission="process-instance:create",
    body=ConditionsBody,
    returns=EvaluatedConditions,
    errors=(404,),
)
def evaluate_conditions(body: dict[str, Any]) -> Any:
    """Start what begins with a condition that holds over these variables: of one version if it is named, else of the
    latest version of every process that the caller may start. A condition that asks about a variable that is not
    given does not hold; one that fails refuses the whole request."""
    return run(EvaluateConditions(body["variables"], optional_key(body, "processDefinitionKey")))
