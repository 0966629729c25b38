"""Vacancies: listed, drafted, with a panel, approved, advertised, closed."""

from .advertising import Advertising
from .drafting import Drafting
from .pages import Vacancies
from .panel import PanelPages
from .steps import VacancySteps

__all__ = ["Advertising", "Drafting", "PanelPages", "Vacancies", "VacancySteps"]
