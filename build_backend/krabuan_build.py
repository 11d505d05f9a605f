"""PEP 517 and 660 back end: setuptools, plus the front end built into the package when it is not there yet.

``KRABUAN_SKIP_FRONTEND=1`` leaves the front end out; ``run`` sets it and builds the front end itself, so that nothing
is built twice.
"""

import shutil
from collections.abc import Callable, Mapping
from typing import Any

import frontend
from setuptools import build_meta
from setuptools.build_meta import (
    get_requires_for_build_editable as _editable_requires,
)
from setuptools.build_meta import (
    get_requires_for_build_sdist as _sdist_requires,
)
from setuptools.build_meta import (
    get_requires_for_build_wheel as _wheel_requires,
)
from setuptools.build_meta import (
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

Settings = Mapping[str, Any] | None

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]


def _with_node(requires: Callable[[Settings], list[str]], settings: Settings) -> list[str]:
    return requires(settings) + ([frontend.NODE_REQUIREMENT] if frontend.is_wanted() else [])


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    return _with_node(_wheel_requires, config_settings)


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    return _with_node(_editable_requires, config_settings)


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    return _with_node(_sdist_requires, config_settings)


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    frontend.build()
    # setuptools copies into build/lib and packs all of it: what an earlier build left there would come along.
    shutil.rmtree(frontend.ROOT / "build" / "lib", ignore_errors=True)
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    frontend.build()
    return build_meta.build_editable(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    frontend.build()
    return build_meta.build_sdist(sdist_directory, config_settings)
