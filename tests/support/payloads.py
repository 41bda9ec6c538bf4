"""What somebody types, or a legacy system holds, that would be run by a page that believes it."""

HOSTILE = (
    "<script>window.hit=1;alert(1)</script>",
    '"><img src=x onerror="window.hit=1;alert(1)">',
    "'><svg onload='window.hit=1;alert(1)'>",
    "</title></textarea></style></template><script>alert(1)</script>",
    '<iframe srcdoc="<script>parent.hit=1;alert(1)</script>"></iframe>',
    "javascript:alert(1)//<a href='javascript:alert(1)'>x</a>",
    "{{ constructor.constructor('alert(1)')() }} {% load x %} ${alert(1)}",
    "<form action=https://elsewhere.example><button>Sign in</button></form>",
    '<div hx-get="/account/logout/" hx-trigger="load">x</div>',
    "<style>*{display:none}</style><base href=https://elsewhere.example/>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "\u202e\u2066<b onmouseover=alert(1)>\u2069 name",
)
"""Each is shown as the text that it is."""
