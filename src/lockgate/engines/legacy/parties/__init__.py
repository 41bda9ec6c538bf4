"""Who are the partners in truth, and how do people write them down a second time?"""
