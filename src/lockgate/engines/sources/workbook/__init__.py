"""How is a workbook read so that no value changes? What is in doubt is refused with its address."""
