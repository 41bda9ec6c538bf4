"""What does the programme declare, and what is wrong in it? Its files, their definitions, and what depends on them."""
