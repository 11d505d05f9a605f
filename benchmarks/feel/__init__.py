"""FEEL and decision tables beside `@bpmn-io/feelin` in Node, and what a condition costs inside the engine.

feelin is installed into .krabuan as the lock file here says. It times itself inside its own process and computes with
floating-point numbers; ours are decimal. Ours is measured twice: parsed anew, as feelin does each time, and as the
engine evaluates it, parsed once for a deployed version.
"""

from benchmarks.feel.compare import measure

__all__ = ["measure"]
