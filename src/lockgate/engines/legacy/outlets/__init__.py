"""Into which files does it go? Text in cp1252, one workbook, one SQLite file, and the truth."""
