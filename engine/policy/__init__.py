"""Pure decisions: who may do what. No database, no clock."""
