"""Functions of contexts (DMN 1.5, table 80, and Camunda 8's). None changes what it is given."""

from __future__ import annotations

from engine.feel.errors import Failure
from engine.feel.functions.arguments import context, elements
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.kinds import kind, normal


@builtin("get value", "m", "key")
def get_value(run: Run, m: object, key: object) -> object:
    """`key` may be a list of keys: the way into nested contexts."""
    keys = key if isinstance(key, list) else [key]
    value: object = context(m)
    if not keys:
        raise Failure("the list of keys is empty")
    for one in _path(keys, run):
        if not isinstance(value, dict) or one not in value:
            raise Failure(f"there is no entry {one}", "no-entry")
        value = normal(value[one])
    return value


@builtin("get value", "context", "keys")
def get_value_by_keys(run: Run, m: object, keys: object) -> object:
    return get_value(run, m, keys)


@builtin("get entries", "m")
def get_entries(run: Run, m: object) -> object:
    return _entries(run, m)


@builtin("get entries", "context")
def get_entries_of_context(run: Run, m: object) -> object:
    return _entries(run, m)


def _entries(run: Run, m: object) -> object:
    entries = context(m)
    run.step(len(entries))
    return [{"key": key, "value": normal(value)} for key, value in entries.items()]


@builtin("context", "entries")
def context_(run: Run, entries: object) -> object:
    """From a list of contexts with a key and a value."""
    result: dict[str, object] = {}
    for item in elements(entries, run):
        pair = context(item)
        key = pair.get("key")
        if not isinstance(key, str) or "value" not in pair:
            raise Failure("each entry needs a key, which is a string, and a value")
        if key in result:
            raise Failure(f"the key {key} comes twice")
        result[key] = normal(pair["value"])
    return result


@builtin("context put", "context", "keys", "value")
def context_put(run: Run, m: object, keys: object, value: object) -> object:
    """`keys` is one key, or a list of keys: the way into nested contexts."""
    if not isinstance(keys, list):
        return context_put_one(run, m, keys, value)
    way = _path(elements(keys, run), run)
    if not way:
        raise Failure("the list of keys is empty")
    return _put(run, context(m), way, value)


@builtin("context put", "context", "key", "value")
def context_put_one(run: Run, m: object, key: object, value: object) -> object:
    """By name there is one `key`."""
    entries = context(m)
    if not isinstance(key, str):
        raise Failure(f"needs a string as key, not {kind(key)}")
    run.step(len(entries))
    result = {**entries, key: value}
    run.size(len(result))
    return result


def _put(run: Run, m: dict[str, object], way: list[str], value: object) -> dict[str, object]:
    run.step(1 + len(m))
    if len(way) == 1:
        return {**m, way[0]: value}
    inner = normal(m.get(way[0]))
    if inner is None:
        inner = {}
    if not isinstance(inner, dict):
        raise Failure(f"{way[0]} is {kind(inner)}, not a context")
    return {**m, way[0]: _put(run, inner, way[1:], value)}


def _path(keys: list[object], run: Run) -> list[str]:
    if len(keys) > run.budget.depth:
        raise Failure("there are too many keys")
    for key in keys:
        if not isinstance(key, str):
            raise Failure(f"needs strings as keys, not {kind(key)}")
    return [key for key in keys if isinstance(key, str)]


@builtin("context merge", "contexts")
def context_merge(run: Run, contexts: object) -> object:
    """Later entries win."""
    result: dict[str, object] = {}
    for one in elements(contexts, run):
        entries = context(one)
        run.step(len(entries))
        result.update(entries)
        run.size(len(result))
    return result
