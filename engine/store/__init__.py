"""Tables, the database connection, and SQL of any length. The only room that knows SQL."""
