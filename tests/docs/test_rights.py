"""The page of rights is what the policy says."""

import rights_page


def test_the_page_is_what_the_policy_says():
    assert rights_page.page() == rights_page.PAGE.read_text(encoding="utf-8"), (
        "make it again with: python tools/rights_page.py"
    )
