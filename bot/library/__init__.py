"""Content files to typed values, a check of every one of them, and words to spans."""
