"""Which kinds of resources make up the accounting of a company?"""

from typing import Final

from lockgate.practices.template.definition.kinds.checks import adds_up, each_either, goes_with
from lockgate.practices.template.definition.kinds.kind import Code, Kind, Short

COUNTRY: Final = Code("[A-Z]{2}", "base.{}", "BE", small=True, odd={"GB": "base.uk"})
CURRENCY: Final = Code("[A-Z]{3}", "base.{}", "EUR")
USES: Final = {"sales": "sale", "purchases": "purchase", "neither": "none"}

KINDS: Final = (
    Kind(
        "company",
        "res.company",
        "A legal entity with its chart of accounts; the localisation of its country comes with it.",
        (
            Short("country", "country_id", "The country, whose fiscal localisation it gets.", code=COUNTRY),
            Short("currency", "currency_id", "The currency that it keeps its books in.", code=CURRENCY),
            Short("chart", "chart_template", "The chart of accounts, by Odoo's name for it."),
            Short("tax_number", "vat", "Its number for value added tax."),
        ),
        needs=("name", "country", "currency", "chart"),
    ),
    Kind(
        "currency",
        "res.currency",
        "A currency that is in use; all others stay switched off.",
        (Short("code", "name", "Its three letters."),),
        needs=("code",),
        defaults={"active": True},
        find=("name",),
    ),
    Kind(
        "exchange-rate",
        "res.currency.rate",
        "What a currency is worth from a day on, in the books of one company.",
        (
            Short("currency", "currency_id", "The currency.", code=CURRENCY),
            Short("day", "name", "The first day on which it holds."),
            Short("units", "rate", "How many of it one unit of the company's own currency buys."),
        ),
        needs=("company", "currency", "day", "units"),
        find=("currency_id", "name", "company_id"),
        of_company="company_id",
    ),
    Kind(
        "journal",
        "account.journal",
        "A journal of a company.",
        (
            Short(
                "for",
                "type",
                "What is booked there.",
                choices={
                    "sales": "sale",
                    "purchases": "purchase",
                    "cash": "cash",
                    "bank": "bank",
                    "credit card": "credit",
                    "other": "general",
                },
            ),
            Short("account", "default_account_id", "The account that it books to by default."),
            Short("bank_account", "bank_account_id", "The bank account whose statements it takes."),
            Short("currency", "currency_id", "Its currency, where it is not the company's.", code=CURRENCY),
        ),
        needs=("company", "name", "code", "for"),
        find=("code", "company_id"),
        of_company="company_id",
        checks=(goes_with("for", "bank", "bank_account", because="Name the bank account whose statements it takes."),),
    ),
    Kind(
        "bank-account",
        "res.partner.bank",
        "A bank account of a company or a partner. A journal of a company names it.",
        (
            Short("number", "acc_number", "Its number."),
            Short("holder", "partner_id", "The partner whose it is; a company has one of its own name."),
            Short("bank", "bank_id", "The bank."),
            Short("currency", "currency_id", "Its currency.", code=CURRENCY),
            Short("trusted", "allow_out_payment", "Whether it may be paid to."),
        ),
        needs=("number", "holder"),
    ),
    Kind(
        "tax",
        "account.tax",
        "A tax or a levy that the chart of the country lacks.",
        (
            Short("percent", "amount", "How much, of the price.", sets={"amount_type": "percent"}),
            Short("each", "amount", "How much, for each unit.", sets={"amount_type": "fixed"}),
            Short("on", "type_tax_use", "What it is charged on.", choices=USES),
            Short("country", "country_id", "Where it is due.", code=COUNTRY),
            Short("group", "tax_group_id", "Under which line it stands on documents."),
            Short("raises_others", "include_base_amount", "Whether later taxes are charged on it, too."),
            Short(
                "in_price",
                "price_include_override",
                "Whether prices are with it.",
                choices={"with": "tax_included", "without": "tax_excluded"},
            ),
            Short("only_for", "fiscal_position_ids", "The fiscal positions under which it is charged."),
            Short("instead_of", "original_tax_ids", "The taxes in whose place it is charged there."),
        ),
        needs=("company", "name", "on", "country"),
        of_company="company_id",
        checks=(
            goes_with("instead_of", None, "only_for", because="Say under which fiscal position it takes their place."),
        ),
    ),
    Kind(
        "fiscal-position",
        "account.fiscal.position",
        "When other taxes than the usual ones are charged. Which ones, the taxes say.",
        (
            Short("country", "country_id", "For partners of this country.", code=COUNTRY),
            Short("countries", "country_group_id", "For partners of these countries."),
            Short("by_itself", "auto_apply", "Whether Odoo finds it by the partner's address."),
            Short("with_tax_number", "vat_required", "Only for partners with a number for value added tax."),
        ),
        needs=("company", "name"),
        of_company="company_id",
    ),
    Kind(
        "payment-term",
        "account.payment.term",
        "When a bill is due, at once or in parts.",
        (
            Short(
                "parts",
                "line_ids",
                "Each with what is due and when.",
                lines=(
                    Short("percent", "value_amount", "How much of the bill.", sets={"value": "percent"}),
                    Short("days", "nb_days", "Days after the bill.", sets={"delay_type": "days_after"}),
                    Short(
                        "days_after_month",
                        "nb_days",
                        "Days after the end of the month.",
                        sets={"delay_type": "days_after_end_of_month"},
                    ),
                ),
            ),
            Short("discount", "discount_percentage", "Percent off for who pays early.", sets={"early_discount": True}),
            Short("discount_days", "discount_days", "How early that is."),
        ),
        needs=("name", "parts"),
        checks=(
            each_either("parts", "days", "days_after_month"),
            adds_up("parts", "percent"),
            goes_with("discount", None, "discount_days", because="Say until when the discount holds."),
        ),
    ),
)
