"""Tell people: a row for the inbox's bell, and a mail to those who have an address."""
