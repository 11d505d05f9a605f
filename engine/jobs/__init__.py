"""Claim what is due, hand it to the bus, retry or raise an incident. The job table is the truth."""
