"""A game in words: what a player reads at a stop, and at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from sim.engine.world.tables import NOBODY
from sim.narration.ending import ending
from sim.narration.names import Names, own_meaning
from sim.narration.role_news import hidden_news, role_news
from sim.replication import ledger
from sim.replication.orders import orders
from sim.replication.pick import outcomes_of
from sim.replication.play import LEAVE, Game, Position
from sim.replication.stops import BUDGET, Reason, Role, Stop
from sim.vocabulary.decisions import DecisionKind, Header
from sim.vocabulary.policies import Policy

if TYPE_CHECKING:
    from sim.engine.world import Chunk
    from sim.replication.ledger import Decision
    from sim.words import Words

# Assumed: from these levels on a feeling is told as some, and as high
_SOME_OUTRAGE, _HIGH_OUTRAGE = 0.3, 1.0
_SOME_WEARINESS, _HIGH_WEARINESS = 0.3, 1.0
_FIRM = 0.5  # quality from which a ceasefire is told as firm
_MOST_HIDDEN = 8
WORLDS = 100


class Teller:
    """Puts a game in words of a language."""

    def __init__(self, game: Game, words: Words) -> None:
        self.game, self.words = game, words
        self.scenario, self.template = game.scenario, game.template
        self.names = Names(self.scenario)
        self._own = {
            "states": self.names.states,
            "groups": self.names.groups,
            "mediators": self.names.mediators,
        }

    def say(self, key: str, **values: object) -> str:
        """A text of the game by its key."""
        return self.names.begin(self.words.text(f"play.{key}", **values))

    def role(self, role: Role) -> str:
        """A role as a person says it."""
        return self._own[role.kind][role.row]

    def opening(self) -> list[str]:
        """What is said before the first stop."""
        roles = self.words.join([self.role(role) for role in self.game.roles])
        lines = [
            self.say("title", title=self.scenario.title, roles=roles),
            self.say("frame", n=BUDGET),
            self.say("know"),
        ]
        return [*lines, self.say("care")] if is_real(self.scenario.kind) else lines

    def option(self, kind: int, option: int) -> str:
        """An option by its name in words."""
        return self.names.option_of(DecisionKind(kind), option, self.words)

    def about(self, stop: Stop) -> str:
        """Whom a decision is about."""
        kind = DecisionKind(stop.kind)
        if not kind.about or stop.about == NOBODY:
            return ""
        if kind.about == "relations":
            relation = list(self.scenario.file.relations.values())[stop.about]
            return self.words.join([self.names.name_of[name] for name in relation.between])
        return self._own[kind.about][stop.about]

    def heading(self, position: Position) -> list[str]:
        """Which stop this is, and why."""
        stop = position.stop
        assert stop is not None
        date = self.scenario.release + timedelta(days=stop.day)
        number = str(len(position.choices) + 1)
        date_said = self.words.date(date, weekday=True)
        where = self.say("stop", stop=number, n=stop.day, date=date_said)
        who = self.say("decides", who=self.role(self.game.roles[stop.role]))
        return [
            f"{where} {who}",
            self.say(f"reasons.{Reason(stop.reason).word}"),
        ]

    def since(self, position: Position) -> list[str]:
        """What happened since the role's last stop, as it may know it."""
        stop = position.stop
        assert stop is not None
        made = position.stops[: len(position.choices)]
        before = [one.day for one in made if one.role == stop.role]
        first = before[-1] if before else 1
        if first >= stop.day:
            return []
        role = self.game.roles[stop.role]
        days = range(first, stop.day)
        news = role_news(position.run.events, self.scenario, role, self.words, days)
        lines = [self.say("since", day=first)]
        lines += [f"  {text}" for text in news.lines]
        if not news.lines:
            lines.append(f"  {self.say('nothing')}")
        if news.more:
            lines.append(f"  {self.say('more', n=news.more)}")
        if news.small:
            lines.append(f"  {self.say('small', n=news.small)}")
        if role.kind == "states":
            lines.append(f"  {self.say('own_dead', n=news.dead)}")
        return lines

    def orders(self, position: Position) -> list[str]:
        """What became of the orders of the role that decides."""
        stop = position.stop
        assert stop is not None
        made = position.stops[: len(position.choices)]
        before = [one.day for one in made if one.role == stop.role]
        return self._orders(position, stop.role, range(before[-1] if before else 1, stop.day))

    def _orders(self, position: Position, role: int, days: range) -> list[str]:
        """Orders of a role of which something came on some days, or nothing yet."""
        found = []
        for order in orders(self.game, position, days.stop):
            if order.stop.role != role or 0 < order.day < days.start:
                continue
            values: dict[str, object] = {}
            if order.state == "carried_out":
                values["n"] = order.days
            if order.state == "replaced":
                values["by"] = self.option(order.stop.kind, order.by)
            found.append(
                self.say(
                    "order",
                    day=order.stop.day,
                    option=self.option(order.stop.kind, order.option),
                    about=self.about(order.stop),
                    state=self.words.text(f"play.states.{order.state}", **values),
                )
            )
        return [self.say("orders"), *(f"  {line}" for line in found)] if found else []

    def beliefs(self, position: Position) -> list[str]:
        """What the role believes of the other, by its own table."""
        stop = position.stop
        assert stop is not None
        kind, decision = DecisionKind(stop.kind), self.decision(position)
        if kind.actor != "states":
            return [self.say("beliefs"), f"  {self.say('belief_none')}"]
        about, lines = self.about(stop), []
        if decision.believed and self._harbours(stop):
            share = self.words.percent(decision.believed["complicity"])
            lines.append(self.say("belief_harbour", about=about, share=share))
        stocks = decision.stocks
        if "outrage" in stocks:
            level = _level(stocks["outrage"], _SOME_OUTRAGE, _HIGH_OUTRAGE)
            lines.append(self.say(f"belief_outrage.{level}", about=about))
            level = _level(stocks["weariness"], _SOME_WEARINESS, _HIGH_WEARINESS)
            lines.append(self.say(f"belief_weariness.{level}"))
            quality = stocks["ceasefire"]
            level = "none" if quality <= 0.0 else "firm" if quality >= _FIRM else "weak"
            lines.append(self.say(f"belief_ceasefire.{level}", about=about))
        return [self.say("beliefs"), *(f"  {line}" for line in lines)] if lines else []

    def _harbours(self, stop: Stop) -> bool:
        """Whether a group that fights the role lives with the other state."""
        file, states = self.scenario.file, self.template.states
        if DecisionKind(stop.kind).about != "states":
            return False
        me, other = states[stop.actor], states[stop.about]
        return any(one.enemy == me and other in one.hosts for one in file.groups.values())

    def decision(self, position: Position) -> Decision:
        """The record of the decision at which the game stands."""
        stop = position.stop
        assert stop is not None
        words, at = position.run.ledger, stop.at
        record = words[at : at + int(words[at + Header.LENGTH])]
        return next(iter(ledger.read(self.template, record)))

    def question(self, position: Position) -> list[str]:
        """What is asked, and the options with a plain sentence each."""
        stop = position.stop
        assert stop is not None
        kind = DecisionKind(stop.kind)
        lines = [self.say(f"ask.{kind.word}", about=self.about(stop))]
        for n, option in enumerate(stop.options, start=1):
            name, meaning = self.option(kind, option), self._meaning(kind, option)
            lines.append(f"  {n}  {name}. {meaning}")
        stands = stop.taken != stop.own
        key = "leave_order" if stands else "leave"
        said = (
            self.say(f"{key}_said", option=self.option(kind, stop.taken))
            if stands
            else (self.say("leave_said"))
        )
        lines.append(f"  {LEAVE}  {self.say(key)}. {said}")
        return lines

    def _meaning(self, kind: DecisionKind, option: int) -> str:
        """A plain sentence on an option; on the scenario's own, what the file says it does."""
        if kind is DecisionKind.ACTION and self.names.actions[option].does:
            return own_meaning(self.names.actions[option], self.words)
        return self.words.text(f"play.options.{self.template.options(kind)[option]}")

    def own(self, position: Position) -> list[str]:
        """What the model's own would do here, and how likely it finds each option."""
        stop = position.stop
        assert stop is not None
        decision = self.decision(position)
        who = self.role(self.game.roles[stop.role])
        lines = [self.say("own", who=who, option=self.option(stop.kind, stop.own))]
        if decision.policy == Policy.QUANTAL.word:
            shares = [
                self.words.text(
                    "play.own_share",
                    option=self.option(stop.kind, option),
                    share=self.words.percent(float(decision.probability[option])),
                )
                for option in stop.options
            ]
            lines.append(self.say("own_draw", list=self.words.join(shares)))
        else:
            policy = self.words.term("vocabulary.policies", decision.policy)
            lines.append(self.say("own_policy", policy=policy))
        return lines

    def worlds(self, position: Position, choice: int = LEAVE) -> str:
        """What comes of a hundred worlds from this morning."""
        stop = position.stop
        assert stop is not None
        chunk = self.game.futures(position, WORLDS, choice)
        shares = self._shares(chunk)
        if choice == LEAVE:
            return self.say("worlds", runs=WORLDS, list=shares)
        option = self.option(stop.kind, stop.options[choice - 1])
        return self.say("worlds_with", runs=WORLDS, option=option, list=shares)

    def _shares(self, chunk: Chunk) -> str:
        outcome = outcomes_of(self.scenario, chunk)
        fine = max(1, int((chunk.status == 0).sum()))
        counts = {name: int((outcome == name).sum()) for name in self.scenario.outcomes}
        parts = [
            self.words.text(
                "play.world_share",
                outcome=self.words.term("vocabulary.outcomes", name),
                share=self.words.percent(count / fine),
            )
            for name, count in sorted(counts.items(), key=lambda one: -one[1])
            if count
        ]
        return self.words.join(parts)

    def end(self, position: Position, others: Chunk) -> list[str]:
        """How the game ended, among a hundred worlds, and what was true.

        Parameters
        ----------
        position : the game
        others : the first replications of the same seed, without a player
        """
        measures = self._measures(position.run.measures)
        same = outcomes_of(self.scenario, others)
        outcome = self.outcome(position)
        lines = ending(self.scenario, measures, outcome, same, self.words)
        column = {one.name: k for k, one in enumerate(self.scenario.measures)}
        for key, name in (("among", "max_rung"), ("among_dead", "deaths")):
            values = others.measures[others.status == 0, column[name]]
            lines.append(self.say(key, n=int((values >= measures[name]).sum()), runs=len(values)))
        lines += ["", self.say("choices"), *self._choices(position)]
        for number in range(len(self.game.roles)):
            lines += self._orders(position, number, range(1, self.template.horizon + 1))
        lines += ["", self.say("truth"), *self._truth(measures)]
        lines += ["", self.say("hidden"), *self._hidden_lines(position, measures)]
        return lines

    def outcome(self, position: Position) -> str:
        """The outcome class of a game, by its name in the scenario."""
        found = self._classes(position.run.measures)
        return str(found[0])

    def _classes(self, measures: np.ndarray) -> np.ndarray:
        from sim.ensemble.outcomes import classify

        names = [one.name for one in self.scenario.measures]
        columns = {name: measures[None, k] for k, name in enumerate(names)}
        return classify(columns, 1, self.scenario.outcomes)

    def _measures(self, values: np.ndarray) -> dict[str, float]:
        return {
            one.name: float(value)
            for one, value in zip(self.scenario.measures, values, strict=True)
        }

    def _choices(self, position: Position) -> list[str]:
        lines = []
        for stop, choice in zip(position.stops, position.choices, strict=False):
            option = stop.taken if choice == LEAVE else stop.options[choice - 1]
            name = self.option(stop.kind, option)
            if choice == LEAVE:
                name = self.words.text("play.choice_left", option=name)
            who = self.role(self.game.roles[stop.role])
            lines.append(f"  {self.say('choice_line', day=stop.day, who=who, option=name)}")
        return lines

    def _truth(self, measures: dict[str, float]) -> list[str]:
        return [
            "  "
            + self.say(
                "truth_line",
                state=self.names.name_of[state],
                claimed=int(measures[f"claimed_by_{state}"]),
                admitted=int(measures[f"admitted_by_{state}"]),
                dead=int(measures[f"deaths_{state}_security"]),
            )
            for state in self.template.states
        ]

    def _hidden_lines(self, position: Position, measures: dict[str, float]) -> list[str]:
        news = hidden_news(position.run.events, self.scenario, self.game.roles, self.words)
        shown = news[:_MOST_HIDDEN]
        lines = [f"  {self.say('news_line', day=day, text=text)}" for day, text in shown]
        if len(news) > len(shown):
            lines.append(f"  {self.say('more', n=len(news) - len(shown))}")
        played = [role.name for role in self.game.roles]
        for state in self.template.states:
            for rival in self.template.states:
                name = f"belief_end_{state}_{rival}"
                if state in played or name not in measures or not self._fears(state, rival):
                    continue
                share = self.words.percent(measures[name])
                about = self.names.name_of[rival]
                lines.append(
                    "  "
                    + self.say(
                        "hidden_belief",
                        state=self.names.name_of[state],
                        about=about,
                        share=share,
                    )
                )
        return lines or [f"  {self.say('hidden_none')}"]

    def _fears(self, state: str, rival: str) -> bool:
        return any(
            one.enemy == state and rival in one.hosts for one in self.scenario.file.groups.values()
        )


def is_real(kind: str) -> bool:
    """Whether a scenario is of real states, by the word of its kind."""
    return kind != "fictional"


def _level(value: float, some: float, high: float) -> str:
    return "high" if value >= high else "some" if value >= some else "low"
