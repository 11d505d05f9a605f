"""The nouns of the engine: typed keys, states and the faults of an upload. Imports nothing of ours."""
