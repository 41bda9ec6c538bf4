"""What can programs ask of people? Who has which role where."""

from django.http import HttpRequest
from ninja import Router

from lockgate.faces.web.page import viewer_of
from lockgate.tower.evidence import opened
from lockgate.tower.interface import AsOf, operation
from lockgate.tower.person.given import given
from lockgate.tower.person.roles import PeopleAnswer, people
from lockgate.tower.server import as_of

router = Router(tags=["person"])


@router.get("/person", response=PeopleAnswer)
@operation("people.see")
def everybody(request: HttpRequest, when: AsOf = "") -> PeopleAnswer:
    """List whom you see with their roles, the roles, and those that nobody has."""
    then = as_of(when)
    return people(opened.compared(then).workspace, viewer_of(request), given(then))
