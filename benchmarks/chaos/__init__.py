"""Four nodes on PostgreSQL that are killed, frozen and cut off while people and workers go on: is all right?"""
