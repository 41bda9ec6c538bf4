"""A page of the past leads to pages of the past."""

import pytest

from lockgate.faces.web.keeping import keep


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ('<a href="/gate/">', '<a href="/gate/?as-of=7%2B1">'),
        ('<a class="x" href="/gate/?a=b#c" title="t">', '<a class="x" href="/gate/?a=b&amp;as-of=7%2B1#c" title="t">'),
        ('<a href="?sort=-x">', '<a href="?sort=-x&amp;as-of=7%2B1">'),
        ('<a href="/gate/?as-of=3">', '<a href="/gate/?as-of=3">'),
        ('<a href="/gate/?x=1&amp;as-of=3">', '<a href="/gate/?x=1&amp;as-of=3">'),
        ('<a data-now href="/gate/">', '<a data-now href="/gate/">'),
        ('<a href="#main">', '<a href="#main">'),
        ('<a href="/account/">', '<a href="/account/">'),
        ('<a href="https://example.com/gate/">', '<a href="https://example.com/gate/">'),
        ("&lt;a href=&quot;/gate/&quot;&gt;", "&lt;a href=&quot;/gate/&quot;&gt;"),
        ('<link href="/gate/">', '<link href="/gate/">'),
    ],
)
def test_links_to_pages_that_can_be_asked_keep_the_moment_and_no_others(link, kept):  # K1, K2
    assert keep(link, "7+1", lambda path: path.startswith("/gate/")) == kept
