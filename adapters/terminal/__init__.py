"""A chat in a terminal, with two faces: line by line, and a screen with bubbles and buttons."""
