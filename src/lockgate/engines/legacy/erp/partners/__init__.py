"""With whom does the house deal, and who works in it?"""
