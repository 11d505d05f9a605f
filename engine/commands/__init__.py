"""What can be asked of the engine: one file per request, named by the user's verb."""
