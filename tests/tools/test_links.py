"""Is a link that leads nowhere found?"""

import links

OTHER = "# Other page\n\n## What it's *not*\n"
PAGE = """# Page
[file](other.md) [heading](other.md#what-its-not) [own](#page) [web](https://example.com) [folder](sub)
[no file](gone.md) [no heading](other.md#gone) [not of its own](#gone)
```text
[in code](gone.md)
```
"""


def test_links_to_files_and_headings_that_are_not_there_are_found(tmp_path):
    (tmp_path / "other.md").write_text(OTHER)
    (tmp_path / "sub").mkdir()
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    assert list(links.broken(page)) == ["gone.md", "other.md#gone", "#gone"]
