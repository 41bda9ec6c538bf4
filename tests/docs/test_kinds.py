"""The page of kinds says what the tables and the recipes say."""

import kinds_page


def test_the_page_is_what_the_kinds_and_recipes_say():
    assert kinds_page.page() == kinds_page.PAGE.read_text(encoding="utf-8"), (
        "make it again with: python tools/kinds_page.py"
    )


def test_each_kind_has_a_recipe():
    text = "".join(file.read_text(encoding="utf-8") for file in kinds_page.RECIPES.rglob("*.yaml"))
    assert [name for name in kinds_page.KINDS if f"kind: {name}\n" not in text] == []
