"""Addresses of databases that are written wrong, so that a driver would quote a part of their password."""

PART = "Hunter2"
"""Stands in the password of each."""
UNREADABLE = {
    "an @": "postgresql://reader:my@Hunter2secret@127.0.0.1:1/x",
    "a slash": "postgresql://reader:Hunter2/secret@127.0.0.1:1/x",
    "a percent sign": "postgresql://reader:Hunter2%2xyz@127.0.0.1:1/x",
    "a code for nothing": "postgresql://reader:Hunter2%00@127.0.0.1:1/x",
    "a blank": "postgresql://reader:Hunter2 secret@127.0.0.1:1/x",
    "an ampersand": "postgresql://127.0.0.1:1/x?user=reader&password=my&Hunter2secret",
    "words with a blank": "host=127.0.0.1 port=1 password=my Hunter2secret",
    "another beginning": "postgresql+psycopg://reader:Hunter2@127.0.0.1:1/x?connect_timeout=2",
}
