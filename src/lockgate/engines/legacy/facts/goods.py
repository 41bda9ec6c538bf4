"""What does the house sell? The items of the template under their own codes, and groups of which more are made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A group of items in the old ERP, and how its items look."""

    code: str
    template: str
    """The key of its category in the template."""
    kind: str
    """`L` kept in stock, `D` a service, `S` a kit, `F` assembled."""
    share: float
    """Of the items that the template does not have."""
    letter: str
    nouns: tuple[str, ...]
    sizes: tuple[str, ...]
    makes: tuple[str, ...]
    cost: tuple[int, int]
    """From and to, in cents."""
    tracking: str = ""
    """`S` by serial number, `C` by lot, else not at all."""
    unit: str = "ST"
    pack: str = ""
    """The unit in which it is handled besides."""
    grams: tuple[int, int] = (50, 2_000)


GROUPS = (
    Group(
        "10",
        "pumps",
        "L",
        0.08,
        "P",
        ("Centrifugal pump", "Drainage pump", "Metering pump", "Gear pump", "Circulator", "Well pump"),
        ("0.37 kW", "0.75 kW", "1.1 kW", "2.2 kW", "4 kW"),
        ("cast iron", "stainless", "bronze"),
        (7_500, 62_000),
        tracking="S",
        grams=(3_000, 45_000),
    ),
    Group(
        "20",
        "valves",
        "L",
        0.25,
        "V",
        ("Ball valve", "Gate valve", "Check valve", "Butterfly valve", "Solenoid valve", "Strainer"),
        ("DN15", "DN20", "DN25", "DN32", "DN40", "DN50", "DN80"),
        ("brass PN16", "steel PN25", "stainless PN40", "PVC PN10"),
        (380, 9_800),
        pack="KT",
        grams=(200, 9_000),
    ),
    Group(
        "30",
        "pipes",
        "L",
        0.12,
        "R",
        ("Water hose", "Pressure hose", "PE pipe", "Copper pipe", "Composite pipe", "Suction hose"),
        ("13 mm", "16 mm", "19 mm", "22 mm", "32 mm", "50 mm"),
        ("black", "blue", "reinforced", "insulated"),
        (90, 1_900),
        unit="M",
        pack="RO",
        grams=(100, 1_500),
    ),
    Group(
        "40",
        "fasteners",
        "L",
        0.36,
        "N",
        ("Bolt", "Nut", "Washer", "Hose clamp", "Anchor", "Pipe clip", "Threaded rod"),
        ("M6", "M8", "M10", "M12", "M16", "1/2 in", "3/4 in"),
        ("zinc", "A2", "A4", "brass"),
        (2, 160),
        pack="SC",
        grams=(5, 120),
    ),
    Group(
        "50",
        "controls",
        "L",
        0.06,
        "C",
        ("Frequency drive", "Level controller", "Pressure switch", "Control panel", "Flow sensor"),
        ("230 V", "400 V", "24 V"),
        ("IP54", "IP65"),
        (2_800, 48_000),
        tracking="S",
        grams=(300, 9_000),
    ),
    Group(
        "60",
        "chemicals",
        "L",
        0.08,
        "H",
        ("Pipe sealant", "Pump oil", "Bearing grease", "Corrosion inhibitor", "Descaler", "Antifreeze"),
        ("75 ml", "250 ml", "1 l", "5 l"),
        ("standard", "food grade"),
        (240, 6_200),
        tracking="C",
        pack="KT",
        grams=(100, 5_000),
    ),
    Group(
        "70",
        "kits",
        "S",
        0.025,
        "K",
        ("Drainage kit", "Watering kit", "Mounting kit", "Repair kit"),
        ("small", "medium", "large"),
        ("basic", "plus"),
        (900, 30_000),
    ),
    Group(
        "75",
        "assemblies",
        "F",
        0.01,
        "A",
        ("Booster set", "Pump station", "Dosing station"),
        ("B1", "B2", "B3"),
        ("single", "double"),
        (60_000, 240_000),
        tracking="S",
        grams=(30_000, 90_000),
    ),
    Group(
        "80",
        "services",
        "D",
        0.01,
        "D",
        ("Commissioning", "Inspection", "Repair", "Training"),
        ("on site", "in the workshop"),
        ("weekday", "weekend"),
        (4_000, 9_000),
        unit="STD",
        grams=(0, 0),
    ),
    Group(
        "90",
        "charges",
        "D",
        0.005,
        "Z",
        ("Freight", "Duty", "Packaging"),
        ("domestic", "abroad"),
        ("standard", "special"),
        (500, 9_000),
        grams=(0, 0),
    ),
)


@dataclass(frozen=True)
class Known:
    """An item that the template has too."""

    code: str
    group: str
    name: str
    price: int
    """List price in cents."""
    cost: int
    grams: int
    unit: str = ""
    """Another one than its group's."""


