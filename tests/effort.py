"""What work costs, counted: no test looks at a clock, which says as much about the machine as about the code."""

import re
import sys
from collections.abc import Callable, Sequence
from re import _compiler, _constants, _parser


class TooMuch(AssertionError):
    """More was done than the limit allows."""


def lines(work: Callable[[], object]) -> int:
    """How many lines of Python run while `work` does, a line in a loop once each time round."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event == "line"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


class Handed:
    """A pattern that counts the characters it is given to read."""

    def __init__(self, pattern: re.Pattern):
        self.pattern = pattern
        self.characters = 0

    def __getattr__(self, name: str):
        def use(text: str, start: int = 0, end: int | None = None):
            self.characters += (len(text) if end is None else end) - start
            return getattr(self.pattern, name)(text, start, len(text) if end is None else end)

        return use


def steps(pattern: re.Pattern, text: str, start: int = 0, limit: int = 1_000_000) -> int:
    """How many steps a backtracking matcher takes to match a text from `start` to its end, or to find that it cannot.

    A character, an anchor and a lookaround are a step each, as is each try of an alternative.

    Raises
    ------
    TooMuch
        It takes more than `limit`.
    """
    tree = _parser.parse(pattern.pattern, pattern.flags)
    tests: dict[int, re.Pattern] = {}
    count = 0

    def test(node: tuple) -> re.Pattern:
        if id(node) not in tests:
            alone = _parser.SubPattern(tree.state, [node])
            tests[id(node)] = _compiler.compile(alone, pattern.flags)
        return tests[id(node)]

    def match(nodes: Sequence, i: int, at: int, then: Callable[[int], bool]) -> bool:
        nonlocal count
        count += 1
        if count > limit:
            raise TooMuch(f"{count:,} steps for {text[:60]!r}")
        if i == len(nodes):
            return then(at)
        kind, value = nodes[i]

        def go_on(end: int) -> bool:
            return match(nodes, i + 1, end, then)

        if kind is _constants.BRANCH:
            return any(match(branch, 0, at, go_on) for branch in value[1])
        if kind is _constants.SUBPATTERN:
            return match(value[-1], 0, at, go_on)
        if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            return repeat(value, 0, at, go_on, kind is _constants.MAX_REPEAT)
        found = test(nodes[i]).match(text, at)
        return bool(found) and go_on(found.end())

    def repeat(value: tuple, done: int, at: int, then: Callable[[int], bool], greedy: bool) -> bool:
        least, most, body = value

        def once_more() -> bool:
            def go_on(end: int) -> bool:
                return (end > at or done < least) and repeat(value, done + 1, end, then, greedy)

            return done < most and match(body, 0, at, go_on)

        def leave() -> bool:
            return done >= least and then(at)

        return once_more() or leave() if greedy else leave() or once_more()

    depth = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        matched = match(tree, 0, start, lambda end: end == len(text))
    finally:
        sys.setrecursionlimit(depth)
    assert matched == bool(pattern.fullmatch(text, start))
    return count
