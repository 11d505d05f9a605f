"""Control points: evidence that a step was done as the manual demands, checked when its task is completed."""
