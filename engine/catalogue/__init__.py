"""What the office's manuals print of each process, and how it compares with the diagrams.

A catalogue is a folder of files, one per documented process; docs/reference/catalogue.md says what they hold.
"""
