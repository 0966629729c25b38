"""Sentences for the roll."""

from core.roll import facts
from events import Fact

WORDINGS: dict[type[Fact], str] = {
    facts.PupilEnrolled: "Came on roll in year {year}, form {form}",
    facts.PupilDetailsChanged: "Details changed in the school's own system[; now year {year}][; now form {form}]",
    facts.PupilLeft: "Left the roll on {left_on}",
    facts.StaffJoined: "Joined the staff: {job}",
    facts.StaffLeft: "Left the staff on {left_on}",
}
