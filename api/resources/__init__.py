"""The operations, one blueprint per noun. A view translates; what it means is the engine's."""

from api.resources import (
    decisions,
    definitions,
    deployments,
    events,
    evidence,
    identity,
    instances,
    operations,
    system,
    tasks,
    variables,
    work,
)

BLUEPRINTS = (
    system.blp,
    identity.blp,
    deployments.blp,
    definitions.blp,
    decisions.blp,
    instances.blp,
    operations.blp,
    variables.blp,
    tasks.blp,
    evidence.blp,
    work.blp,
    events.blp,
)
