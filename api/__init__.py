"""The HTTP service and the command line: identity, wiring, and nothing that decides."""
