"""What differs between two versions of a process, in words: engine/model's nouns compared by their ids."""

from engine.comparison.change import Change, Difference, Subject
from engine.comparison.models import Compared, Side, compare, diagrams

__all__ = ["Change", "Compared", "Difference", "Side", "Subject", "compare", "diagrams"]
