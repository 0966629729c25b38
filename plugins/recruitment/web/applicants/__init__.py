"""Applicants for a vacancy: entered, read, listed."""

from .entering import Entering
from .importing import ApplicationImport
from .listing import ApplicantList
from .page import ApplicantPage
from .taking_back import TakingBack

__all__ = ["ApplicantList", "ApplicantPage", "ApplicationImport", "Entering", "TakingBack"]
