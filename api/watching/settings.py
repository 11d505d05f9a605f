"""How the service is watched, as the environment says."""

from __future__ import annotations

from collections.abc import Mapping

from api.leaving import WrongSetting
from api.watching.watch import Watch

METRICS = "KRABUAN_METRICS"
_RECEIVER = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOL = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")


def watch_of(environment: Mapping[str, str], url: str) -> Watch:
    """KRABUAN_METRICS is `token` (the default), `open` or `off`; traces are sent where OTEL_EXPORTER_OTLP_ENDPOINT, or
    the same of traces, names a receiver. Loads only what is wanted; to be called in the process that serves. Raises
    WrongSetting."""
    said, watch = metrics_of(environment), Watch()
    if said != "off":
        from api.watching.metrics import Metrics

        watch.metrics = Metrics(public=said == "open")
    if traced(environment):
        watch.tracing = _tracing("sqlite" if url.startswith("sqlite") else "postgresql")
    return watch


def metrics_of(environment: Mapping[str, str]) -> str:
    """`token`, `open` or `off`. Raises WrongSetting."""
    said = environment.get(METRICS) or "token"
    if said not in ("token", "open", "off"):
        raise WrongSetting(f"{METRICS} is token, open or off, not {said!r}")
    return said


def traced(environment: Mapping[str, str]) -> bool:
    """Whether traces are wanted. Raises WrongSetting for a way to send them that there is not."""
    if environment.get("OTEL_SDK_DISABLED", "").lower() == "true" or environment.get("OTEL_TRACES_EXPORTER") == "none":
        return False
    if not any(environment.get(name) for name in _RECEIVER):
        return False
    protocol = next((environment[name] for name in _PROTOCOL if environment.get(name)), "http/protobuf")
    if protocol != "http/protobuf":
        raise WrongSetting(f"traces are sent by http/protobuf ({_PROTOCOL[1]}), not by {protocol!r}")
    return True


def _tracing(database: str):  # type: ignore[no-untyped-def]  # its module is there only with the extra
    try:
        from api.watching.tracing import Tracing
    except ModuleNotFoundError as missing:
        raise WrongSetting(f"traces need the packages of krabuan[telemetry]: {missing.name} is not there") from missing
    return Tracing(database)
