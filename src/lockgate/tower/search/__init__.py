"""Where is it? One field that finds places, gates, records, evidence, definitions, people and help."""
