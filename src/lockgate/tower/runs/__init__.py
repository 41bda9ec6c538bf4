"""What is under way, and who wanted it? Long work in a queue, done by workers, never inside a request."""
