"""Requests to a real server, beside a bare durable Flask route served the same way in the same run."""
