"""Backups: one archive of database, checkpoints, keys and settings, each file checked against its manifest."""
