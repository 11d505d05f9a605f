"""Other engines doing the same: twelve tasks, one after the other, each step kept before the next.

`bpmn-engine` (npm, MIT) keeps its state in SQLite, and is recovered from it before every step. Operaton (Maven,
Apache-2.0) is embedded and keeps its state in PostgreSQL, with its full history. Ours is the bus without HTTP, with all
that benchmarks/http/content.py asks of a task; theirs have tasks without forms, control points or deadlines. Both are
installed into .krabuan: as the lock file says, and as the pom says.
"""

from benchmarks.peers.compare import measure

__all__ = ["measure"]
