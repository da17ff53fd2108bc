"""The page in which a coder codes."""

from parley.study import Study


def coding_page(study: Study, coder: str, mentions, sentences) -> str:
    return ""
