"""What is missing on this machine, and how is it got? `facts` looks, `checks` decide on what was seen."""
