"""Many act on the same cases at once: does what they were answered fit one order of their operations?"""
