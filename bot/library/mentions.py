"""What a sentence depends on: the arguments it shows, and the words it chooses its wording by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Fluent compares a word with these too, where a variant is called by a number."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a sentence mentions, with all the sentences and terms it refers to.

    `variables` are the names of its arguments, `shown` those of them that may stand in the text
    itself. `variants` are the words an argument may be compared with: any other word gives the
    same sentence, but for where it is shown.
    """

    variables: frozenset[str]
    shown: frozenset[str]
    variants: frozenset[str]


def mentions(key: str, entries: Mapping[str, ast.Message | ast.Term]) -> Mentions:
    """Return what the sentence `key` mentions; `entries` are all of its language, by `entry_key`.

    What it refers to but is not there mentions nothing.
    """
    walk = _Walk()
    walk.references.add(key)
    walked: set[str] = set()
    while waiting := walk.references - walked:
        for one in waiting:
            walk.visit(entries.get(one))
        walked |= waiting
    shown = frozenset(walk.shown)
    return Mentions(shown | walk.selectors, shown, PLURALS | walk.variants)


def entry_key(entry: ast.Message | ast.Term) -> str:
    """Return the name that tells `entry` apart: a term may be called like a sentence."""
    return f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name


class _Walk(Visitor):
    """Collects what the patterns it visits mention."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: set[str] = set()
        self.selectors: set[str] = set()
        self.variants: set[str] = set()
        self.references: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.shown.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        if isinstance(node.selector, ast.VariableReference):
            self.selectors.add(node.selector.id.name)
        else:
            self.visit(node.selector)
        for variant in node.variants:
            self.visit(variant)

    def visit_Variant(self, node: ast.Variant) -> None:
        if isinstance(node.key, ast.Identifier):
            self.variants.add(node.key.name)
        self.visit(node.value)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.references.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:
        self.references.add(f"-{node.id.name}")
