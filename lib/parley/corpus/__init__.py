"""From files to an articles table whose every character has its place."""
