"""What stands behind the ports: the system clock, keys, mail, passwords, wake-ups."""
