"""The version of this package."""

from importlib.metadata import PackageNotFoundError, version


def _find() -> str:
    try:
        return version("krabuan")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0.0.0"


VERSION = _find()
