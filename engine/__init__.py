"""The process engine: no HTTP in it. `engine.bus` is the only way to change anything."""
