"""Who wants what by mail, and when? By kind; what nobody said anything of goes out in the morning.

W1  Only what concerns one's own account, and that a gate was decided or closed again, can go out at once, and does so
    unless somebody says otherwise.
"""

from typing import Any, Final

from django import forms

from lockgate.tower.notices.models import When, Wish
from lockgate.tower.notices.telling import TITLES, Kind
from lockgate.tower.people.models import Account

_AT_ONCE: Final = {Kind.ACCOUNT, Kind.GATE}


def wishes(account: Account) -> dict[Kind, When]:
    """Return when each kind goes out to an account."""
    said = {wish.kind: When(wish.when) for wish in account.wishes.all()}
    return {kind: said.get(kind, When.AT_ONCE if kind in _AT_ONCE else When.DAILY) for kind in TITLES}


class WishesForm(forms.Form):
    """Asks for each kind when it goes out."""

    def __init__(self, account: Account, said: Any = None) -> None:
        super().__init__(said, initial={str(kind): when for kind, when in wishes(account).items()})
        self._account = account
        for kind, title in TITLES.items():
            choices = [one for one in When.choices if one[0] != When.AT_ONCE or kind in _AT_ONCE]
            self.fields[str(kind)] = forms.ChoiceField(label=title, choices=choices)

    def save(self) -> None:
        """Keep what was said."""
        for kind in TITLES:
            Wish.objects.update_or_create(
                account=self._account, kind=str(kind), defaults={"when": self.cleaned_data[str(kind)]}
            )
