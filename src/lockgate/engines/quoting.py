"""How does a name get into SQL? Quoted, always by this one module; values are bound and never written into a text."""


def quoted(name: str) -> str:
    """Return one identifier as SQL takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def table(name: str) -> str:
    """Return a table's name, `schema.table` or `table`, with its parts quoted; only the first dot parts."""
    return ".".join(quoted(part) for part in name.split(".", 1))


def literal(text: str) -> str:
    """Return a text as SQL takes it, for the few places where nothing can be bound."""
    return "'" + text.replace("'", "''") + "'"
