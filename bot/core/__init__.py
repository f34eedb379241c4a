"""The vocabulary everyone shares: events, effects, state, content types, and the flow interpreter.

Everything in this room is pure and synchronous: values in, values out.
"""
