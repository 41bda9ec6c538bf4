"""How is a setting told? What it is now, where it is set, and whether it is as it should be."""

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from lockgate.kernel.clock import stamp

Standing = Literal["good", "bad", "off", ""]
"""As it should be, not as it should be, not in use, or nothing to judge."""


class SettingAnswer(TypedDict):
    """One setting. Secrets are never told, only whether there is one."""

    key: str
    group: str
    title: str
    value: str
    at: str | None
    """When, for what happened at a moment."""
    set_in: str
    """The variable or file that sets it; empty for what nobody sets."""
    standing: Standing
    do: str
    """What would make it better; empty where it is good."""


def setting(
    key: str,
    title: str,
    value: str,
    *,
    at: datetime | None = None,
    set_in: str = "",
    standing: Standing = "",
    do: str = "",
) -> SettingAnswer:
    """Return a setting; its group is the first part of its key."""
    group = key.partition(".")[0]
    return SettingAnswer(
        key=key,
        group=group,
        title=title,
        value=value,
        at=stamp(at) if at else None,
        set_in=set_in,
        standing=standing,
        do=do,
    )
