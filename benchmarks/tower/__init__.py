"""How quickly does the tower answer on a programme of the largest size that is promised?"""
