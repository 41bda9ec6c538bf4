"""Which kinds of mess are there, and what share of the records has each?

The share is of the records that can have it: a typo in an e-mail needs an e-mail. It is kept exactly, and at least one
record has it at any scale.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of mess."""

    share: float
    meaning: str


KINDS = {
    "duplicate-within": Kind(0.03, "The same partner was entered again in the same system."),
    "duplicate-across": Kind(0.4, "The customer, supplier or item of the acquired firm is in the old ERP as well."),
    "credit-limit-per-duplicate": Kind(0.6, "A second account of the same partner has a credit limit of its own."),
    "tax-id-missing": Kind(0.04, "The tax id is empty."),
    "tax-id-invalid": Kind(0.015, "The check digits of the tax id are wrong."),
    "tax-id-notation": Kind(0.12, "The tax id is right, but has blanks and dots."),
    "placeholder": Kind(0.008, "A value that says nothing was typed because the field asked for one."),
    "email-typo": Kind(0.01, "The e-mail address can't be one."),
    "phone-notation": Kind(0.8, "The phone number is right, but not as E.164 writes it."),
    "country-notation": Kind(0.25, "The country is right, but not its ISO code."),
    "swapped-columns": Kind(0.005, "Postcode and town stand in each other's column."),
    "trailing-blanks": Kind(0.02, "Blanks follow the text."),
    "mojibake": Kind(0.03, "UTF-8 was read as cp1252, so that one letter became two."),
    "unknown-term": Kind(0.008, "The payment term is not in the table of terms."),
    "inactive": Kind(0.07, "Marked as no longer used."),
    "blocked": Kind(0.02, "Marked as blocked."),
    "item-duplicate": Kind(0.02, "The same item was entered again, under another number."),
    "gtin-invalid": Kind(0.01, "The check digit of the GTIN is wrong."),
    "gtin-missing": Kind(0.03, "The GTIN is empty."),
    "unit-notation": Kind(0.06, "The unit is right, but another code was typed for it."),
    "obsolete": Kind(0.06, "The item is marked as obsolete."),
    "price-overlap": Kind(0.01, "Two prices of the same list, item and quantity are valid on the same day."),
    "orphan": Kind(0.004, "The customer or supplier that it belongs to was deleted."),
    "part-missing": Kind(0.02, "The part is an item that was deleted."),
    "part-zero": Kind(0.02, "The quantity of the part is zero."),
    "order-of-inactive": Kind(0.01, "The customer of an open order is marked as no longer used."),
    "order-of-blocked": Kind(0.005, "The customer of an open order is blocked."),
    "stock-unit": Kind(0.05, "The quantity is in another unit than the item's base unit."),
    "negative-stock": Kind(0.004, "There is less than nothing in a bin."),
    "serial-twice": Kind(0.005, "The same serial number lies in two bins."),
    "serial-missing": Kind(0.005, "The serial number of an item that has one is empty."),
    "lot-missing": Kind(0.01, "The lot of an item that is kept by lot is empty."),
    "lot-expired": Kind(0.02, "The lot was to be used before the day of the extract."),
    "obsolete-stock": Kind(0.5, "There is stock of an obsolete item; the share is of the obsolete items."),
    "count-differs": Kind(0.02, "The count differs from the stock; also wherever the stock can't be as it is written."),
    "price-placeholder": Kind(0.004, "The price is 99.999,00, so that nobody sells it."),
}
