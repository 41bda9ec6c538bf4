"""A real Odoo of one's own: provided, filled with the thirteen capabilities, cloned and thrown away.

Start at `provider`: what every lab can do. `debian_lab` builds one on this machine; `external` points at one
that exists already.
"""
