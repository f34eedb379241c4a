"""Makes `content/safety/<language>/weights.tsv` from the building half: `make weights`.

Two linear models (logistic regression, scikit-learn) over the features of `bot/safety/weigh.py`:
one for whether a message alarms, one for what it is then taken for. The two sums that decide are
set on messages by writers the model had not seen: one fifth of the writers is left out at a time.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import diags, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from bot.library.familyfiles import read_wordings
from bot.library.files import content_folder
from bot.safety.normalise import tokens
from bot.safety.tongue import Tongue
from bot.safety.weigh import FEATURES, letter_features, word_features
from tests.safety.corpus import Line, half

STRENGTH = 3.0
"""How closely the models may follow the lines (inverse of the penalty)."""

WORDS, LETTERS = 18_000, 10_000
"""How many features of each kind are kept: those that weigh most."""

PER_OUTCOME = 250
FOLDS = 5

ALONE = 0.975
"""The weights alarm alone above this share of the quiet lines of unseen writers."""

ALONE_ORDINARY = 0.994
"""And above this share of the ordinary chat of unseen writers, whichever is more."""

FEW, LENIENT = 5_000, 0.5
"""With fewer lines than this to learn from, sums are smaller, and the weights alarm this sooner."""

ORDINARY = "-chat"
"""What the ids of writers of ordinary chat, with nothing hard in it, have in common."""

ORDINARY_COUNTS = 4.0
"""How many lines one ordinary line counts for: most of what is ever screened is ordinary."""

AGREED = 0.07
"""They doubt a wording below this share of the alarming lines of unseen writers."""

SUBJECTS = {
    "explicit_si": "suicide",
    "passive_si": "suicide",
    "plan_intent": "suicide",
    "method": "suicide",
    "goodbye": "suicide",
    "attempt": "suicide",
    "slang": "suicide",
    "emoji": "suicide",
    "misspell": "suicide",
    "nonnative": "suicide",
    "self_harm": "self-harm",
    "overdose_self": "overdose",
    "overdose_other": "overdose",
    "withdrawal": "withdrawal",
    "medical": "medical",
    "dv": "abuse",
    "child_abuse": "child",
    "psychosis": "psychosis",
    "violence": "violence",
    "third_party": "other-person",
}
ALARMING = ("emergency", "crisis", "concern")

Features = Sequence[Sequence[str]]


class _Space:
    """A vocabulary of features, with how rare each is."""

    def __init__(self, documents: Features, *, least: int, once: bool, only: Any = None) -> None:
        self._counter = CountVectorizer(
            analyzer=lambda one: one,
            min_df=1 if only is not None else least,
            binary=once,
            vocabulary=only,
        )
        counts = self._counter.fit_transform(documents)
        seen = np.asarray((counts > 0).sum(0)).ravel()
        self.rarity = np.round(np.log((1 + counts.shape[0]) / (1 + seen)) + 1, 2)
        self.names = self._counter.get_feature_names_out()

    def matrix(self, documents: Features) -> Any:
        counts = self._counter.transform(documents).astype(float)
        length = np.sqrt(counts @ (self.rarity**2))
        length[length == 0] = 1
        return diags(1 / length) @ counts @ diags(self.rarity)

    def best(self, weights: Any, count: int) -> list[str]:
        return sorted(self.names[np.argsort(-np.abs(weights) * self.rarity)[:count]])


class _Model:
    """Whether a message alarms: logistic regression on features scaled by how one-sided they are.

    The scaling is the log ratio of a feature's share among alarming and among quiet lines (Wang and
    Manning 2012, "Baselines and Bigrams", there with support vectors). It is part of the weight.
    """

    def __init__(self, words: Features, letters: Features, alarms: Any, counts: Any) -> None:
        first = _Space(words, least=2, once=True), _Space(letters, least=3, once=False)
        _, weights = _fitted(_matrix(first, words, letters), alarms, counts)
        cut = len(first[0].names)
        self.words = _Space(words, least=1, once=True, only=first[0].best(weights[:cut], WORDS))
        kept = first[1].best(weights[cut:], LETTERS)
        self.letters = _Space(letters, least=1, once=False, only=kept)
        matrix = _matrix((self.words, self.letters), words, letters)
        self.bias, self.weights = _fitted(matrix, alarms, counts)

    def totals(self, words: Features, letters: Features) -> Any:
        return self.bias + _matrix((self.words, self.letters), words, letters) @ self.weights


def _matrix(spaces: tuple[_Space, _Space], words: Features, letters: Features) -> Any:
    return hstack([spaces[0].matrix(words), spaces[1].matrix(letters)]).tocsr()


def _fitted(matrix: Any, alarms: Any, counts: Any) -> tuple[float, Any]:
    there = (matrix > 0).astype(float)
    loud = 1 + np.asarray(there[alarms].sum(0)).ravel()
    quiet = 1 + np.asarray(there[~alarms].sum(0)).ravel()
    one_sided = np.abs(np.log((loud / loud.sum()) / (quiet / quiet.sum())))
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(
        matrix @ diags(one_sided), alarms, sample_weight=counts
    )
    return float(model.intercept_[0]), model.coef_[0] * one_sided


def make(language: str) -> str:
    """Return the weights file of `language`."""
    rows = half("building", language)
    words, letters = _features(language, rows)
    alarms = np.array([row.label in ALARMING for row in rows])
    ordinary = np.array([ORDINARY in row.writer.id for row in rows])
    counts = np.where(ordinary, ORDINARY_COUNTS, 1.0)
    unseen = _unseen_totals(rows, words, letters, alarms, counts)
    model = _Model(words, letters, alarms, counts)
    alone = np.quantile(unseen[~alarms & ~ordinary], ALONE)
    if ordinary.any():
        alone = max(alone, np.quantile(unseen[ordinary], ALONE_ORDINARY))
    alone -= LENIENT if len(rows) < FEW else 0.0
    chosen = np.where(alarms)[0]
    labels = [f"{rows[n].label}\t{SUBJECTS[rows[n].category]}" for n in chosen]
    outcomes = LogisticRegression(C=3.0, max_iter=2000).fit(
        model.words.matrix([words[n] for n in chosen]), labels
    )
    return "".join(
        f"{line}\n"
        for line in (
            f"# Made by `make weights` from {len(rows)} lines by {len({r.writer for r in rows})}"
            " writers of the building half; see docs/safety.md.",
            "# A feature, its rarity, its weight for an alarm, and its weight for outcomes.",
            f"@alone\t{alone:.3f}",
            f"@agreed\t{np.quantile(unseen[alarms], AGREED):.3f}",
            f"@bias\t{model.bias:.3f}",
            *(
                f"@outcome\t{name}\t{bias:.3f}"
                for name, bias in zip(outcomes.classes_, outcomes.intercept_, strict=True)
            ),
            FEATURES.strip(),
            *_weight_lines(model, outcomes.coef_),
        )
    )


def _features(language: str, rows: Sequence[Line]) -> tuple[list[list[str]], list[list[str]]]:
    ready, _ = read_wordings(content_folder())
    wordings = next(one for one in ready if one.language == language)
    tongue = Tongue(dataclasses.replace(wordings, weights=""))
    raw = [tokens(row.text) for row in rows]
    words = [word_features(tongue.plain(one)) for one in raw]
    letters = [[f for word in dict.fromkeys(one) for f in letter_features(word)] for one in raw]
    return words, letters


def _unseen_totals(
    rows: Sequence[Line], words: Features, letters: Features, alarms: Any, counts: Any
) -> Any:
    writers = sorted({row.writer.id for row in rows})
    # Ordinary chat is by so few writers that its lines are dealt out one by one.
    fold = np.array(
        [
            n % FOLDS if ORDINARY in row.writer.id else writers.index(row.writer.id) % FOLDS
            for n, row in enumerate(rows)
        ]
    )
    totals = np.zeros(len(rows))
    for one in range(FOLDS):
        seen, left = np.where(fold != one)[0], np.where(fold == one)[0]
        chosen = [words[n] for n in seen], [letters[n] for n in seen]
        model = _Model(*chosen, alarms[seen], counts[seen])
        totals[left] = model.totals([words[n] for n in left], [letters[n] for n in left])
    return totals


def _weight_lines(model: _Model, outcomes: Any) -> list[str]:
    cuts = [np.sort(np.abs(one) * model.words.rarity)[-PER_OUTCOME] for one in outcomes]
    weights = model.weights
    found = []
    for n, name in enumerate(model.words.names):
        leanings = [
            f"{number}:{one[n]:.2f}"
            for number, one in enumerate(outcomes)
            if abs(one[n]) * model.words.rarity[n] >= cuts[number]
        ]
        rarity = f"{model.words.rarity[n]:.2f}"
        found.append("\t".join([name, rarity, f"{weights[n]:.2f}", *leanings]))
    offset = len(model.words.names)
    found += [
        f"{name}\t{model.letters.rarity[n]:.2f}\t{weights[offset + n]:.2f}"
        for n, name in enumerate(model.letters.names)
    ]
    return found


if __name__ == "__main__":
    for language in sys.argv[1:] or sorted({row.writer.language for row in half("building")}):
        target = content_folder() / "safety" / language / "weights.tsv"
        target.write_text(make(language), encoding="utf-8")
        sys.stdout.write(f"{target.name} of {language} is made.\n")
