"""Reports: how well the standard times of a process were kept. Reads, counts, and says it in words."""
