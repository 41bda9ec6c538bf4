"""Where is what? Accounts at allauth's own addresses, everything else where each part of the tower says.

Who has lost a password asks an administrator for a link: no page offers a way back by mail alone. So nobody proves a
mail address here: it stands on the page of the account.
"""

from allauth.urls import urlpatterns as allauth
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from lockgate.tower.urls import urlpatterns as tower

handler400 = "lockgate.tower.refusals.bad_request"
handler403 = "lockgate.tower.refusals.not_allowed"
handler404 = "lockgate.tower.refusals.not_found"
handler500 = "lockgate.tower.refusals.broken"


def _kept(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Return allauth's addresses without those for lost passwords."""
    for found in patterns:
        if isinstance(found, URLResolver) and not found.namespace:
            found.url_patterns[:] = _kept(found.url_patterns)
    return [found for found in patterns if "password/reset" not in str(found.pattern)]


urlpatterns = [
    *tower,  # first, so that the way to the house and back is ours
    path("account/email/", RedirectView.as_view(pattern_name="account")),
    path("account/", (_kept(allauth), None, None)),
]
