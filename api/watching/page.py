"""GET /metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response
from werkzeug.exceptions import NotFound

from api.context import read
from engine.queries.service import require_metrics

if TYPE_CHECKING:
    from api.watching.metrics import Metrics

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def register_metrics(app: Flask, metrics: Metrics | None) -> None:
    """Tell the measures in the text format of Prometheus: to who has the permission `metrics:read`, or to whoever asks
    where they are public; 404 where nothing is measured."""

    def read_metrics() -> Response:
        """The measures."""
        if metrics is None:
            raise NotFound()
        if not metrics.public:
            read(require_metrics)
        answer = Response(metrics.text(), content_type=CONTENT_TYPE)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    read_metrics.krabuan_public = metrics is None or metrics.public  # type: ignore[attr-defined]
    read_metrics.krabuan_permission = "metrics:read"  # type: ignore[attr-defined]
    app.add_url_rule("/metrics", "metrics", read_metrics)
