"""Is the server well? For those who watch it by program."""
