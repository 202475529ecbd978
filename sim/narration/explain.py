"""Why an actor did what it did, in sentences for a student, from one record of the ledger alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.narration.by_rule import Cause, RuleHistory
from sim.narration.event_sentences import event_sentences
from sim.narration.flip import BELIEF, WEIGHT, Flip, best, flip
from sim.narration.news import NewsWriter
from sim.replication.ledger import Decision
from sim.vocabulary.codes import BarReason
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.policies import POLICY_NAMES, Policy
from sim.words.names import drop_reason, readable_name

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

_MOST_REASONS = 3
_TINY = 0.001  # of a weight or a stock, below which it is as good as none
_SLIGHT = 0.05  # a term below this share of the largest is not worth a word


def weighs(policy: str) -> bool:
    """Whether a policy, by its word, lets the terms of the table decide."""
    return policy in POLICY_NAMES and Policy.of(policy).weighs


class Explainer:
    """Puts decisions of a scenario in words of a language.

    With the `log` of their replication it also says what the scenario's own rule had done before.
    """

    def __init__(self, scenario: Scenario, words: Words, log: np.ndarray | None = None) -> None:
        names, file = NewsWriter(scenario, words), scenario.file
        self.news = names
        self.words, self.begin, self.borders = words, names.begin, file.borders
        self.own_acts = list(file.actions.items())
        self.rule = None if log is None else RuleHistory(file, log)
        self.rule_labels = [*names.happenings, *names.flows]
        self._rule_news = {} if log is None else _news_by_rule(scenario, words, log)
        self.known = dict(zip(file.states, names.states, strict=True)) | dict(
            zip(file.groups, names.groups, strict=True)
        )
        self.known |= dict(zip(file.mediators, names.mediators, strict=True))
        self.known |= {
            name: self.words.join([self.known[state] for state in one.between])
            for name, one in file.relations.items()
        }

    def name(self, path: str) -> str:
        """An actor of the ledger as a person says it; a border command by its state and place."""
        parts = path.split(".")
        name = self.known.get(parts[1], readable_name(parts[1]))
        return (
            self.words.text("narration.explain.command", state=name, border=self._border(parts[2]))
            if len(parts) > 2
            else name
        )

    def _border(self, name: str) -> str:
        border = self.borders.get(name)
        return (border.crossing if border is not None else None) or readable_name(name)

    def about(self, decision: Decision) -> str:
        """Whom a decision is about, as a person says it."""
        return self.known.get(decision.about, readable_name(decision.about))

    def option(self, name: str) -> str:
        """An option in words."""
        return self.news.option(name, self.words)

    def term(self, name: str) -> str:
        """What weighs, in words."""
        return self.words.term("vocabulary.terms", name)

    def outcome(self, name: str) -> str:
        """An outcome in words; a scenario's own stays as it is."""
        return self.words.term("vocabulary.outcomes", name)

    def heading(self, decision: Decision) -> str:
        """Who decided what about whom."""
        kind, actor = (
            self.words.text(f"vocabulary.kinds.{decision.kind}"),
            self.name(decision.actor),
        )
        if not decision.about:
            text = self.words.text("narration.explain.heading", actor=actor, kind=kind)
        else:
            about = {"kind": kind, "about": self.about(decision)}
            text = self.words.text("narration.explain.heading_about", actor=actor, **about)
        return self.begin(text)

    def sentences(self, decision: Decision) -> Iterator[str]:
        """Options, choice, reasons, belief and truth, what came of it, and the smallest flip."""
        yield from map(self.begin, self._sentences(decision))

    def _sentences(self, decision: Decision) -> Iterator[str]:
        yield self._options(decision)
        yield self._choice(decision)
        yield from self._by_rule(decision)
        if weighs(decision.policy) and decision.available.sum() > 1:
            yield self._reasons(decision)
        if decision.believed:
            yield self._belief(decision)
        if DecisionKind.of(decision.kind).delayed:
            yield self._carried_out(decision)
        if decision.own:
            yield self._own_act(decision)
        yield self._flip(decision, flip(decision))

    def _options(self, one: Decision) -> str:
        actor = self.name(one.actor)
        free = [
            f"{self.option(name)} ({self.words.percent(one.probability[a])})"
            for a, name in enumerate(one.options)
            if one.available[a]
        ]
        parts = [
            self.words.text(
                "narration.explain.options", n=len(free), actor=actor, options=self.words.join(free)
            )
        ]
        for reason in dict.fromkeys(one.barred[one.barred > 0].tolist()):
            names = [
                self.option(name) for a, name in enumerate(one.options) if one.barred[a] == reason
            ]
            parts.append(
                self.words.text(
                    "narration.explain.barred",
                    options=self.words.join(names),
                    reason=self.words.text(f"vocabulary.barred.{BarReason(reason).word}"),
                )
            )
        return " ".join(parts)

    def _choice(self, one: Decision) -> str:
        values = {
            "option": self.option(one.options[one.taken]),
            "share": self.words.percent(one.probability[one.taken]),
            "draw": self.words.number(one.draw, decimals=3),
        }
        if one.taken != one.choice:
            return self.words.text(
                "narration.explain.chose_otherwise",
                drawn=self.option(one.options[one.choice]),
                **values,
            )
        top = best(one, one.probability)
        if one.taken == top:
            return self.words.text("narration.explain.chose_likeliest", **values)
        return self.words.text(
            "narration.explain.chose_less",
            best=self.option(one.options[top]),
            best_share=self.words.percent(one.probability[top]),
            **values,
        )

    def _reasons(self, one: Decision) -> str:
        """What spoke for the choice and against it, beside the likeliest of the other options."""
        chosen = one.taken
        others = np.where(
            one.available & (np.arange(len(one.options)) != chosen), one.utility, -np.inf
        )
        other = int(np.argmax(others))
        worth = one.weights * (one.table[chosen] - one.table[other])
        order = np.argsort(-np.abs(worth), kind="stable")
        largest = (
            [k for k in order if abs(worth[k]) > _SLIGHT * np.abs(worth).max()]
            if np.abs(worth).max() > 0.0
            else []
        )
        sides = []
        for key, sign in (("for", 1.0), ("against", -1.0)):
            terms = [
                f"{self.term(one.terms[k])} ({self.words.with_sign(worth[k], decimals=2)})"
                for k in largest
                if sign * worth[k] > 0.0
            ][:_MOST_REASONS]
            sides.append(
                self.words.text(f"narration.explain.{key}", terms=self.words.join(terms))
                if terms
                else self.words.text(f"narration.explain.nothing_{key}")
            )
        return self.words.text(
            "narration.explain.reasons",
            other=self.option(one.options[other]),
            pro=sides[0],
            con=sides[1],
        )

    def _belief(self, one: Decision) -> str:
        believed, true = (
            self.words.percent(one.believed["complicity"]),
            self.words.percent(one.true["haven"]),
        )
        return self.words.text(
            "narration.explain.believed",
            actor=self.name(one.actor),
            about=self.about(one),
            believed=believed,
            true=true,
        )

    def _carried_out(self, one: Decision) -> str:
        if one.drop is not None:
            return self.words.text(
                "narration.explain.dropped",
                n=one.drop.after,
                reason=drop_reason(one.drop.reason, self.words),
            )
        if one.delay is None:
            return self.words.text("narration.explain.no_act")
        return (
            self.words.text("narration.explain.same_day")
            if one.delay == 0
            else self.words.text("narration.explain.delay", n=one.delay)
        )

    def _own_act(self, one: Decision) -> str:
        """Which of the scenario's own actions it was."""
        _, own = self.own_acts[one.own - 1]
        return self.words.text(
            "narration.own_rules.act",
            label=own.label,
            option=self.option(one.options[one.taken]),
            actor=self.name(one.actor),
            does=own.does,
        )

    def _cause(self, cause: Cause, rule: RuleHistory) -> str:
        """Something that came by the scenario's rule, its day, and the numbers that it set."""
        changes = [self.news.change(*change) for change in rule.changes.get(cause, ())]
        key = "since" if rule.is_flow(cause) else "set" if changes else "on"
        return self.words.text(
            f"narration.own_rules.{key}",
            label=self.rule_labels[cause.number],
            day=cause.day,
            changes=self.words.join(changes),
        )

    def own_name(self, one: Decision) -> str | None:
        """The name in the file of the own action that it was when it was carried out."""
        return self.own_acts[one.own - 1][0] if one.own else None

    def rule_causes(self, one: Decision) -> list[dict[str, object]]:
        """Path, day and numbers of what the scenario's own rule had done that concerns the two."""
        if self.rule is None:
            return []
        return [
            {
                "path": self.rule.paths[cause.number],
                "day": cause.day,
                "set": {
                    self.news.changes[place].path: value
                    for place, value in self.rule.changes.get(cause, ())
                },
            }
            for cause in self.rule.before(one)
        ]

    def rule_news(self, day: int) -> str:
        """What was reported of the scenario's own rule on a day; empty without any."""
        return " ".join(self._rule_news.get(day, ()))

    def _by_rule(self, one: Decision) -> Iterator[str]:
        if self.rule is None or not (causes := self.rule.before(one)):
            return
        said = [self._cause(cause, self.rule) for cause in causes]
        yield self.words.text("narration.own_rules.before", causes=self.words.join(said))

    def _flip(self, one: Decision, change: Flip | None) -> str:
        if one.policy not in POLICY_NAMES:
            return self.words.text("narration.explain.by_class", policy=one.policy)
        if not weighs(one.policy):
            return self.words.text("narration.explain.by_policy", policy=one.policy)
        if change is None:
            return self.words.text("narration.explain.no_flip")
        values = {
            "before": self._amount(change.before),
            "after": self._amount(change.after),
            "instead": self.option(change.instead),
        }
        if change.kind == WEIGHT:
            return self.words.text(
                "narration.explain.flip_weight", term=self.term(change.name), **values
            )
        if change.kind == BELIEF:
            return self.words.text(
                "narration.explain.flip_belief",
                **(
                    values
                    | {
                        "before": self.words.percent(change.before),
                        "after": self.words.percent(change.after),
                    }
                ),
            )
        return self.words.text(
            "narration.explain.flip_stock",
            stock=self.words.text(f"narration.explain.stock_{change.name}"),
            **values,
        )

    def _amount(self, value: float) -> str:
        """A weight or a stock: as short as can be said, and long enough to tell two apart."""
        if 0.0 < value < _TINY:
            return self.words.text("common.below", value=self.words.exact(_TINY))
        return (
            self.words.number(value, significant=3) if value < 1000.0 else self.words.number(value)
        )


def _news_by_rule(scenario: Scenario, words: Words, log: np.ndarray) -> dict[int, list[str]]:
    """By day, what was reported that came by the scenario's own rule."""
    news: dict[int, list[str]] = {}
    if scenario.file.events or scenario.file.flows:
        for one in event_sentences(log, scenario, words, days=range(0)):
            if one.by_rule:
                news.setdefault(one.day, []).append(one.what)
    return news
