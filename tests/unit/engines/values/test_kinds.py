"""Each kind tells right values from wrong ones and writes the right ones alike."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from lockgate.engines.values import KINDS, lookup
from lockgate.engines.values.kinds.units import UNITS, factor, unit_of

RIGHT = [
    ("vat", "DE 136,695 976", None, "DE136695976"),
    ("vat", "0428.759.497", "B", "BE0428759497"),
    ("vat", "be 0428759497", "Germany", "BE0428759497"),
    ("vat", "094259216", "GR", "EL094259216"),
    ("vat", "ATU13585627", "AT", "ATU13585627"),
    ("vat", "CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
    ("vat", "12-3456789", "US", "12-3456789"),  # V3
    ("gtin", "4006381333931", None, "4006381333931"),
    ("gtin", "0-12345-67890-5", None, "012345678905"),
    ("gtin", "96385074", None, "96385074"),
    ("iban", "de89 3704 0044 0532 0130 00", None, "DE89370400440532013000"),
    ("iban", "BE71 0961 2345 6769", None, "BE71096123456769"),
    ("bic", "deut de ff", None, "DEUTDEFF"),
    ("phone", "0221 1234567", "D", "+492211234567"),
    ("phone", "(0221) 12 34-567", "Germany", "+492211234567"),
    ("phone", "+49 (0)221 / 123 45-67", None, "+492211234567"),
    ("phone", "0049 221 1234567", None, "+492211234567"),
    ("phone", "0049 221 1234567", "BE", "+492211234567"),
    ("phone", "0221/7654321 ext 12", "DE", "+492217654321 ext. 12"),
    ("email", "Max.Muster@Example.COM", None, "max.muster@example.com"),
    ("email", "Max Muster <max@example.org>", None, "max@example.org"),
    ("email", "mailto:max@example.org;", None, "max@example.org"),
    ("email", "jörg@müller.example", None, "jörg@müller.example"),
    ("postcode", "D-50667", "DE", "50667"),
    ("postcode", "1234ab", "NL", "1234 AB"),
    ("postcode", "sw1a1aa", "GB", "SW1A 1AA"),
    ("postcode", "1000205", "PT", "1000-205"),
    ("postcode", "00950", "Polen", "00-950"),
    ("postcode", "anything", "AO", "anything"),
    ("country", "D", None, "DE"),
    ("country", "deu", None, "DE"),
    ("country", "Allemagne", None, "DE"),
    ("country", "Österreich", None, "AT"),
    ("country", "Tschechische Republik", None, "CZ"),
    ("country", "U.S.A.", None, "US"),
    ("country", "UK", None, "GB"),
    ("country", "NA", None, "NA"),
    ("language", "Deutsch", None, "de"),
    ("language", "NL-be", None, "nl_BE"),
    ("language", "fra", None, "fr"),
    ("currency", "€", None, "EUR"),
    ("currency", "US-Dollar", None, "USD"),
    ("currency", "chf", None, "CHF"),
    ("organisation", "MÜLLER G.M.B.H.", None, "Müller GmbH"),
    ("organisation", "müller & söhne gmbh u. co. kg", None, "Müller & Söhne GmbH & Co. KG"),
    ("organisation", "ABB AG", None, "ABB AG"),
    ("organisation", "DE JONG B.V.", None, "De Jong BV"),
    ("organisation", "Acme, Inc.", None, "Acme Inc"),
    ("organisation", "Kowalski sp. z o.o.", None, "Kowalski Sp. z o.o."),
    ("organisation", "Kleine & Co", None, "Kleine & Co"),
    ("organisation", "Stahl As", None, "Stahl As"),  # L3
    ("organisation", "GmbH", None, "GmbH"),  # L4
    ("organisation", "eBay", None, "eBay"),  # A2
    ("person", "MARIA VON DER HEIDE", None, "Maria von der Heide"),
    ("person", "jean-pierre o'brien", None, "Jean-Pierre O'Brien"),
    ("person", "McDonald, Ann", None, "McDonald, Ann"),
    ("street", "Hauptstr. 5 A", "DE", "Hauptstraße 5a"),
    ("street", "Hauptstr.5", "AT", "Hauptstraße 5"),
    ("street", "Hauptstr. 5", "CH", "Hauptstrasse 5"),
    ("street", "HAUPTSTR. 5", "DE", "HAUPTSTRASSE 5"),
    ("street", "Kerkstr., nr. 12", "NL", "Kerkstraat 12"),
    ("street", "12 av. Foch", "FR", "12 avenue Foch"),
    ("street", "Hauptstr. 5", None, "Hauptstr. 5"),
    ("unit", "Stk.", None, "Units"),
    ("unit", "KGM", None, "kg"),
    ("unit", "qm", None, "m²"),
    ("unit", "CS", None, "CS"),  # U3
    ("unit-code", "Case", None, "CS"),
    ("unit-code", "EA", None, "C62"),
    ("unit-code", "dz", None, "DZN"),
    ("text", "  two \u00a0 blanks\t ", None, "two blanks"),
    ("text", "Cafe\u0301", None, "Café"),
]
WRONG = [
    ("vat", "DE136695975", "DE", "it is no tax id of DE: its check digits are wrong"),
    ("vat", "12", "DE", "it is no tax id of DE: its length is wrong"),
    ("vat", "123456789", None, "it can't be judged: no country is given, and it begins with none"),
    ("vat", "123456789", "Atlantis", "it can't be judged: its country 'Atlantis' is not known"),
    ("gtin", "4006381333930", None, "its check digit is 0, but 1 follows from the others"),
    ("gtin", "4006381", None, "it is no GTIN: it has 7 digits, not 8, 12, 13 or 14"),
    ("gtin", "40063813A3931", None, "it is no GTIN: it holds other characters than digits"),
    ("iban", "DE88370400440532013000", None, "it is no IBAN: invalid checksum digits"),
    ("bic", "DEUTXXFF", None, "it is no BIC: invalid country code 'XX'"),
    ("phone", "0221 1234567890123", "DE", "it is no phone number: it has too many digits"),
    ("phone", "+32 123", None, "it is no phone number: it has too few digits"),
    ("phone", "call Max", "DE", "it is no phone number: it can't be read as one"),
    ("phone", "+999 123456", None, "it is no phone number: no country has the code that it begins with"),
    ("phone", "0221 1234567", None, "it can't be judged: no country is given, and it begins with none"),
    ("email", "max", None, "it is no e-mail address: it is not a name, @, and a domain"),
    ("email", "max@@example.org", None, "it is no e-mail address: it holds a second @ or a blank"),
    ("email", "max..m@example.org", None, "it is no e-mail address: what stands before the @ can't be a name"),
    ("email", "x@x.x", None, "it is no e-mail address: what stands behind the @ can't be a domain"),
    ("email", "max@example.con", None, "its domain ends in .con; perhaps .com is meant"),
    ("email", "max@gmial.com", None, "its domain is gmial.com; perhaps gmail.com is meant"),
    ("postcode", "1067", "DE", "it is no postcode of DE; perhaps a leading zero was lost"),
    ("postcode", "ABCDE", "DE", "it is no postcode of DE"),
    ("postcode", "50667", None, "it can't be judged: no country is given"),
    ("country", "Atlantis", None, "it is no country that is known by a code or a name"),
    ("language", "Quenya?", None, "it is no language that is known by a code or a name"),
    ("currency", "$", None, "it is no currency that is known by its code, or its sign or name is that of several"),
    ("organisation", "4711", None, "it is no name: it holds no letter"),
    ("organisation", "TEST GmbH", None, "it is no name: it says 'TEST'"),
    ("organisation", "Ã¼ber-Müller", None, "its encoding is wrong, and what was meant is not certain"),
    ("person", "max@example.org", None, "it is no person's name: it holds digits or @"),
    ("street", "12", "DE", "it is no street: it holds no letter"),
    ("unit", "furlong", None, "it is no unit of measure that is known"),
    ("text", "broken \ufffd", None, "its encoding is wrong, and what was meant is not certain"),
]


@pytest.mark.parametrize(("kind", "value", "country", "written"), RIGHT)
def test_a_right_value_is_fine_and_written_alike(kind, value, country, written):
    assert KINDS[kind].check([value], [country]) == [None]
    assert KINDS[kind].normalise([value], [country]) == [written]


@pytest.mark.parametrize(("kind", "value", "country", "written"), RIGHT)
def test_what_is_written_alike_stays_and_stays_right(kind, value, country, written):
    assert KINDS[kind].normalise([written], [country]) == [written]
    assert KINDS[kind].check([written], [country]) == [None]


@pytest.mark.parametrize(("kind", "value", "country", "why"), WRONG)
def test_a_wrong_value_says_why(kind, value, country, why):
    assert KINDS[kind].check([value], [country]) == [why]


@pytest.mark.parametrize(("kind", "value", "country", "why"), WRONG)
def test_a_wrong_value_stays_as_it_is(kind, value, country, why):  # K3
    assert KINDS[kind].normalise([value], [country]) == [value]


def test_a_phone_number_outside_of_all_ranges_is_a_fault_and_yet_written_alike():  # C2
    assert KINDS["phone"].check(["0221 1"], ["DE"]) == ["it is in none of the ranges of numbers under +49"]
    assert KINDS["phone"].normalise(["0221 1"], ["DE"]) == ["+492211"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fine_and_stays_nothing(kind):  # K1
    blanks = ["", "   ", "N/A", "-", "...", "99999", "00000000", "unbekannt", None]
    assert KINDS[kind].check(blanks) == [None] * len(blanks)
    assert KINDS[kind].normalise(blanks) == [None] * len(blanks)


def test_a_name_that_looks_like_a_blank_word_is_kept_where_it_is_one():
    assert KINDS["country"].normalise(["NA"]) == ["NA"]
    assert KINDS["person"].normalise(["Nan"]) == ["Nan"]
    assert KINDS["organisation"].normalise(["NA"]) == [None]


def test_every_kind_stands_in_the_reference_with_what_it_is():
    page = (Path(__file__).parents[4] / "docs/reference/value-kinds.md").read_text()
    listed = {
        name.strip("` "): summary.strip()
        for name, summary in re.findall(r"^\| (`[\w-]+`) \| ([^|]+) \|", page, re.MULTILINE)
    }
    assert listed == {kind.name: kind.summary for kind in KINDS.values()}


def test_terms_are_looked_up_without_case_and_blanks():
    terms = lookup("terms", {"30 Tage netto": "net-30", "sofort": "immediate", "N/A": "immediate"})
    assert terms.normalise(["30  TAGE netto", "net-30", "n/a", "later", "-"]) == [
        "net-30",
        "net-30",
        "immediate",
        "later",
        None,
    ]
    assert terms.check(["Sofort", "net-30", "sofrot", "zzz"]) == [
        None,
        None,
        "it is none of the terms that are known; perhaps 'sofort'",
        "it is none of the terms that are known",
    ]


@pytest.mark.parametrize(
    ("unit", "other", "times"),
    [
        ("DZ", "EA", Decimal(12)),
        ("kg", "g", Decimal(1000)),
        ("m²", "m2", Decimal(1)),
        ("Std", "min", Decimal(60)),
        ("kg", "m", None),
        ("kg", "Stk", None),
        ("CS", "EA", None),
        ("CS", "Case", Decimal(1)),
        ("cl", "ml", Decimal(10)),  # U2
        ("CL", "ml", None),
    ],
)
def test_units_convert_when_they_measure_the_same(unit, other, times):  # U3 U4
    assert factor(unit_of(unit), unit_of(other)) == times


def test_no_word_names_two_units():
    bearers = {}
    for unit in UNITS:
        for word in {unit.code, *unit.words, (unit.odoo or unit.code)}:
            bearers.setdefault(word, set()).add(unit.code)
    assert {word: codes for word, codes in bearers.items() if len(codes) > 1} == {}
