"""What of the standard may be meant by some words? Rules R1 to R4, and the file it is kept in."""

from lockgate.practices.fit.decide.catalogue import Entry, ranked, words_of

UNITS = Entry("setting", "group_uom", "Units of Measure & Packagings", "Sell and purchase products in different units")
LANDED = Entry("module", "stock_landed_costs", "WMS Landed Costs", "Landed Costs", "installed", "Inventory")
FIELD = Entry("field", "stock.lot.ref", "Internal Reference", "", "Lot", "Inventory")
MODEL = Entry("model", "stock.lot", "Lot/Serial", "", "", "Inventory")


def choices(text, *entries, area=""):
    return [one.entry.choice for one in ranked(words_of(text), entries, area=area)]


def test_words_are_what_says_something_each_once():
    assert words_of("We must be able to count the Lots, and lots of PARTS") == ("able", "count", "lots", "parts")


def test_more_of_the_words_come_before_fewer_and_none_is_no_find():  # R1
    assert choices("landed costs units", UNITS, LANDED, FIELD) == ["module:stock_landed_costs", "setting:group_uom"]


def test_a_word_is_found_when_it_is_spelt_nearly_like_it_but_not_a_short_one():  # R1
    assert choices("packaging", UNITS) == ["setting:group_uom"]
    assert choices("lost", MODEL) == []


def test_a_label_counts_more_than_a_help_text():  # R2
    helped = Entry("setting", "other", "Something else", "Units of measure")
    assert choices("units of measure", helped, UNITS) == ["setting:group_uom", "setting:other"]


def test_of_equals_a_setting_comes_before_an_app_and_a_field_last():  # R3
    same = [Entry(kind, "x", "Landed costs") for kind in ("field", "model", "report", "module", "setting")]
    assert choices("landed costs", *same) == ["setting:x", "module:x", "report:x", "model:x", "field:x"]


def test_of_equals_a_module_that_is_installed_comes_before_one_that_is_not():  # R3
    ready, there = (
        Entry("module", about[:3], "Landed costs", "", about) for about in ("can be installed", "installed")
    )
    assert choices("landed costs", ready, there) == ["module:ins", "module:can"]


def test_what_belongs_to_the_area_comes_first():  # R4
    here, there = (Entry("setting", area, "Approval", capability=area) for area in ("Purchase", "Sales"))
    assert choices("approval", there, here, area="Purchase") == ["setting:Purchase", "setting:Sales"]


def test_scores_go_up_to_a_hundred():
    [best] = ranked(
        ("landed", "costs"), [Entry("setting", "x", "Landed costs", capability="Inventory")], area="Inventory"
    )
    assert best.score == 100
