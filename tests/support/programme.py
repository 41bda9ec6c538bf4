"""A small programme, for tests that need a workspace."""

PROGRAMME = """\
[programme]
name = "Meridian"
playbooks = ["distribution-governance"]
currency = "EUR"
time_zone = "Europe/Brussels"
calendar = "belgium"

[instances.production]
role = "production"
url = "https://odoo.example.com"
database = "meridian"

[instances.breda-lab]
role = "lab"
url = "http://localhost:8069"
database = "breda"
sites = ["breda"]
"""
SITES = """\
sites:
  - key: benelux
    name: Meridian Benelux
    kind: legal-entity
    country: BE
    capabilities: [Sales, Inventory]
    owner: ann
    sites:
      - key: ghent
        name: Ghent
        kind: warehouse
        constraints:
          - {kind: peak, name: Christmas, from: 2026-11-20, to: 2026-12-31}
      - key: breda
        name: Breda
        kind: warehouse
        country: NL
        currency: USD
        time_zone: Europe/Amsterdam
        calendar: holland
        owner: bob
        capabilities: [Inventory]
  - key: web
    name: Web shop
    kind: channel
"""
PEOPLE = """\
roles:
  - {key: sponsor, title: Sponsor}
  - {key: site-lead, title: Site lead}
people:
  - key: ann
    name: Ann
    roles: [{role: sponsor}]
  - key: bob
    roles: [{role: site-lead, sites: [benelux]}]
    deputy: ann
raci:
  - {key: design, activity: Design, accountable: sponsor, responsible: [site-lead]}
decision_rights:
  - {key: money, title: Money, role: sponsor, up_to: {amount: 10000, currency: EUR}, beyond: sponsor}
escalations:
  - {key: issue, title: Issue, steps: [{role: site-lead, after: 12h}, {role: sponsor, after: 2d}]}
"""
CALENDARS = """\
calendars:
  - key: belgium
    name: Belgium
    time_zone: Europe/Brussels
    country: BE
    week: {monday: [08:00-12:00, 13:00-17:00], friday: [08:00-12:00]}
  - key: holland
    name: Holland
    time_zone: Europe/Amsterdam
    week: {}
periods:
  - {kind: close, name: Month end, every: month, days_before: 1, days_after: 2}
  - {kind: blackout, name: Year end, from: 2026-12-20, to: 2027-01-03, sites: [benelux]}
"""
WAVES = """\
waves:
  - key: first
    name: First
    go_live: 2027-03-01
    sites: [{site: ghent}]
  - key: second
    name: Second
    after: [first]
    sites: [{site: breda, capabilities: [Inventory]}]
"""
FILES = {
    "lockgate.toml": PROGRAMME,
    "programme/sites.yaml": SITES,
    "programme/people.yaml": PEOPLE,
    "programme/calendars.yaml": CALENDARS,
    "programme/waves.yaml": WAVES,
}
