"""What is loaded? Customers and products as a legacy system would hand them over; the same ones in every run."""

COUNTRIES = ("us", "mx", "be", "de", "fr", "nl")

CUSTOMER_COLUMNS = ("id", "name", "ref", "street", "city", "zip", "country_id/id", "email", "phone", "is_company")
PRODUCT_COLUMNS = ("id", "name", "default_code", "list_price", "standard_price", "barcode", "is_storable", "type")

Row = tuple[str, ...]


def customers(count: int) -> list[Row]:
    """Return that many customers, as cells of a load."""
    return [
        (
            f"bench.customer_{n}",
            f"Customer {n} Trading",
            f"C{n:06}",
            f"{n % 900} Main Street",
            f"City {n % 400}",
            f"{10000 + n % 80000}",
            f"base.{COUNTRIES[n % len(COUNTRIES)]}",
            f"buyer{n}@customer{n}.example",
            f"+1 555 {n:07}",
            "1",
        )
        for n in range(count)
    ]


def products(count: int) -> list[Row]:
    """Return that many storable products."""
    return [
        (
            f"bench.product_{n}",
            f"Part {n} steel",
            f"P{n:06}",
            f"{10 + n % 900}.5",
            f"{5 + n % 400}.25",
            f"{2000000000000 + n}",
            "1",
            "consu",
        )
        for n in range(count)
    ]


def as_values(columns: Row, rows: list[Row], countries: dict[str, int]) -> list[dict[str, object]]:
    """Return the rows as a plain client would send them to `create`: no external id, relations by number."""
    return [
        {
            column.removesuffix("/id"): _value(column, cell, countries)
            for column, cell in zip(columns, row, strict=True)
            if column != "id"
        }
        for row in rows
    ]


def _value(column: str, cell: str, countries: dict[str, int]) -> object:
    if column == "country_id/id":
        return countries[cell]
    if column in {"is_company", "is_storable"}:
        return cell == "1"
    return float(cell) if column.endswith("_price") else cell
