"""Of which words are the names of made-up partners built? Nobody real is meant.

Surnames are put together from syllables. Everything goes by the country's place in `COUNTRIES`.
"""

# ruff: noqa: SIM905 - a list of words is read best as a text

_DUTCH_BEGINNINGS = tuple(
    "Ver Van Aker Berg Bos Brem Dek Dor Eik Els Fon Gal Gee Ham Heu Hul Jan Ker Kla Kort Lam Lin Maas Mol Neer Oost"
    " Pau Poel Raes Roe Schel Smeer Ster Tim Vel Vlie Wou Zand Zomer".split()
)
_DUTCH_ENDINGS = tuple(
    "mans ers huis kamp veld aert inck beke ens straeten donck gaerde hoven lants meulen ckx soone rynck stael wijn"
    " dries broeck voort bergh".split()
)
_FRENCH_BEGINNINGS = tuple(
    "Du Mar Lam Per Bel Cor Del Fon Gau Her Jac Lau Mon Nor Pel Ren Sau Tri Val Ver Bou Char Cha Des Ful Gos".split()
)
_FRENCH_ENDINGS = tuple(
    "mont tin bert reau lier quet vigny court ville naud son teux rel sart chère lémont nière bois neuf gé".split()
)
_GERMAN_BEGINNINGS = tuple(
    "Berg Stein Hof Linden Wald Müll Schrö Küh Brück Acker Birk Dorn Eich Falk Gers Hart Kirch Lehn Möll Nieder Ober"
    " Rehn Thal Ulm Vogel Wein Zell Grün Höl".split()
)
_GERMAN_ENDINGS = tuple(
    "ermann mann hofer bauer feld bach inger städter meier kamp rich holz wirth lich hausen schmidt haupt".split()
)
_ENGLISH_BEGINNINGS = tuple("Ash Brad Cal Den East Fair Green Hart Kings Lang Mar North Pem Rad Stan".split())
_ENGLISH_ENDINGS = tuple("ford ley ton wick field bridge worth well combe stead shaw brook".split())

BEGINNINGS = (
    _DUTCH_BEGINNINGS,
    _DUTCH_BEGINNINGS,
    _FRENCH_BEGINNINGS,
    _FRENCH_BEGINNINGS,
    _GERMAN_BEGINNINGS,
    _ENGLISH_BEGINNINGS,
)
ENDINGS = (
    _DUTCH_ENDINGS,
    _DUTCH_ENDINGS,
    _FRENCH_ENDINGS,
    _FRENCH_ENDINGS,
    _GERMAN_ENDINGS,
    _ENGLISH_ENDINGS,
)

MIDDLES = (("", "en", "er", "el", "in", "o", "as", "um", "ig", "an", "ol", "ar"),) * 6
"""Between beginning and ending, so that there are enough families for a million partners."""

_DUTCH_TRADES = tuple(
    "Sanitair|Installaties|Bouwmaterialen|Loodgieterij|Technieken|Verwarming|Pompen|Waterbehandeling|Dakwerken"
    "|Groothandel|Onderhoud|Tuinaanleg|Zwembaden|Koeltechniek|Metaalbouw|Brandbeveiliging|Aannemingen|Boringen".split(
        "|"
    )
)
_FRENCH_TRADES = tuple(
    "Sanitaire|Installations|Chauffage|Plomberie|Matériaux|Travaux|Pompes|Irrigation|Toitures|Entretien|Piscines"
    "|Génie climatique|Bâtiment|Forages|Robinetterie|Énergies".split("|")
)
_GERMAN_TRADES = tuple(
    "Haustechnik|Sanitär|Heizungsbau|Anlagenbau|Rohrleitungsbau|Pumpentechnik|Großhandel|Baustoffe|Gebäudetechnik"
    "|Armaturen|Wassertechnik|Kältetechnik|Brunnenbau|Klempnerei|Gartenbau|Schwimmbadbau|Metallbau|Wärmetechnik".split(
        "|"
    )
)
_ENGLISH_TRADES = tuple("Plumbing|Heating|Drainage|Pumps|Building Supplies|Water Services|Controls|Fixings".split("|"))
TRADES = (_DUTCH_TRADES, _DUTCH_TRADES, _FRENCH_TRADES, _FRENCH_TRADES, _GERMAN_TRADES, _ENGLISH_TRADES)

