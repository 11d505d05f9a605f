"""How large a form and a submission may be. Every limit answers with an error of its own, never a crash."""

from __future__ import annotations

MAX_FORM_CHARACTERS = 1_000_000
MAX_JSON_DEPTH = 100
MAX_COMPONENTS = 2_000
MAX_COMPONENT_DEPTH = 20
"""Groups and dynamic lists inside one another."""
MAX_FIELD_NAME = 200

MAX_SUBMITTED_NODES = 20_000
"""Objects, lists and plain values of one submission together."""
MAX_COMPUTED_NODES = 200_000
"""The same of all computed values, each time they are computed."""
MAX_LINE = 10_000
"""Characters of a one-line text, when the form sets no smaller limit."""
MAX_TEXT = 100_000
"""Characters of a text of several lines, when the form sets no smaller limit."""
MAX_LIST = 1_000
"""Entries of a dynamic list, ticks of a list of options, files of one field."""
MAX_FILE = 16
"""MiB of one file, when the form sets no smaller limit."""
MAX_DIGITS = 34
"""Digits of a number: what a FEEL number holds exactly."""
MAX_EVALUATIONS = 50_000
"""Conditions and computed fields evaluated for one submission."""
MAX_SECONDS = 5.0
"""Wall time all those evaluations together may take, each one having FEEL's own budget besides."""
