"""Hours of the same mixed load: does the service need more memory, or answer later, the longer it runs?"""
