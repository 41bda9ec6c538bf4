"""How does it work? The documents of the project, served where they are needed, without a way to the outside."""
