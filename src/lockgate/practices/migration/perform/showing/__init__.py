"""What of the migration is shown to people, and to whom?"""
