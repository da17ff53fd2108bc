"""Text, before anybody knows what it says: words, inflections, sentences, quotation marks, clauses, copies."""
