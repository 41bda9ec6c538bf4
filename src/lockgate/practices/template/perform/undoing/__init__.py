"""How is kept what was there before a template was applied, and how is it set back?"""
