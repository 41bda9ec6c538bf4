"""What are the items in truth, whichever system tells of them?"""
