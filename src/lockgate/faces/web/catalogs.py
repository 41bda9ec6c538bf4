"""In which languages can pages be read? In English, and in each that has a compiled catalog in the folder `locale`."""

from pathlib import Path
from typing import Final

from django.conf.locale import LANG_INFO

CATALOGS: Final = Path(__file__).with_name("locale")


def languages(folder: Path = CATALOGS) -> list[tuple[str, str]]:
    """Return the languages of the words, each with what its own readers call it."""
    names = sorted(one.parent.parent.name for one in folder.glob("*/LC_MESSAGES/django.mo"))
    codes = ["en", *(name.replace("_", "-").lower() for name in names)]
    return [(code, LANG_INFO.get(code, {}).get("name_local", code)) for code in codes]
