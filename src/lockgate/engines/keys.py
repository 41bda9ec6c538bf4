"""How is the key of a record written as one text? The value itself, or a JSON list when the key has several parts."""

from collections.abc import Sequence


def key_text(parts: Sequence[str]) -> str:
    """Return the SQL of a key as one text, made of the SQL of its parts; without parts there is none."""
    texts = [f"CAST({part} AS VARCHAR)" for part in parts]
    if len(texts) > 1:
        return f"CAST(to_json([{', '.join(texts)}]) AS VARCHAR)"
    return texts[0] if texts else "NULL"
