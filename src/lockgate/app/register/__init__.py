"""The verbs of `lockgate register`, by what they are for."""
