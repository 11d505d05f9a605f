"""What is read: lists and single things, each showing only what the actor may see. Nothing here writes."""
