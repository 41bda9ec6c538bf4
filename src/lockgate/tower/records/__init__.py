"""What is one record, who may do what with it next, and what happened to it?"""
