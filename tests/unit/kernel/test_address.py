"""Is an address stopped before a driver takes a part of its password for something else, and no other one?"""

import pytest

from lockgate.kernel.address import readable
from lockgate.kernel.errors import Exit, UsageError
from lockgate.kernel.secret import Secret

WRONG = {
    "two @": "postgresql://reader:my@Hunter2@host/x",  # A1
    "a slash before the @": "postgresql://reader:12/Hunter2@host/x",  # A1
    "a percent sign by itself": "mysql://reader:Hunter2%2x@host/x",  # A2
    "a code for nothing": "postgresql://reader:Hunter2%00@host/x",  # A2
}


@pytest.mark.parametrize("case", WRONG)
def test_an_address_that_can_not_be_told_apart_is_stopped_without_a_word_of_it(case):
    with pytest.raises(UsageError) as stopped:
        readable(Secret(WRONG[case]), "OLD_ERP")
    assert stopped.value.exit == Exit.USAGE
    assert stopped.value.lines() == (
        "The address can't be read.",
        "What stands in OLD_ERP can't be told apart into user, password, server and database.",
        (
            "Write `postgresql://user:password@server/database`, and percent-encode `@` and `%` in the password: "
            "`@` is `%40`, `%` is `%25`, `/` is `%2F`, a blank is `%20`."
        ),
    )


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://reader:my%40Hunter2@host:5432/x?sslmode=require",
        "postgresql://reader@/x?host=/var/run/postgresql",
        "postgresql:///x",
        "host=localhost password=my@Hunter2%",
        "file:/data/me@here/50%/old.db?mode=ro",
    ],
)
def test_any_other_address_stays_as_it_is(address):
    assert readable(Secret(address), "OLD_ERP") == address
