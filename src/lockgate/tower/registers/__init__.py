"""What is kept in the registers, as tables and boards, and how does it leave and come back in files?"""