KNOWN = (
    Known("PMP-C10", "10", "Centrifugal pump C10", 31_000, 18_000, 14_500),
    Known("PMP-C20", "10", "Centrifugal pump C20", 42_000, 25_000, 19_000),
    Known("PMP-C40", "10", "Centrifugal pump C40", 69_000, 41_000, 31_000),
    Known("PMP-D05", "10", "Drainage pump D5", 14_500, 8_200, 6_200),
    Known("PMP-D10", "10", "Drainage pump D10", 19_800, 11_500, 8_400),
    Known("PMP-M02", "10", "Metering pump M2", 54_000, 31_500, 4_100),
    Known("PMP-G01", "10", "Gear pump G1", 27_500, 16_000, 7_700),
    Known("VLV-B15", "20", "Ball valve DN15", 1_150, 520, 310),
    Known("VLV-B20", "20", "Ball valve DN20", 1_490, 680, 420),
    Known("VLV-B25", "20", "Ball valve DN25", 1_950, 910, 600),
    Known("VLV-B50", "20", "Ball valve DN50", 4_800, 2_400, 1_900),
    Known("VLV-G50", "20", "Gate valve DN50", 7_200, 3_800, 5_400),
    Known("VLV-G80", "20", "Gate valve DN80", 11_800, 6_300, 9_800),
    Known("VLV-C25", "20", "Check valve DN25", 2_300, 1_100, 700),
    Known("VLV-S15", "20", "Solenoid valve DN15", 6_400, 3_400, 800),
    Known("HOS-13", "30", "Water hose 13 mm", 240, 110, 180),
    Known("HOS-19", "30", "Water hose 19 mm", 310, 150, 270),
    Known("HOS-P10", "30", "Pressure hose 10 mm", 690, 350, 330),
    Known("PIP-PE32", "30", "PE pipe 32 mm", 280, 130, 280),
    Known("PIP-CU15", "30", "Copper pipe 15 mm", 920, 560, 390),
    Known("PIP-CU22", "30", "Copper pipe 22 mm", 1_380, 840, 590),
    Known("FST-M8", "40", "Bolt M8 x 40", 22, 8, 20),
    Known("FST-M10", "40", "Bolt M10 x 60", 38, 15, 50),
    Known("FST-N8", "40", "Nut M8", 8, 3, 10),
    Known("FST-N10", "40", "Nut M10", 11, 4, 10),
    Known("FST-W8", "40", "Washer M8", 5, 2, 10),
    Known("FST-C13", "40", "Hose clamp 13 mm", 90, 38, 20),
    Known("FST-C19", "40", "Hose clamp 19 mm", 110, 46, 30),
    Known("FST-A10", "40", "Anchor 10 mm", 65, 27, 40),
    Known("CTL-D15", "50", "Frequency drive 1.5 kW", 36_000, 26_100, 2_100),
    Known("CTL-D40", "50", "Frequency drive 4 kW", 59_000, 44_100, 3_600),
    Known("CTL-L1", "50", "Level controller L1", 12_900, 7_100, 500),
    Known("CTL-P1", "50", "Pressure switch P1", 5_800, 3_200, 300),
    Known("CTL-N1", "50", "Control panel for one pump", 44_000, 26_500, 5_200),
    Known("CTL-N2", "50", "Control panel for two pumps", 71_000, 42_500, 8_900),
    Known("CHM-S75", "60", "Pipe sealant 75 ml", 890, 390, 110),
    Known("CHM-S250", "60", "Pipe sealant 250 ml", 1_990, 950, 340),
    Known("CHM-O1", "60", "Pump oil 1 l", 1_450, 720, 950),
    Known("CHM-O5", "60", "Pump oil 5 l", 5_900, 3_100, 4_700),
    Known("CHM-G4", "60", "Bearing grease 400 g", 980, 450, 450),
    Known("CHM-I1", "60", "Corrosion inhibitor 1 l", 2_200, 1_050, 1_100),
    Known("KIT-CEL", "70", "Cellar drainage kit", 21_900, 10_892, 0),
    Known("KIT-GAR", "70", "Garden watering kit", 39_900, 20_902, 0),
    Known("KIT-MNT", "70", "Mounting kit for a pump", 650, 184, 0),
    Known("ASM-B2", "75", "Booster set B2", 219_000, 104_620, 58_000),
    Known("SRV-COM", "80", "Commissioning on site", 9_500, 5_500, 0),
    Known("SRV-EXP", "80", "Express delivery", 3_500, 2_400, 0, "ST"),
    Known("SRV-PAR", "80", "Parcel delivery", 900, 650, 0, "ST"),
    Known("CHG-FRT", "90", "Inbound freight", 100, 100, 0),
    Known("CHG-DTY", "90", "Customs duty", 100, 100, 0),
    Known("CHG-INS", "90", "Cargo insurance", 100, 100, 0),
    Known("DRP-T500", "30", "Rain water tank 500 l", 28_900, 19_000, 0, "ST"),
    Known("DRP-T1000", "30", "Rain water tank 1000 l", 41_900, 27_500, 0, "ST"),
)
"""Kits and what is assembled cost what their parts cost."""
MAKERS = (
    "RHP",
    "BRV",
    "MID",
    "ANC",
    "HYD",
    "AQF",
    "NOR",
    "TUB",
    "FIX",
    "KLM",
    "SEN",
    "DOS",
    "VAL",
    "PRS",
    "OLE",
    "GRP",
)
"""Short names of makers, all made up."""
