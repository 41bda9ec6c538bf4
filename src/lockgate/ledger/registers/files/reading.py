"""Which table does a file hold? By its name it is CSV, else a workbook."""

from lockgate.kernel.register import Register
from lockgate.ledger.registers.files.csv_file import read_csv
from lockgate.ledger.registers.files.table import Table
from lockgate.ledger.registers.files.xlsx_file import read_xlsx


def read_table(content: bytes, name: str, register: Register) -> tuple[Table, bool]:
    """Return the table, and whether its texts have the quote of CSV before what looks like a formula."""
    if name.lower().endswith(".csv"):
        return read_csv(content, name), True
    return read_xlsx(content, register.key), False
