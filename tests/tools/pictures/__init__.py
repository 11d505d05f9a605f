"""Take a picture of every diagram and of every form, filled in with what a scenario gives, for `docs/processes/`."""
