"""Where is what? Accounts at allauth's own addresses, everything else where each part of the tower says."""

from django.urls import include, path

from lockgate.tower.urls import urlpatterns as tower

handler400 = "lockgate.tower.refusals.bad_request"
handler403 = "lockgate.tower.refusals.not_allowed"
handler404 = "lockgate.tower.refusals.not_found"
handler500 = "lockgate.tower.refusals.broken"

urlpatterns = [path("account/", include("allauth.urls")), *tower]
