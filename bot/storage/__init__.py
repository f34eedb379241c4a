"""Keeps what was said, sealed: schema, codec, vault, store and migrations."""
