"""Every address of the tower, with what to ask it for: what is one's own site's, and what is another's.

An address that is not in `SAMPLES` fails the tests that walk them all: whoever adds one says here how it is tried.
"""

# ruff: noqa: PLC0415 - Django has to be set up before its modules are imported
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from support.recorded import keep, measured, record

SECRET = "Unheard-of-in-Ghent"
"""Stands in everything of Liège that a test made, and nowhere else."""


@dataclass(frozen=True)
class Sample:
    """How an address is tried: `own` for what daan of Ghent may see, `other` for what he may not."""

    own: str
    other: str = ""
    methods: str = "GET"
    said: dict[str, Any] = field(default_factory=dict)


READ, ACT, FORM = "GET", "POST", "GET POST"
GATE = "/gate/{gate}/site:{site}/"
RISK = "/register/risk/{risk}/"


def both(pattern: str, methods: str = READ, **said: Any) -> Sample:
    """Return a sample for a pattern of what belongs to a site."""
    return Sample(pattern, "other " + pattern, methods, said)


SAMPLES = {
    "": Sample("/"),
    "artifact/<str:digest>/": both("/artifact/{file}/"),
    "artifact/<str:digest>/content/": both("/artifact/{file}/content/"),
    "artifact/<str:digest>/sealed/": both("/artifact/{file}/sealed/"),
    "checkpoint/": Sample("/checkpoint/"),
    "checkpoint/note/": Sample("/checkpoint/note/"),
    "evidence/": Sample("/evidence/?all=on"),
    "evidence/<int:number>/": both("/evidence/{record}/"),
    "evidence/<int:number>/verify/": both("/evidence/{record}/verify/"),
    "gate/": Sample("/gate/"),
    "gate/export.<slug:ending>": Sample("/gate/export.csv"),
    "gate/<str:key>/<str:scope>/": both(GATE),
    "gate/<str:key>/<str:scope>/sign-off/": both(GATE + "sign-off/"),
    "gate/<str:key>/<str:scope>/decide/": both(GATE + "decide/", ACT),
    "gate/<str:key>/<str:scope>/waive/": both(GATE + "waive/", ACT),
    "gate/<str:key>/<str:scope>/fulfil/": both(GATE + "fulfil/", ACT),
    "gate/<str:key>/<str:scope>/emergency/": both(GATE + "emergency/", ACT),
    "rerun/": Sample("/rerun/"),
    "healthz": Sample("/healthz"),
    "readyz": Sample("/readyz"),
    "help/": Sample("/help/"),
    "help/pictures/<str:name>": Sample("/help/pictures/programme.png"),
    "help/<path:name>": Sample("/help/how-to/decide-a-gate"),
    "instance/": Sample("/instance/"),
    "join/<str:secret>/": Sample("/join/used/", methods=FORM),
    "account/": Sample("/account/", methods=FORM),
    "account/theme/": Sample("/account/theme/", methods=ACT),
    "account/key/": Sample("/account/key/", methods=FORM),
    "account/key/<int:number>/revoke/": Sample("/account/key/{key}/revoke/", methods=ACT),
    "account/lend/": Sample("/account/lend/", methods=FORM),
    "account/lend/<int:number>/take/": Sample("/account/lend/{lent}/take/", methods=ACT),
    "account/notice/": Sample("/account/notice/", methods=FORM),
    r"^account/oidc/(?P<provider_id>[^/]+)/login/$": Sample("/account/oidc/house/login/", methods=FORM),
    r"^account/oidc/(?P<provider_id>[^/]+)/login/callback/$": Sample("/account/oidc/house/login/callback/"),
    "notice/": Sample("/notice/"),
    "notice/count/": Sample("/notice/count/"),
    "person/": Sample("/person/"),
    "programme/calendar/": Sample("/programme/calendar/"),
    "programme/calendar.ics": Sample("/programme/calendar.ics"),
    "raid/": Sample("/raid/"),
    "record/options/": Sample("/record/options/?of=risk"),
    "register/": Sample("/register/"),
    "register/<slug:register>/": Sample("/register/risk/"),
    "register/<slug:register>/new/": Sample("/register/risk/new/", methods=FORM),
    "register/<slug:register>/board/": Sample("/register/risk/board/"),
    "register/<slug:register>/export.<slug:ending>": Sample("/register/risk/export.csv"),
    "register/<slug:register>/import/": Sample("/register/risk/import/", methods=FORM),
    "register/<slug:register>/import/now/": Sample("/register/risk/import/now/", methods=ACT),
    "register/<slug:register>/<record:record>/": both(RISK),
    "register/<slug:register>/<record:record>/edit/": both(RISK + "edit/", FORM),
    "register/<slug:register>/<record:record>/do/<slug:step>/": both(RISK + "do/close/", ACT),
    "register/<slug:register>/<record:record>/comment/": both(RISK + "comment/", ACT),
    "register/<slug:register>/<record:record>/link/": both(RISK + "link/", ACT),
    "register/<slug:register>/<record:record>/tag/": both(RISK + "tag/", ACT),
    "register/<slug:register>/<record:record>/attach/": both(RISK + "attach/", ACT),
    "register/<slug:register>/<record:record>/file/<slug:digest>/": both(RISK + "file/{file}/"),
    "register/<slug:register>/<record:record>/cell/<slug:field>/": both(RISK + "cell/title/"),
    "people/": Sample("/people/"),
    "people/export.<slug:ending>": Sample("/people/export.csv"),
    "people/<str:person>/": Sample("/people/elise/"),
    "people/<str:person>/invite/": Sample("/people/elise/invite/", methods=ACT),
    "people/<str:person>/role/": Sample("/people/elise/role/", methods=ACT),
    "people/<str:person>/role/<int:number>/take/": Sample("/people/eve/role/{lent}/take/", methods=ACT),
    "people/<str:person>/key/<int:number>/revoke/": Sample("/people/elise/key/{elises}/revoke/", methods=ACT),
    "people/<str:person>/second-factor/": Sample("/people/elise/second-factor/", methods=ACT),
    "people/<str:person>/<slug:act>/": Sample("/people/elise/appoint/", methods=ACT),
    "run/": Sample("/run/"),
    "run/start/": Sample("/run/start/", methods=ACT),
    "run/<int:number>/": Sample("/run/{run}/"),
    "run/<int:number>/cancel/": Sample("/run/{run}/cancel/", methods=ACT),
    "run/<int:number>/resume/": Sample("/run/{run}/resume/", methods=ACT),
    "search/": Sample("/search/?q=" + SECRET),
    "search/results/": Sample("/search/results/?q=" + SECRET),
    "settings/": Sample("/settings/"),
    "settings/mail/": Sample("/settings/mail/", methods=ACT),
    "styleguide/": Sample("/styleguide/"),
    "task/": Sample("/task/"),
    "fit/": Sample("/fit/"),
    "fit/confirm/": Sample(
        "/fit/confirm/", methods=ACT, said={"instance": "build", "requirement": "REQ-1", "choice": "x:y"}
    ),
    "fit/custom/": Sample("/fit/custom/"),
    "fit/trace/": Sample("/fit/trace/"),
    "fit/trace/export.<slug:ending>": Sample("/fit/trace/export.csv"),
    "template/": Sample("/template/"),
    "template/order/": Sample("/template/order/"),
    "template/plan/": Sample("/template/plan/"),
    "template/merge/": Sample("/template/merge/"),
    "template/merge/<slug:site>/": both("/template/merge/{site}/"),
    "template/drift/": Sample("/template/drift/"),
    "template/drift/export.<slug:ending>": Sample("/template/drift/export.csv"),
    "template/adherence/": Sample("/template/adherence/"),
    "template/resource/<slug:key>/": Sample("/template/resource/goods/"),
    "migration/": Sample("/migration/"),
    "migration/export.<slug:ending>": Sample("/migration/export.csv"),
    "migration/reviews/": Sample("/migration/reviews/"),
    "migration/reviews/<slug:record>/": Sample("/migration/reviews/PAIR-1/"),
    "migration/reviews/<slug:record>/golden/": Sample("/migration/reviews/PAIR-1/golden/"),
    "migration/reviews/<slug:record>/decide/": Sample("/migration/reviews/PAIR-1/decide/", "", ACT),
    "migration/rounds/": Sample("/migration/rounds/"),
    "migration/ties/": Sample("/migration/ties/"),
    "migration/ties/<slug:key>/": Sample("/migration/ties/receivables/"),
    "migration/ties/<slug:key>/export.<slug:ending>": Sample("/migration/ties/receivables/export.csv"),
    "migration/treatments/": Sample("/migration/treatments/"),
    "migration/treatments/export.<slug:ending>": Sample("/migration/treatments/export.csv"),
    "migration/datasets/": Sample("/migration/datasets/"),
    "migration/rules/": Sample("/migration/rules/"),
    "migration/rules/<str:key>/": Sample("/migration/rules/customer-country/"),
    "migration/rules/<str:key>/export.<slug:ending>": Sample("/migration/rules/customer-country/export.csv"),
    "migration/changes/": Sample("/migration/changes/"),
    "migration/changes/export.<slug:ending>": Sample("/migration/changes/export.csv"),
    "migration/corrections/": Sample("/migration/corrections/"),
    "migration/corrections/now/": Sample("/migration/corrections/now/", methods=ACT),
    "migration/counts/": Sample("/migration/counts/"),
    "migration/counts/export.<slug:ending>": Sample("/migration/counts/export.csv"),
    "migration/mappings/": Sample("/migration/mappings/"),
    "migration/mappings/<slug:key>/": Sample("/migration/mappings/customer/"),
    "migration/reconciliation/": Sample("/migration/reconciliation/"),
    "migration/reconciliation/<slug:key>/": Sample("/migration/reconciliation/customers/"),
    "migration/reconciliation/<slug:key>/export.<slug:ending>": Sample("/migration/reconciliation/items/export.csv"),
    "migration/datasets/<slug:key>/": Sample("/migration/datasets/customers/"),
    "migration/datasets/<slug:key>/export.<slug:ending>": Sample("/migration/datasets/customers/export.csv"),
    "workspace/": Sample("/workspace/"),
    "workspace/<path:name>": Sample("/workspace/lockgate.toml"),
    "GET /evidence": Sample("/api/evidence"),
    "GET /evidence/{int:number}": both("/api/evidence/{record}"),
    "GET /ledger/head": Sample("/api/ledger/head"),
    "GET /ledger/verify": Sample("/api/ledger/verify"),
    "GET /gate": Sample("/api/gate"),
    "GET /gate/{key}/{scope}": both("/api/gate/{gate}/site:{site}"),
    "POST /gate/{key}/{scope}/decide": both("/api/gate/{gate}/site:{site}/decide", ACT, choice="go"),
    "POST /gate/{key}/{scope}/waive": both(
        "/api/gate/{gate}/site:{site}/waive", ACT, criterion="x", owner="x", reason="x", until="2099-01-01"
    ),
    "POST /gate/{key}/{scope}/fulfil": both("/api/gate/{gate}/site:{site}/fulfil", ACT, condition="x"),
    "POST /gate/{key}/{scope}/emergency": both("/api/gate/{gate}/site:{site}/emergency", ACT, reason="x", until="x"),
    "GET /rerun": Sample("/api/rerun"),
    "GET /instance": Sample("/api/instance"),
    "GET /notice": Sample("/api/notice"),
    "GET /person": Sample("/api/person"),
    "GET /programme/calendar": Sample("/api/programme/calendar"),
    "GET /record/{record}": both("/api/record/{risk}"),
    "PATCH /record/{record}": both("/api/record/{risk}", "PATCH", version=1, values={"title": "x"}),
    "GET /record/{record}/next": both("/api/record/{risk}/next"),
    "GET /record/{record}/history": both("/api/record/{risk}/history"),
    "POST /record/{record}/do/{step}": both("/api/record/{risk}/do/close", ACT),
    "POST /record/{record}/comment": both("/api/record/{risk}/comment", ACT, text="x"),
    "POST /record/{record}/link": both("/api/record/{risk}/link", ACT, relation="relates", to="RISK-3"),
    "POST /record/{record}/tag": both("/api/record/{risk}/tag", ACT, tags=["x"]),
    "POST /record/{record}/attach": both("/api/record/{risk}/attach", ACT, field="evidence", file="words"),
    "GET /register": Sample("/api/register"),
    "GET /register/{key}": Sample("/api/register/risk"),
    "POST /register/{key}": Sample("/api/register/risk", methods=ACT, said={"values": {"title": "x"}}),
    "GET /register/{key}/export.{ending}": Sample("/api/register/risk/export.csv"),
    "POST /register/{key}/import": Sample("/api/register/risk/import", methods=ACT, said={"file": "title\nx\n"}),
    "GET /run": Sample("/api/run"),
    "POST /run": Sample("/api/run", methods=ACT, said={"verb": "ledger.verify"}),
    "GET /run/{number}": Sample("/api/run/{run}"),
    "POST /run/{number}/cancel": Sample("/api/run/{run}/cancel", methods=ACT),
    "POST /run/{number}/resume": Sample("/api/run/{run}/resume", methods=ACT),
    "GET /search": Sample("/api/search?q=" + SECRET),
    "GET /settings": Sample("/api/settings"),
    "GET /task": Sample("/api/task"),
    "GET /fit": Sample("/api/fit"),
    "GET /fit/search": Sample("/api/fit/search?q=lots&instance=build"),
    "GET /fit/custom": Sample("/api/fit/custom"),
    "GET /fit/trace": Sample("/api/fit/trace"),
    "GET /template": Sample("/api/template"),
    "GET /template/adherence": Sample("/api/template/adherence"),
    "GET /template/plan": Sample("/api/template/plan"),
    "GET /template/merge": Sample("/api/template/merge"),
    "GET /template/merge/{site}": both("/api/template/merge/{site}"),
    "GET /template/drift": Sample("/api/template/drift"),
    "GET /template/resource/{key}": Sample("/api/template/resource/goods"),
    "GET /migration": Sample("/api/migration"),
    "GET /migration/reviews": Sample("/api/migration/reviews"),
    "GET /migration/reviews/{record}": Sample("/api/migration/reviews/PAIR-1"),
    "GET /migration/reviews/{record}/golden": Sample("/api/migration/reviews/PAIR-1/golden"),
    "POST /migration/reviews/{record}": Sample("/api/migration/reviews/PAIR-1", "", ACT, {"said": "same"}),
    "GET /migration/rounds": Sample("/api/migration/rounds"),
    "GET /migration/ties": Sample("/api/migration/ties"),
    "GET /migration/ties/{key}": Sample("/api/migration/ties/receivables"),
    "GET /migration/treatments": Sample("/api/migration/treatments"),
    "GET /migration/counts": Sample("/api/migration/counts"),
    "GET /migration/rules": Sample("/api/migration/rules"),
    "GET /migration/rules/{key}/records": Sample("/api/migration/rules/customer-country/records"),
    "GET /migration/changes": Sample("/api/migration/changes"),
    "GET /migration/mappings": Sample("/api/migration/mappings"),
    "GET /migration/mappings/{key}": Sample("/api/migration/mappings/customer"),
    "GET /migration/reconciliation": Sample("/api/migration/reconciliation"),
    "GET /migration/reconciliation/{key}/records": Sample("/api/migration/reconciliation/items/records"),
    "GET /migration/datasets": Sample("/api/migration/datasets"),
    "GET /migration/datasets/{key}": Sample("/api/migration/datasets/customers"),
    "GET /workspace": Sample("/api/workspace"),
}
"""Route → how it is tried; `{gate}` and the like are filled in by `world`."""


