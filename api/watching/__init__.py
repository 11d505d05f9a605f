"""What those who run the service see of it: measures, traces, and whether it can take more."""
