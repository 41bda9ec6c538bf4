"""Which records of the old systems are one thing, and what of each survives?"""
