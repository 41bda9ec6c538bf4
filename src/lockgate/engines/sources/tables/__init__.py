"""How is a table of a database read? Through ADBC, read-only, by a query on its side, in batches of Arrow."""
