"""Pages of exam arrangements."""

from .assessors import Assessors
from .candidates import CandidatePages
from .checking import Checking
from .deadlines import Deadlines
from .decisions import Decisions, Numbers
from .evidence import Evidence
from .importing import Importing
from .listing import Candidates
from .papers import OnePaper, Papers, Printing
from .policy import Policy
from .working import Working

CONTROLLERS = (
    Assessors,
    CandidatePages,
    Candidates,
    Checking,
    Deadlines,
    Decisions,
    Evidence,
    Importing,
    Numbers,
    OnePaper,
    Papers,
    Policy,
    Printing,
    Working,
)
