"""What does a page or a command need to show a record? Asked of the declaration alone, by the rules that decide.

* a form: `form.to_raise`, `to_edit` and `to_take`, with `form.options` for what may be chosen
* what somebody may do, and why not the rest: `offer.offer` and `why_not_raise`; how votes stand: `offer.ballots`
* what happened, with what each change changed: `Book.history`, made by `history.history`
* links both ways, files and a board: `around.links_of`, `attached_to` and `board`
* who must hear of what: `notices.notices`

Lists are made by `listing.listed`; whatever somebody does goes through `Book.perform` and `Book.import_table`.
"""
