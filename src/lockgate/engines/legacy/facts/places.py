"""Where do partners sit? Countries with their ways to be written, and towns with postcode and dialling code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    """A country as the old systems write it, and what its numbers look like."""

    code: str
    spellings: tuple[str, ...]
    """How people typed it, besides the code."""
    dial: str
    digits: int
    """How long a phone number is, with its area."""
    language: str
    """In the code of the old ERP: N, F, D or E."""
    towns: tuple[tuple[str, str, str], ...]
    """Postcode, name and area code without its zero."""


BELGIUM = Country(
    "BE",
    ("B", "Belgium", "Belgien", "België"),
    "32",
    8,
    "N",
    (
        ("9000", "Gent", "92"),
        ("9100", "Sint-Niklaas", "3"),
        ("9300", "Aalst", "53"),
        ("8000", "Brugge", "50"),
        ("8400", "Oostende", "59"),
        ("8500", "Kortrijk", "56"),
        ("8800", "Roeselare", "51"),
        ("2000", "Antwerpen", "3"),
        ("2300", "Turnhout", "14"),
        ("2800", "Mechelen", "15"),
        ("3000", "Leuven", "16"),
        ("3500", "Hasselt", "11"),
        ("3600", "Genk", "89"),
        ("1000", "Brussel", "2"),
        ("1800", "Vilvoorde", "2"),
        ("1300", "Wavre", "10"),
        ("4000", "Liège", "42"),
        ("4800", "Verviers", "87"),
        ("5000", "Namur", "81"),
        ("6000", "Charleroi", "71"),
        ("7000", "Mons", "65"),
        ("7500", "Tournai", "69"),
    ),
)
NETHERLANDS = Country(
    "NL",
    ("Netherlands", "Niederlande", "Holland", "Nederland"),
    "31",
    9,
    "N",
    (
        ("1012 AB", "Amsterdam", "20"),
        ("3011 CD", "Rotterdam", "10"),
        ("3511 EG", "Utrecht", "30"),
        ("5611 KR", "Eindhoven", "40"),
        ("5038 XA", "Tilburg", "13"),
        ("4811 BT", "Breda", "76"),
        ("6211 LM", "Maastricht", "43"),
        ("6511 PN", "Nijmegen", "24"),
        ("5211 HV", "'s-Hertogenbosch", "73"),
        ("4331 BK", "Middelburg", "118"),
    ),
)
FRANCE = Country(
    "FR",
    ("F", "France", "Frankreich"),
    "33",
    9,
    "F",
    (
        ("59000", "Lille", "3"),
        ("59100", "Roubaix", "3"),
        ("59200", "Tourcoing", "3"),
        ("59300", "Valenciennes", "3"),
        ("62000", "Arras", "3"),
        ("80000", "Amiens", "3"),
        ("51100", "Reims", "3"),
        ("57000", "Metz", "3"),
    ),
)
LUXEMBOURG = Country(
    "LU",
    ("L", "Luxembourg", "Luxemburg"),
    "352",
    8,
    "F",
    (
        ("1110", "Luxembourg", "26"),
        ("4010", "Esch-sur-Alzette", "26"),
        ("3510", "Dudelange", "26"),
        ("9010", "Ettelbruck", "26"),
    ),
)
GERMANY = Country(
    "DE",
    ("D", "Germany", "Deutschland"),
    "49",
    10,
    "D",
    (
        ("50667", "Köln", "221"),
        ("40213", "Düsseldorf", "211"),
        ("47051", "Duisburg", "203"),
        ("45127", "Essen", "201"),
        ("44135", "Dortmund", "231"),
        ("53111", "Bonn", "228"),
        ("52062", "Aachen", "241"),
        ("41061", "Mönchengladbach", "2161"),
        ("42103", "Wuppertal", "202"),
        ("51373", "Leverkusen", "214"),
        ("48143", "Münster", "251"),
        ("33602", "Bielefeld", "521"),
        ("56068", "Koblenz", "261"),
        ("60311", "Frankfurt am Main", "69"),
        ("54290", "Trier", "651"),
        ("66111", "Saarbrücken", "681"),
        ("57072", "Siegen", "271"),
        ("59065", "Hamm", "2381"),
    ),
)
BRITAIN = Country(
    "GB",
    ("UK", "United Kingdom", "Großbritannien"),
    "44",
    10,
    "E",
    (
        ("CV1 2HG", "Coventry", "2476"),
        ("CT16 1PB", "Dover", "1304"),
        ("HU1 3DZ", "Hull", "1482"),
        ("IP1 1DH", "Ipswich", "1473"),
        ("LS1 4AP", "Leeds", "1132"),
        ("M1 3LA", "Manchester", "161"),
    ),
)
COUNTRIES = (BELGIUM, NETHERLANDS, FRANCE, LUXEMBOURG, GERMANY, BRITAIN)
"""Everything that counts countries counts them in this order."""
