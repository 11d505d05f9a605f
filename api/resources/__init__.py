"""The operations, one blueprint per noun. A view translates; what it means is the engine's."""

from api.resources import identity, system

BLUEPRINTS = (system.blp, identity.blp)
