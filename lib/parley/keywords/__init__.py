"""The study's keywords where they stand: mentions, concordance, collocates."""
