"""All that speaks to Odoo: one client over JSON-2, JSON-RPC or XML-RPC, whichever the server has.

Start at `connect`; what a client can do is in `client`, what can go wrong in `errors`.
"""
