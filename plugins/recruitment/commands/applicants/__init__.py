"""What is decided about an application, from its arrival to the first day at work."""

from .entering import (
    EnterApplication,
    ExplainGap,
    TakeApplications,
    enter_application,
    explain_gap,
    new_applications,
    take_applications,
)
from .moving import (
    DecideShortlist,
    MakeOffer,
    MoveApplication,
    decide_shortlist,
    make_offer,
    move_application,
)

__all__ = [
    "DecideShortlist",
    "EnterApplication",
    "ExplainGap",
    "MakeOffer",
    "MoveApplication",
    "TakeApplications",
    "decide_shortlist",
    "enter_application",
    "explain_gap",
    "make_offer",
    "move_application",
    "new_applications",
    "take_applications",
]
