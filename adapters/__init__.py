"""Thin translators between a platform and the core, one package each."""
