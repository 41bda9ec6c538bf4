"""What does the text of a file say, and where? YAML and TOML read into plain data with the place of every value."""
