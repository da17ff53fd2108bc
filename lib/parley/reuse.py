"""Copy that articles share: the door to `parley.text.copies`, for a study."""

from parley.text.copies import clusters, find_passages, mark_copies, repeats, search_passages, shared_passages

__all__ = ["clusters", "find_passages", "mark_copies", "repeats", "search_passages", "shared_passages"]
