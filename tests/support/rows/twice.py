"""A house with customers that were entered twice, by a generator of our own: what is the same is known."""

import random

from lockgate.engines.matching import Part

WORDS = ["Alba", "Birke", "Cedro", "Delta", "Eiche", "Fagus", "Ginko", "Hasel", "Ilex", "Jupiter", "Krone", "Linde"]
TRADES = ["Rohrbau", "Pumpen", "Technik", "Handel", "Armaturen", "Service", "Chemie", "Bau", "Logistik", "Werkzeuge"]
TOWNS = [("50667", "Köln"), ("80331", "München"), ("20095", "Hamburg"), ("60311", "Frankfurt"), ("70173", "Stuttgart")]
STREETS = ["Hauptstraße", "Bahnhofstr.", "Gartenweg", "Lindenallee", "Ringstraße", "Schulstr."]
COLUMNS = {
    "name": "name",
    "street": "street",
    "postcode": "zip",
    "city": "town",
    "vat": "vat",
    "phone": "phone",
    "email": "mail",
}


def customer(chance, number):
    name = f"{chance.choice(WORDS)}{chance.choice(WORDS).lower()} {chance.choice(TRADES)}"
    zipcode, town = chance.choice(TOWNS)
    return [
        f"{name} GmbH",
        f"{chance.choice(STREETS)} {chance.randint(1, 200)}",
        zipcode,
        town,
        f"DE{100_000_000 + number * 7919}",
        f"0{chance.randint(200, 999)} {chance.randint(1_000_000, 9_999_999)}",
        f"info@{name.lower().replace(' ', '-')}.example",
    ]


def again(chance, record):
    """Return the record as somebody else wrote it."""
    name, street, zipcode, town, vat, phone, mail = record
    spot = chance.randrange(2, 6)
    name = chance.choice([name, name.upper(), name[: spot - 1] + name[spot:], name.replace("GmbH", "G.m.b.H.")])
    street = chance.choice([street, street.replace("straße", "str."), "Neuer Weg 1"])
    return [name, street, zipcode, town, chance.choice([vat, None]), chance.choice([phone, "+49" + phone[1:]]), mail]


def make(connection):
    """Make the tables erp, shop and truth: 300 customers, 60 of them twice."""
    chance = random.Random(11)
    erp = [customer(chance, number) for number in range(300)]
    shop = [again(chance, erp[number * 5]) for number in range(60)]
    for name in ("erp", "shop"):
        connection.execute(
            f"create table {name} (no varchar, name varchar, street varchar, zip varchar, town varchar, "
            "vat varchar, phone varchar, mail varchar)"
        )
    connection.executemany(
        "insert into erp values (?, ?, ?, ?, ?, ?, ?, ?)", [[f"{n:04}", *row] for n, row in enumerate(erp)]
    )
    connection.executemany(
        "insert into shop values (?, ?, ?, ?, ?, ?, ?, ?)", [[f"{n}", *row] for n, row in enumerate(shop)]
    )
    connection.execute("""
        create table truth as
        select 'erp' as dataset, no as key, no as entity from erp
        union all select 'shop', no, lpad((no::int * 5)::varchar, 4, '0') from shop
    """)


PARTS = tuple(Part(name, name, "no", COLUMNS) for name in ("erp", "shop"))
