"""The operations, one blueprint per noun. A view translates; what it means is the engine's."""

from api.resources import (
    decisions,
    definitions,
    deployments,
    events,
    evidence,
    files,
    identity,
    instances,
    operations,
    statistics,
    system,
    tasks,
    variables,
    waits,
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
    files.blp,
    statistics.blp,
    waits.blp,
    variables.blp,
    tasks.blp,
    evidence.blp,
    work.blp,
    events.blp,
)
