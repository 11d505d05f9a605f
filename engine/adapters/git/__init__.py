"""A Git repository, read and never run.

No program is started, no network is used, no hook, filter or setting of the repository is obeyed, no link is followed:
its files are read here, and nothing that they say of themselves is believed before it was counted.
"""

from engine.adapters.git.source import GitFolder

__all__ = ["GitFolder"]
