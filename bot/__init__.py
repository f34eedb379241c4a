"""Alongside: a self-hosted peer-support companion for people in recovery."""

__version__ = "0.1.0"