FORMS = (
    ("BV", "NV", "BVBA", "CommV"),
    ("B.V.", "V.O.F.", "N.V."),
    ("SARL", "SAS", "SA"),
    ("S.à r.l.", "SA"),
    ("GmbH", "GmbH & Co. KG", "e.K.", "AG", "OHG"),
    ("Ltd", "LLP", "plc"),
)
OTHER_FORMS = {
    "BV": "B.V.",
    "NV": "N.V.",
    "BVBA": "BV",
    "CommV": "Comm.V.",
    "B.V.": "BV",
    "V.O.F.": "VOF",
    "N.V.": "NV",
    "SARL": "S.A.R.L.",
    "SAS": "S.A.S.",
    "SA": "S.A.",
    "S.à r.l.": "SARL",
    "GmbH": "Gesellschaft mbH",
    "GmbH & Co. KG": "GmbH + Co KG",
    "e.K.": "eK",
    "AG": "Aktiengesellschaft",
    "OHG": "oHG",
    "Ltd": "Limited",
    "LLP": "L.L.P.",
    "plc": "PLC",
}
"""How somebody else wrote the same legal form."""

STREETS = (
    tuple("Kerkstraat Stationsstraat Molenweg Havenlaan Industrieweg Nieuwstraat Dorpsplein Kanaaldijk Veldstraat"
          " Beukenlaan Ambachtslaan Steenweg".split()),
    tuple("Hoofdstraat Parallelweg Havenkade Energieweg Lindelaan Schoolstraat Marktplein Ringdijk Nijverheidsweg"
          " Dorpsstraat".split()),
    tuple("Rue du Moulin|Rue de la Gare|Avenue du Port|Rue Neuve|Chemin des Prés|Boulevard de l'Industrie|Rue Haute"
          "|Place du Marché|Rue du Château".split("|")),
    tuple("Rue de l'Alzette|Route d'Arlon|Rue du Fort|Zone d'activités|Rue de la Forêt".split("|")),
    tuple("Hauptstraße|Bahnhofstraße|Industriestraße|Am Hafen|Gartenweg|Mühlenweg|Lindenallee|Kölner Straße|Ringstraße"
          "|Gewerbepark|Schulstraße|Im Grund|Rheinufer".split("|")),
    tuple("High Street|Station Road|Dock Road|Mill Lane|Church Lane|Trading Estate|Victoria Road".split("|")),
)  # fmt: skip

GIVEN = (
    tuple("Jan Els Piet Sofie Koen An Luc Greet Tom Lien Wim Katrien Dirk Sara Bram Nele".split()),
    tuple("Daan Sanne Kees Anouk Sjoerd Femke Joost Lotte Maarten Iris".split()),
    tuple("Luc Claire Marc Hélène Paul Amélie Benoît Élodie Pierre Zoé Rémi Chloé".split()),
    tuple("Guy Nathalie Jean Martine Marc Sylvie".split()),
    tuple("Klaus Petra Jürgen Sabine Uwe Anke Holger Ute Günter Heike Björn Käthe Stefan Britta".split()),
    tuple("John Alice Peter Emma Colin Ruth Simon Grace".split()),
)
NICKNAMES = {
    "Jan": "Johan",
    "Els": "Elisabeth",
    "Piet": "Pieter",
    "Tom": "Thomas",
    "Wim": "Willem",
    "Katrien": "Trien",
    "Kees": "Cornelis",
    "Luc": "Lucas",
    "Marc": "Marco",
    "Hélène": "Lena",
    "Klaus": "Nikolaus",
    "Sabine": "Bine",
    "Uwe": "Ulrich",
    "Ute": "Uta",
    "Günter": "Günni",
    "Stefan": "Steff",
    "Peter": "Pete",
    "John": "Jack",
    "Simon": "Si",
}
"""How somebody who knows them calls them."""
