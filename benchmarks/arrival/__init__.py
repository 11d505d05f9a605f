"""What is told arrives: at least once, under one id, and soon; also when the service is killed."""
