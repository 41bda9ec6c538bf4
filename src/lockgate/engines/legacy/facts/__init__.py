"""What is the house of the sample made of? Places, words of names, codes of the old ERP, and its range."""
