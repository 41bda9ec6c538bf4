"""Which kinds of values are known? One for each word that a workspace may write as a column's kind."""

from collections.abc import Mapping

from lockgate.engines.values.kind import Kind
from lockgate.engines.values.kinds.addresses import POSTCODE, STREET
from lockgate.engines.values.kinds.contact import EMAIL, PHONE
from lockgate.engines.values.kinds.names import ORGANISATION, PERSON, TEXT
from lockgate.engines.values.kinds.numbers import BIC, GTIN, IBAN
from lockgate.engines.values.kinds.places import COUNTRY, CURRENCY, LANGUAGE
from lockgate.engines.values.kinds.tax import VAT
from lockgate.engines.values.kinds.units import UNIT, UNIT_CODE

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        *(BIC, COUNTRY, CURRENCY, EMAIL, GTIN, IBAN, LANGUAGE, ORGANISATION, PERSON, PHONE, POSTCODE, STREET, TEXT),
        *(UNIT, UNIT_CODE, VAT),
    )
}
