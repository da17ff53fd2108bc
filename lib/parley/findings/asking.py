"""What a question to a study is, and what it finds."""

from collections.abc import Callable
from typing import NamedTuple

from parley.study import Study


class Measured(NamedTuple):
    """What a question finds in one study: a figure, the sentence, and what it claims, in words that follow "that".

    The claim holds in a variation where its words are the same.
    """

    value: float
    sentence: str
    claim: str


class Question(NamedTuple):
    """The notebook that answers it, the function that measures, and what its figure is and how it is written."""

    notebook: str
    measure: Callable[[Study], Measured | None]
    figure: str
    form: str


QUESTIONS: dict[str, Question] = {}


def asked(finding_id: str, notebook: str, figure: str, form: str = "{:.0%}") -> Callable:
    """Enter a function among the questions, under the permanent name of what it finds."""

    def enter(measure: Callable) -> Callable:
        QUESTIONS[finding_id] = Question(notebook, measure, figure, form)
        return measure

    return enter
