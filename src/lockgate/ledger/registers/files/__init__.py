"""How do records travel through a spreadsheet and come back unharmed? As tables in CSV and XLSX."""
