"""Noticing danger in what people write, and knowing whom they can reach. Pure."""
