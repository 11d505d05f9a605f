"""Scenario files: a process tried out by its owner, without a server and without Python."""
