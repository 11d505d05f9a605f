"""The XML schema of BPMN 2.0.2 (section 15.3) as tables, a file for each chapter, and the check against them."""

from __future__ import annotations

from engine.execution.lint.schema.check import check_schema

__all__ = ["check_schema"]
