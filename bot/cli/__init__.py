"""The commands an operator, an author or a member types: one verb a module."""
