"""Which pictures does a page draw? A few strokes in a square of 16, in the colour of the text beside them."""

from typing import Final

ICONS: Final = {
    # states: each has its own shape, so that none is told by colour alone
    "open": "M2 13V3m12 10V3M2 8h2.5M11.5 8H14",
    "ready": "M2 13V3m12 10V3M2 8h3.5m5 0H14M6.5 5.5 9 8l-2.5 2.5",
    "closed": "M2 13V3m12 10V3M2 8h12M8 3v10",
    "met": "m3 8.5 3.2 3.2L13 4.8",
    "unmet": "m4 4 8 8m0-8-8 8",
    "missing": "M8 2.5a5.5 5.5 0 1 0 .01 0M8 6v0",
    "stale": "M8 2.5a5.5 5.5 0 1 0 5.5 5.5M8 5v3l2 1.5M13.5 2.5v3h-3",
    "undecidable": "M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.8-1.1 1.6M8 12v.2",
    "waived": "M3 8h10M8 3v10",
    # places
    "programme": "M2 4h12M2 8h12M2 12h12M5 2v12m6-12v12",
    "gate": "M2 14V4l6-2.5L14 4v10M2 8h12M8 1.5V14",
    "evidence": "M4 1.5h6l3 3v10H4zM10 1.5v3h3M6 8h5M6 11h5",
    "register": "M2.5 3h11v10h-11zM2.5 6.5h11M6 3v10",
    "workspace": "M2 4.5v8.5h12V5.5H8L6.5 3.5H2z",
    "template": "M8 2 2 5l6 3 6-3zM2 8l6 3 6-3M2 11l6 3 6-3",
    "migration": "M2 4c0-2 5-2 5 0v8c0 2-5 2-5 0zM2 4c0 2 5 2 5 0M9 8h5m-2.5-2.5L14 8l-2.5 2.5",
    "run": "M3 8h3l2-5 2.5 10L12 8h1.5",
    "person": "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8M2.8 14a5.2 5.2 0 0 1 10.4 0",
    "instance": "M2.5 4c0-2.7 11-2.7 11 0s-11 2.7-11 0v8c0 2.7 11 2.7 11 0V4M2.5 8c0 2.7 11 2.7 11 0",
    "settings": "M2 5h7m3 0h2M2 11h2m3 0h7M10.5 3v4M5.5 9v4",
    "task": "M2.5 3.5h11v9h-11zM5 8l2 2 4-4",
    "bell": "M3.5 12V7.5a4.5 4.5 0 0 1 9 0V12M2 12h12M6.8 14.2h2.4",
    "help": "M8 1.8a6.2 6.2 0 1 0 .01 0M6.2 6.2a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.7-.9 1.4M8 11.5v.1",
    "seal": "M8 1.8a4.2 4.2 0 1 0 .01 0M5.5 9.5 4.5 14.2 8 12.3l3.5 1.9-1-4.7M6.3 6l1.3 1.3 2.2-2.5",
    "risk": "M8 2 1.8 13.5h12.4zM8 6.5v3.2M8 11.6v.2",
    "calendar": "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3m5-3v3",
    "search": "M7 2.5a4.5 4.5 0 1 0 .01 0M10.3 10.3 14 14",
    # acts
    "menu": "M2 4h12M2 8h12M2 12h12",
    "theme": "M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12",
    "back": "M10 3 5 8l5 5",
    "next": "m6 3 5 5-5 5",
    "down": "m3 6 5 5 5-5",
    "leave": "M6 2.5H2.5v11H6M6 8h8m-3-3 3 3-3 3",
    "export": "M8 2v8m-3-3 3 3 3-3M2.5 13.5h11",
    "import": "M8 10V2M5 5l3-3 3 3M2.5 13.5h11",
    "link": "M6.5 9.5l3-3M7 4.5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5 7.5 13a2.8 2.8 0 0 1-4-4L5 7.5",
    "clock": "M8 2a6 6 0 1 0 .01 0M8 4.5V8l2.5 1.5",
    "plus": "M8 3v10M3 8h10",
    "copy": "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
    "print": "M4.5 6V2h7v4M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7V14h-7z",
    "dot": "M8 6.5a1.5 1.5 0 1 0 .01 0",
}
"""Name → the path of its strokes."""
