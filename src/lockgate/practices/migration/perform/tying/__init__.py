"""Do the figures that have to agree agree, and what becomes of what is under way?"""
