"""YAML files whose mappings know where they stand, so that a fault names the file and the line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class Lined(dict[str, Any]):
    """A mapping of a file. `place` is where it begins: `file:line`."""

    def __init__(self, values: Mapping[Any, Any], place: str, places: Mapping[str, str] | None = None) -> None:
        super().__init__({str(key): value for key, value in values.items()})
        self.place = place
        self._places = places or {}

    def at(self, key: str) -> str:
        """Where the key stands; where the mapping begins when it is not there."""
        return self._places.get(key, self.place)


class Unreadable(Exception):
    """The text is no YAML, or no mapping. `place` says where; `th` and `en` say why."""

    def __init__(self, place: str, th: str, en: str) -> None:
        self.place, self.th, self.en = place, th, en
        super().__init__(f"{place}: {en}")


def read_lined(name: str, text: str, dates: bool = True, aliases: bool = True) -> Lined:
    """The mapping of a YAML file; each mapping in it has each key once. Without `dates` a date is left a text; without
    `aliases` none is taken, so that what is read is never more than what is written.

    Raises Unreadable.
    """
    try:
        loader = _loader(name, dates, aliases)(text)
    except yaml.YAMLError as error:  # a character that no YAML has
        raise _unreadable(name, (str(error).splitlines() or ["?"])[0]) from error
    try:
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        problem = error.problem or error.context or "?"
        raise _unreadable(f"{name}:{line}", problem) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _unreadable(name, (str(error).splitlines() or ["?"])[0]) from error
    finally:
        loader.dispose()
    if not isinstance(content, Lined):
        raise Unreadable(name, "ไฟล์ว่างหรือไม่ใช่รายการ", "the file is empty or no mapping")
    return content


def _unreadable(place: str, problem: str) -> Unreadable:
    return Unreadable(place, f"อ่านไฟล์ไม่ได้: {problem}", f"the file cannot be read: {problem}")


def _loader(name: str, dates: bool, aliases: bool) -> Any:
    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if not aliases and self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.composer.ComposerError(None, None, "a name such as *this is not taken here", mark)
            return super().compose_node(parent, index)

    def construct(loader: Any, node: yaml.MappingNode) -> Lined:
        loader.flatten_mapping(node)
        made = loader.construct_mapping(node, deep=True)
        if len(made) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key is there twice", node.start_mark)
        places = {str(key.value): f"{name}:{key.start_mark.line + 1}" for key, _ in node.value}
        return Lined(made, f"{name}:{node.start_mark.line + 1}", places)

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, construct)
    if not dates:
        Loader.yaml_implicit_resolvers = {
            first: [(tag, regexp) for tag, regexp in resolvers if tag != _TIMESTAMP]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
    return Loader
