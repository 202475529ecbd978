"""The decisions of a replication in a form small enough to be carried in a page.

A kind of decision says once which options and terms it has; a decision is then numbers in that
order. What a term adds to an option is its value times its weight, as in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sim.narration.by_rule import RuleHistory
from sim.replication.ledger import Decision
from sim.vocabulary.codes import BarReason, Command
from sim.vocabulary.decisions import DecisionKind
from sim.words import Words

FINE = 1000  # steps of a probability and of a term
#: What border commands do nearly every day is not carried.
QUIET = {DecisionKind.COMMAND.word: Command.HOLD.word}

Json = dict[str, Any]


def reasons(
    decisions: Iterable[Decision],
    actors: Sequence[Json],
    words: Words,
    rule: RuleHistory | None = None,
) -> Json:
    """Decisions as the page carries them.

    Parameters
    ----------
    decisions : of the ledger
    actors : as `sim.classroom.replay.actors` gives them
    words : the language in which it says why an option was barred
    rule : what came by the scenario's own rule in their replication

    Returns
    -------
    `kinds`: by kind, names of its options and terms; `rows`: one a decision, its day, actor, kind,
    whom it is about, number of what was done, draw and options; each option is its probability and
    its terms, or why it was barred; day and number of what the scenario's rule had done before, and
    which own action it was
    """
    numbers = {one["id"]: k for k, one in enumerate(actors)}
    kinds: dict[str, Json] = {}
    rows = []
    for one in decisions:
        actor = numbers.get(whose(one.actor, numbers))
        if actor is None or QUIET.get(one.kind) == one.options[one.taken]:
            continue
        kinds.setdefault(one.kind, {"options": list(one.options), "terms": list(one.terms)})
        causes = [list(cause) for cause in rule.before(one)] if rule else []
        rows.append(_row(one, actor, words) | ({"r": causes} if causes else {}))
    return {"scale": FINE, "kinds": kinds, "rows": rows}


def whose(actor: str, known: Iterable[str]) -> str:
    """The actor of the page that a decision belongs to: itself, or a border command's state."""
    names = list(known)
    if actor in names:
        return actor
    return next(
        (name for name in names if actor == name.partition(".")[2] or actor.startswith(f"{name}.")),
        actor,
    )


def _row(one: Decision, actor: int, words: Words) -> Json:
    row: Json = {
        "d": one.day,
        "a": actor,
        "k": one.kind,
        "to": one.about,
        "c": one.taken,
        "o": [_option(one, number, words) for number in range(len(one.options))],
        "u": round(one.draw * FINE * 10),
    }
    for short, known in (("b", one.believed), ("x", one.true)):
        facts = {key: round(float(value), 3) for key, value in known.items()}
        row |= {short: facts} if facts else {}
    if one.own:
        row["w"] = one.own
    return row | ({"l": one.delay} if one.delay else {})


def _option(one: Decision, number: int, words: Words) -> list[int] | str:
    """Probability and terms in steps, zeros at the end left out; or why the option was barred."""
    if one.barred[number]:
        return words.text(f"vocabulary.barred.{BarReason(one.barred[number]).word}")
    worth = [round(FINE * float(part)) for part in one.table[number] * one.weights]
    while worth and worth[-1] == 0:
        worth.pop()
    return [round(FINE * float(one.probability[number])), *worth]
