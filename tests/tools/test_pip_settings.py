"""Does uv look where pip looks?"""

import pytest

from pip_settings import UvSettings, as_uv, parse

LISTING = r"""
:env:.index-url='https://env.example/simple'
global.extra-index-url='\nhttps://a.example/simple\nhttps://b.example/simple'
global.index-url='https://global.example/simple'
install.find-links='/wheels /more-wheels'
wheel.index-url='https://other.example/simple'
"""


def test_the_section_that_pip_would_follow_wins():
    assert parse(LISTING) == {
        "index-url": "https://env.example/simple",
        "extra-index-url": "\nhttps://a.example/simple\nhttps://b.example/simple",
        "find-links": "/wheels /more-wheels",
    }


@pytest.mark.parametrize(
    ("setting", "value", "variable", "told"),
    [
        ("index-url", "https://a.example/simple", "UV_DEFAULT_INDEX", "https://a.example/simple"),
        (
            "extra-index-url",
            "\nhttps://a.example\nhttps://b.example",
            "UV_INDEX",
            "https://a.example https://b.example",
        ),
        ("find-links", "/wheels /more", "UV_FIND_LINKS", "/wheels,/more"),
        ("trusted-host", "a.example", "UV_INSECURE_HOST", "a.example"),
        ("timeout", "90", "UV_HTTP_TIMEOUT", "90"),
        ("default-timeout", "180", "UV_HTTP_TIMEOUT", "180"),
        ("cert", "/company.pem", "SSL_CERT_FILE", "/company.pem"),
        ("proxy", "http://proxy.example:8080", "ALL_PROXY", "http://proxy.example:8080"),
    ],
)
def test_each_setting_of_pip_becomes_a_variable_of_uv(setting, value, variable, told):
    assert as_uv({setting: value}) == UvSettings((), {"UV_INDEX_STRATEGY": "unsafe-best-match", variable: told})


def test_without_an_index_uv_is_told_so_by_an_option():
    assert as_uv({"no-index": "yes"}).options == ("--no-index",)
    assert as_uv({"no-index": "0"}).options == ()


def test_what_is_set_for_uv_already_stays(monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example")
    assert as_uv({"index-url": "https://a.example"}).environment()["UV_DEFAULT_INDEX"] == "https://mine.example"
