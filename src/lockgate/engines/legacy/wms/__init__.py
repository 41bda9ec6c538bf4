"""What the warehouse system exported: one workbook with stock, counts, bins and a sheet that nobody deleted."""
