"""Kill the engine at random moments and prove that nothing is lost and nothing happens twice."""
