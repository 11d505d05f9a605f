"""The audit trail: appended in the transaction of each command, hash-chained per process instance."""
