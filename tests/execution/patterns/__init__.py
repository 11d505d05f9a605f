"""The 43 control-flow patterns of the Workflow Patterns Initiative (2006), each with a small diagram that shows it.

`PATTERNS` names them; `NOT_IN_BPMN` says which BPMN has no construct for, and why.
The test of pattern 7 is called `test_07_...`.
"""

from __future__ import annotations

NAMES = (
    "Sequence", "Parallel Split", "Synchronization", "Exclusive Choice", "Simple Merge", "Multi-Choice",
    "Structured Synchronizing Merge", "Multi-Merge", "Structured Discriminator", "Arbitrary Cycles",
    "Implicit Termination", "Multiple Instances without Synchronization",
    "Multiple Instances with a Priori Design-Time Knowledge", "Multiple Instances with a Priori Run-Time Knowledge",
    "Multiple Instances without a Priori Run-Time Knowledge", "Deferred Choice", "Interleaved Parallel Routing",
    "Milestone", "Cancel Task", "Cancel Case", "Structured Loop", "Recursion", "Transient Trigger",
    "Persistent Trigger", "Cancel Region", "Cancel Multiple Instance Activity", "Complete Multiple Instance Activity",
    "Blocking Discriminator", "Cancelling Discriminator", "Structured Partial Join", "Blocking Partial Join",
    "Cancelling Partial Join", "Generalised AND-Join", "Static Partial Join for Multiple Instances",
    "Cancelling Partial Join for Multiple Instances", "Dynamic Partial Join for Multiple Instances",
    "Local Synchronizing Merge", "General Synchronizing Merge", "Critical Section", "Interleaved Routing",
    "Thread Merge", "Thread Split", "Explicit Termination",
)  # fmt: skip
PATTERNS = dict(enumerate(NAMES, 1))

NOT_IN_BPMN = {
    17: "a sequential ad-hoc sub-process does one activity at a time, but a sequence flow inside it starts the next "
    "activity at once: nothing of another branch can come between two activities that have an order",
    18: "no activity is offered and withdrawn with the place that a token of another branch has reached; "
    "a conditional event looks at variables, not at tokens",
    39: "there is no lock that two branches share: activities of one branch cannot be kept from running "
    "while those of another do",
}
