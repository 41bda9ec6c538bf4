"""What can be seen in the values of a column? SQL over texts `v` that stand on `n` rows each.

V1  A column is seen as what all its texts could be: integer before decimal before date before boolean, else text. A
    number with a leading zero is a text: it is a code.
V2  A placeholder is a value that people type to get past a field: words for nothing, one digit repeated, made-up days.
V3  A value is suspicious that stands on at least one in a hundred rows and 20 times as often as the average one, in a
    column of at least 50 different values.
"""

WORDS = (
    "n/a na n.a. n.a none null nil nan - -- --- . .. ? ?? ??? x xx xxx tbd tba tbc unknown unbekannt onbekend inconnu"
    " test dummy todo keine aucun geen void empty leer vide leeg asdf qwerty abc x@x x@x.x a@a a@a.com test@test.com"
    " no@no.com none@none.com noreply@noreply.com nomail@nomail.com 123456 1234567 12345678 123456789 1234567890"
)
DAYS = (
    "1900-01-01 1899-12-30 1899-12-31 1901-01-01 1970-01-01 1753-01-01 0001-01-01 9999-12-31 2099-12-31 2999-12-31"
    " 01.01.1900 01/01/1900 31.12.9999 31/12/9999 12/31/9999 01.01.1970 01/01/1970 31.12.2099 31/12/2099"
)

SHAPE = (
    "regexp_replace(regexp_replace(regexp_replace(v, '\\p{Lu}', 'A', 'g'), '\\p{Ll}', 'a', 'g'), '\\p{Nd}', '9', 'g')"
)
_TRIMMED = "trim(v)"
_NUMBER = "^[+-]?(0|[1-9]\\d*)"
_DAY = "^(\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./-]\\d{1,2}[./-](\\d{2}|\\d{4}))([ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)?$"
_BOOLEAN = "'true', 'false', 'yes', 'no', 'y', 'n', 't', 'f', 'ja', 'nein', 'oui', 'non'"

SEEN = (  # V1
    f"CASE WHEN count(*) FILTER ({_TRIMMED} <> '') = 0 THEN NULL"
    f" WHEN bool_and({_TRIMMED} = '' OR regexp_full_match({_TRIMMED}, '{_NUMBER}')) THEN 'integer'"
    f" WHEN bool_and({_TRIMMED} = '' OR regexp_full_match({_TRIMMED}, '{_NUMBER}([.,]\\d+)?')) THEN 'decimal'"
    f" WHEN bool_and({_TRIMMED} = '' OR regexp_full_match({_TRIMMED}, '{_DAY}')) THEN 'date'"
    f" WHEN bool_and({_TRIMMED} = '' OR lower({_TRIMMED}) IN ({_BOOLEAN})) THEN 'boolean' ELSE 'text' END"
)

_LISTED = ", ".join(f"'{word}'" for word in f"{WORDS} {DAYS}".split())
PLACEHOLDER = (  # V2
    f"(lower({_TRIMMED}) IN ({_LISTED}) OR (length({_TRIMMED}) >= 4"
    f" AND regexp_full_match({_TRIMMED}, '0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|x+|X+|[.]+|-+|_+|[*]+|#+')))"
)

BLANK = "^[\\s\\p{Z}]*$"
PADDED = "^[\\s\\p{Z}]|[\\s\\p{Z}]$"
CONTROL = "[\\x{00}-\\x{08}\\x{0b}\\x{0c}\\x{0e}-\\x{1f}\\x{7f}-\\x{9f}\\x{200b}-\\x{200f}\\x{2060}\\x{feff}]"
_SECOND = (
    "\\x{80}-\\x{bf}\\x{152}\\x{153}\\x{160}\\x{161}\\x{178}\\x{17d}\\x{17e}\\x{192}\\x{2c6}\\x{2dc}\\x{2013}-\\x{203a}"
)
MOJIBAKE = f"\\x{{c3}}[{_SECOND}\\x{{20ac}}\\x{{2122}}]|\\x{{e2}}\\x{{20ac}}|\\x{{c2}}[\\x{{a0}}-\\x{{bf}}]|\\x{{fffd}}"
ODD = f"{BLANK}|{PADDED}|{CONTROL}|{MOJIBAKE}"
COUNTED_ODD = ", ".join(
    f"coalesce(sum(n) FILTER ({condition}), 0)"
    for condition in (
        f"regexp_matches(v, '{BLANK}')",
        f"regexp_matches(v, '{PADDED}') AND NOT regexp_matches(v, '{BLANK}')",
        f"regexp_matches(v, '{CONTROL}')",
        f"regexp_matches(v, '{MOJIBAKE}')",
    )
)
