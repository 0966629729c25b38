"""An inclusion strategy for schools that do not exist: an activity under each principle."""

INTRODUCTION = (
    "Most pupils who find learning hard are taught by their own teachers in their own classroom. This is how we spend "
    "the inclusive mainstream fund so that this works."
)
ACTIVITIES = (
    ("leadership", "A governor and a leader walk through lessons each half-term", "What they saw is in the minutes"),
    ("early_support", "Screen speech and language in the first weeks", "Pupils found by October"),
    ("teaching", "Coaching in adaptive teaching for every teacher", "Lesson visits, autumn and summer"),
    ("provision", "A quiet room and clubs open to all", "Who comes, by need"),
    ("culture", "Anti-bullying work with pupils with disabilities", "Pupil survey, spring"),
    ("partnerships", "Coffee mornings with the specialist teacher", "Families who came, and came again"),
    ("environments", "Better acoustics in four classrooms", "Hearing support's report"),
)
"""Principle, what is done, and how the school will know that it works."""
