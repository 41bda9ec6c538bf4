"""What does a text mean? As a number, a date, yes or no, or nothing: in SQL, over whole columns."""
