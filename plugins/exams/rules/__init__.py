"""The rules of exam access arrangements: who may have what, until when, by when, and for how long."""

from .components import bilingual_dictionary, bilingual_dictionary_25, component
from .deadlines import deadline, deadline_state
from .editions import edition_on, edition_state
from .extra_time import (
    RestBreakTrial,
    SubjectEvidence,
    extra_time_25_learning,
    extra_time_25_other,
    extra_time_over_25,
)
from .forms import FormDays, Step, form_order
from .identifiers import Candidacy, candidate_number_state, centre_number_state, number_duplicates, uci_state
from .outcome import Level, Outcome, gravest_first, not_listed, worst
from .primary import CheckArrangement, key_stage_2, key_stage_2_minutes, key_stage_2_time, multiplication_check
from .scores import Score, assessed_in_time, band, pair, usable, year9_start
from .support import delegated, reader, rest_breaks, scribe, word_processor
from .timing import Paper, Rounding, day_clash, extra_minutes, finish, percent_state, session_clash
from .validity import FormReuse, centre_move, earliest_approval, expires_on, expiry_state, lapses, renew_by

__all__ = [
    "Candidacy",
    "CheckArrangement",
    "FormDays",
    "FormReuse",
    "Level",
    "Outcome",
    "Paper",
    "RestBreakTrial",
    "Rounding",
    "Score",
    "Step",
    "SubjectEvidence",
    "assessed_in_time",
    "band",
    "bilingual_dictionary",
    "bilingual_dictionary_25",
    "candidate_number_state",
    "centre_move",
    "centre_number_state",
    "component",
    "day_clash",
    "deadline",
    "deadline_state",
    "delegated",
    "earliest_approval",
    "edition_on",
    "edition_state",
    "expires_on",
    "expiry_state",
    "extra_minutes",
    "extra_time_25_learning",
    "extra_time_25_other",
    "extra_time_over_25",
    "finish",
    "form_order",
    "gravest_first",
    "key_stage_2",
    "key_stage_2_minutes",
    "key_stage_2_time",
    "lapses",
    "multiplication_check",
    "not_listed",
    "number_duplicates",
    "pair",
    "percent_state",
    "reader",
    "renew_by",
    "rest_breaks",
    "scribe",
    "session_clash",
    "uci_state",
    "usable",
    "word_processor",
    "worst",
    "year9_start",
]
