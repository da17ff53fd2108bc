"""Parley reads how news reports carry talks: which words set them apart, who is for and against what, and who speaks.

Start with :func:`load_study` or :func:`study_from_table`; every analysis is a plain function of the study it returns.
"""

from parley.corpus.settings import StudyError
from parley.study import Study, load_study, study_from_table

__all__ = ["Study", "StudyError", "load_study", "study_from_table"]
