"""The BPMN constructs as SpiffWorkflow task specs: one construct, one file, with the standard's rule.

Spiff's task tree is used as the tree of scopes: the parent of a task is the scope it runs in
(process, sub-process, multi-instance body), never its predecessor. A token that moves on leaves
nothing behind in the tree, so the state of a loop is as large in its 300th round as in its first.
"""
