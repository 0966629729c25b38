"""One candidate's page."""

from .pages import CandidatePages

__all__ = ["CandidatePages"]
