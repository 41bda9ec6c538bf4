"""What is not asked again of records that come from an old system? What was agreed there long ago.

Orders were approved and credit was given before, and stock was worth what it cost. Limits and approvals of the new
system are for what is new: where they listen to the context of a call, they are told so.
"""

from collections.abc import Mapping
from typing import Any, Final

AGREED: Final[Mapping[str, Any]] = {
    "skip_validation_check": True,  # base_tier_validation: approvals
    "bypass_risk": True,  # account_financial_risk: credit limits
    "disable_auto_revaluation": True,  # stock_account: a cost that is known is no new one, and revalues nothing
}
"""Context of all that is loaded, confirmed and posted."""