def world(root: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fill a programme with what is Ghent's and what is Liège's, and return the names of each."""
    from lockgate.app.main import run
    from lockgate.tower.people import keys
    from lockgate.tower.people.models import Account, Grant
    from lockgate.tower.runs import queue

    now = datetime.now(UTC)
    page = f"<!doctype html><h1>{SECRET}</h1>".encode()
    files = {"ghent": keep(root, b"<!doctype html><h1>ours</h1>"), "liege": keep(root, page)}
    numbers = {}
    for site, subject in (("ghent", "ours"), ("liege", SECRET)):
        [made] = record(root, measured(site, subject={"scenario": subject}, artifact=files[site]))
        numbers[site] = made.number
    for site, title, by in (("ghent", "Ours", "daan"), ("liege", SECRET, "elise")):
        said = (f"title={title}", f"site={site}", f"owner={by}", "severity=high")
        assert run(("register", "raise", "risk", *said, "--by", "bart", "--workspace", str(root))) == 0
    assert run(("register", "raise", "risk", "title=All", "--by", "bart", "--workspace", str(root))) == 0
    eve = Account.objects.create(person="eve")
    elise = Account.objects.create(person="elise")
    keys.make(elise, "k", writes=False, days=1, moment=now)
    common = {
        "gate": "go-live",
        "run": queue.ask("ledger.verify", {}, by="bart", moment=now).pk,
        "elises": elise.keys.get().pk,
        "lent": Grant.objects.create(
            account=eve, role="sponsor", ends=now - timedelta(hours=1), begins=now - timedelta(days=1), given_by="x"
        ).pk,
        "key": 0,
    }
    own, other = (
        {**common, "site": s, "file": files[s], "record": numbers[s], "risk": r}
        for s, r in (("ghent", "RISK-1"), ("liege", "RISK-2"))
    )
    return own, other


def routes() -> Iterator[tuple[str, str]]:
    """Yield every route of ours with its entry of the policy."""
    from django.urls import URLResolver, get_resolver

    from lockgate.faces.web.page import OPERATION
    from lockgate.tower.interface import api

    def walk(patterns: Any, above: str = "") -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, above + str(pattern.pattern))
            else:
                yield above + str(pattern.pattern), pattern.callback

    for route, view in walk(get_resolver().url_patterns):
        if hasattr(view, OPERATION):
            yield route, getattr(view, OPERATION)
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield f"{operation.methods[0]} {path}", getattr(operation.view_func, OPERATION)


def asked(sample: Sample, own: dict[str, Any], other: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Yield method, address and whether it is for another site."""
    for method in sample.methods.split():
        yield method, sample.own.format(**own), False
        if sample.other:
            yield method, sample.own.format(**other), True


def ask(browser: Any, method: str, address: str, said: dict[str, Any]) -> Any:
    """Ask as a page would, or as a program would."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    if method == "GET":
        return browser.get(address)
    if "file" in said:
        return browser.post(address, {**said, "file": SimpleUploadedFile("x.csv", said["file"].encode())})
    if address.startswith("/api/"):
        return browser.generic(method, address, json.dumps(said), content_type="application/json")
    return browser.post(address, said)


def content_of(answer: Any) -> bytes:
    """Return what was answered, with the file closed that it was read from."""
    if not answer.streaming:
        return answer.content
    content = b"".join(answer.streaming_content)
    if answer.file_to_stream is not None:
        answer.file_to_stream.close()
    return content
