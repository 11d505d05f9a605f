"""The service around the engine: HTTP, identity, wiring, the command line."""
