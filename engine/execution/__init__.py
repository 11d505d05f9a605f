"""Parse, lint, advance to the next wait state, save, restore. The only room that imports SpiffWorkflow."""

import logging

from engine.execution.case import Case
from engine.execution.examine import Examined, examine
from engine.execution.failures import ElementFailure, NotPossible, NotWaiting
from engine.execution.host import DecisionOutcome, Host
from engine.execution.lint import lint
from engine.execution.reader.process import read_processes
from engine.execution.specs.build import Definition, build
from engine.execution.state import FORMAT, load, save
from engine.execution.variables import Stored

# Spiff describes every change of a token's state to its log, which costs more than the change
logging.getLogger("spiff.task").setLevel(logging.WARNING)
logging.getLogger("spiff.workflow").setLevel(logging.WARNING)

__all__ = [
    "FORMAT",
    "Case",
    "DecisionOutcome",
    "Definition",
    "ElementFailure",
    "Examined",
    "Host",
    "NotPossible",
    "NotWaiting",
    "Stored",
    "build",
    "examine",
    "lint",
    "load",
    "read_processes",
    "save",
]
