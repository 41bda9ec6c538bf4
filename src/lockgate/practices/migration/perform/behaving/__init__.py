"""Does the data carry the business? Work that is tried on it, on a copy, as the people do it who will."""
