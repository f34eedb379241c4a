"""A chat in a terminal, line by line: for people, pipes and screen readers alike."""
