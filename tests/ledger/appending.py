"""A process of its own that appends: `python appending.py URL WHO COUNT`; it says each number once it is confirmed."""

import sys

from lockgate.ledger import Event, open_ledger

if __name__ == "__main__":
    url, who, count = sys.argv[1:]
    with open_ledger(url) as ledger:
        for number in range(int(count)):
            events = [Event("gap.raised", {"n": number, "part": part}) for part in range(1 + number % 3)]
            last = ledger.append(events, by=who)[-1]
            print(last.number, last.hash, flush=True)  # noqa: T201 - the test reads it
