"""How is a CSV file read so that no letter, line or value changes? Encoding, separator, header, then records."""
