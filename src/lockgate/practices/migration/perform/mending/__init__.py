"""How do data owners get what they have to mend, and how does it come back?"""
