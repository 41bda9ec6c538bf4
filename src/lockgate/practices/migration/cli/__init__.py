"""How the migration is run from the command line."""
