"""Verifies the histories of Krabuan against checkpoints that were exported before: `python -m krabuan_verify EXPORT`.

A program of its own: it imports nothing of the engine that wrote the histories, only Python's library and
`cryptography`; time stamps need `rfc3161-client`, too. What it reads is described in docs/reference/checkpoints.md.
"""
