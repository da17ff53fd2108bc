"""Tables, figures, sentences and passages, as notebooks and report show them."""

# fmt: off
# isort: off
from parley.show.absent import unused
from parley.show.contrasts import chance, contrast_table, leaning
from parley.show.first import asked
from parley.show.figures import BLUE, FAINT, GREEN, GREY, INK, ORANGE, PAPER, PURPLE, SKY, VERMILION
from parley.show.figures import balance, bars, canvas, figure, in_words, legend, look, looks, marks, rows, strips
from parley.show.estimated import intervals, multiples
from parley.show.paragraph import methods
from parley.show.names import named
from parley.show.passages import beside_coding, citable, concordance, excerpt, marked, mentions_beside_coding
from parley.show.passages import quotes, side_by_side, stances
from parley.show.sentences import basis, say
from parley.show.short import in_short
from parley.show.tables import table
from parley.show.time import over_time
from parley.show.units import period, unit
from parley.text.phrases import join_words, number

__all__ = [
    "BLUE", "FAINT", "GREEN", "GREY", "INK", "ORANGE", "PAPER", "PURPLE", "SKY", "VERMILION",
    "asked", "balance", "bars", "basis", "beside_coding", "canvas", "chance", "citable", "concordance", "contrast_table",
    "excerpt", "figure", "in_short", "in_words", "intervals", "join_words", "leaning", "legend", "look", "looks", "marked", "marks",
    "mentions_beside_coding", "methods", "multiples", "named", "number", "over_time", "period", "quotes", "rows", "say", "side_by_side", "stances", "strips", "table", "unit", "unused",
]


def __dir__() -> list[str]:
    return __all__
