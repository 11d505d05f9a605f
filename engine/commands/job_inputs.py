"""What is wrong with what a diagram gives a job that Krabuan does itself."""

from __future__ import annotations


class JobNotDone(Exception):
    """What the diagram gave the job is not usable; the text says what."""
