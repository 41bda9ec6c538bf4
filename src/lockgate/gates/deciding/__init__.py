"""What may people say to it? Votes, conditions, waivers and emergency permits: events, or all refusals at once."""
