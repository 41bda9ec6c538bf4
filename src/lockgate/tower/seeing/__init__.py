"""What does somebody see of the records, under which names, and as whom do they act?"""
