"""The office of the API's tests."""

from tests.api.conftest import caller, filled, office

__all__ = ["caller", "filled", "office"]
