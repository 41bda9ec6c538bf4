"""Does the page of registers say what the data says?"""

import registers_page


def test_the_page_is_what_the_files_say():
    assert registers_page.page() == registers_page.PAGE.read_text(encoding="utf-8"), (
        "make it again with: python tools/registers_page.py"
    )
