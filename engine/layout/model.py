"""What is drawn: levels of flow nodes, lanes, pools, and what hangs on them: filled by `reading`, placed by others."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.layout.geometry import Path, Rect

HEADING = 30  # width of the heading of a pool or lane
NOWHERE = Rect(0, 0, 0, 0)  # of what has no place yet


class LayoutError(ValueError):
    """The file cannot be laid out: it is no BPMN, it is dangerous XML, or it has nothing to draw."""


@dataclass(slots=True)
class Artifact:
    """A data object, data store or text annotation: a satellite of the node it is first connected with."""

    id: str
    kind: str
    name: str
    w: int
    h: int
    host: str | None = None
    rect: Rect = NOWHERE


@dataclass(slots=True)
class Node:
    """A flow node. `rect` is its final place; `w` and `h` are known before, for a sub-process after its own layout."""

    id: str
    kind: str
    name: str
    w: int
    h: int
    lane: int = 0
    host: str | None = None  # the activity, for a boundary event
    inner: Level | None = None
    event_sub: bool = False
    marked: bool = False  # a sub-process with a symbol at the bottom: a loop, ad hoc, compensation
    column: int = 0
    row: int = 0
    above: list[Artifact] = field(default_factory=list)
    below: list[Artifact] = field(default_factory=list)
    rect: Rect = NOWHERE

    @property
    def is_event(self) -> bool:
        return self.kind.endswith("Event")

    @property
    def is_gateway(self) -> bool:
        return self.kind.endswith("Gateway")

    @property
    def outer_label(self) -> bool:
        return bool(self.name) and (self.is_event or self.is_gateway)


@dataclass(slots=True)
class Flow:
    """A sequence flow between two nodes of one level. `back` marks one that leads against the reading direction."""

    id: str
    source: str
    target: str
    name: str
    default: bool = False  # drawn with a stroke across its beginning
    back: bool = False
    path: Path = field(default_factory=list)


@dataclass(slots=True)
class Lane:
    """A lane or one of its child lanes; `leaf` is the index of the band of a lane without children."""

    id: str
    name: str
    depth: int
    leaf: int | None
    children: list[Lane] = field(default_factory=list)
    rect: Rect = NOWHERE


@dataclass(slots=True)
class Level:
    """The content of a process or a sub-process. Coordinates are the level's own until its pool is put in its place."""

    id: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)  # outermost ones
    bands: list[str] = field(default_factory=list)  # names of the leaf lanes, top to bottom; [""] without lanes
    artifacts: dict[str, Artifact] = field(default_factory=dict)
    labels: dict[str, Rect] = field(default_factory=dict)
    header: int = 0  # room at the left for the headings of lanes
    least: int = 0  # height that the name of the pool wants
    band_rects: list[Rect] = field(default_factory=list)
    w: int = 0
    h: int = 0

    def proper(self) -> list[Node]:
        """The nodes that stand in a cell of their own: all but boundary events."""
        return [n for n in self.nodes.values() if n.host is None]

    def boundary(self, host: str) -> list[Node]:
        return [n for n in self.nodes.values() if n.host == host]

    def anchor(self, node_id: str) -> Node:
        """The node whose cell the named node shares: the host for a boundary event."""
        node = self.nodes[node_id]
        return self.nodes[node.host] if node.host else node


@dataclass(slots=True)
class Pool:
    """A participant, or the process itself when there is no collaboration (`id` None). Without a level: a black box."""

    id: str | None
    name: str
    level: Level | None
    rect: Rect = NOWHERE


@dataclass(slots=True)
class Link:
    """A message flow, association or data association. Its ends are nodes, pools, artifacts or (associations) flows."""

    id: str
    kind: str
    source: str
    target: str
    name: str
    path: Path = field(default_factory=list)
    label: Rect | None = None


@dataclass(slots=True)
class Diagram:
    plane: str  # id of the collaboration or process that the diagram shows
    pools: list[Pool]
    links: list[Link]
    loose: list[Artifact] = field(default_factory=list)  # artifacts of the collaboration itself, connected with no node
