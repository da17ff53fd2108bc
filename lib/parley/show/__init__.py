"""What a reader sees: tables, figures, sentences."""
