"""How do the extracts come into a round, how are they judged, and how put right?"""
