"""The tables behind recruitment: checks, roles, the record, pay and keeping, each as long as it held."""

from .checks import CHECKS, PROOFS, ROUTES, CheckKind, CheckOutcome, Effect, check_kind
from .clocks import (
    CARRY_MONTHS,
    COURSE_MONTHS,
    REMINDER_DAYS,
    RISK_REVIEW_DAYS,
    VOLUNTEER_RULES,
    CourseMonths,
    VolunteerRule,
)
from .editions import standing
from .keeping import FEWEST_FORMS, RETENTION, Kept
from .moves import EXITS, FROM_OFFER, FROM_SHORTLIST, STATES, STEPS, ApplicationState, Exit
from .pay import PAY_RANGES, PayRange
from .record import APPEARS, COLUMNS, Appears, Column
from .roles import (
    CELLS,
    CONDITIONS,
    DEPENDING,
    FLAGS,
    OTHER_FLAGS,
    ROLES,
    SENCO_FACTS,
    Cell,
    Condition,
    Role,
    answer,
)

__all__ = [
    "APPEARS",
    "CARRY_MONTHS",
    "CELLS",
    "CHECKS",
    "COLUMNS",
    "CONDITIONS",
    "COURSE_MONTHS",
    "DEPENDING",
    "EXITS",
    "FEWEST_FORMS",
    "FLAGS",
    "FROM_OFFER",
    "FROM_SHORTLIST",
    "OTHER_FLAGS",
    "PAY_RANGES",
    "PROOFS",
    "REMINDER_DAYS",
    "RETENTION",
    "RISK_REVIEW_DAYS",
    "ROLES",
    "ROUTES",
    "SENCO_FACTS",
    "STATES",
    "STEPS",
    "VOLUNTEER_RULES",
    "Appears",
    "ApplicationState",
    "Cell",
    "CheckKind",
    "CheckOutcome",
    "Column",
    "Condition",
    "CourseMonths",
    "Effect",
    "Exit",
    "Kept",
    "PayRange",
    "Role",
    "VolunteerRule",
    "answer",
    "check_kind",
    "standing",
]
