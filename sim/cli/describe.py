"""The command `describe`: a scenario on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.cli.options import Debug, Language, Scenario, Settings
from sim.cli.scenarios import read

if TYPE_CHECKING:
    from sim.scenario import Scenario as Loaded
    from sim.scenario.spec import Quantity
    from sim.words import Words

SUMMARY = "Show a scenario on one page: who, what, sources, levers, what it cannot show."
_MANY = 0.5  # share of assumed numbers from which it is said


def command(
    scenario: Scenario,
    settings: Settings = None,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Show who and what is in a scenario, where its numbers come from, and what it cannot show.

    Example: run_sim.py describe two_states
    """
    from rich.padding import Padding

    from sim.cli.tables import screen
    from sim.scenario import localise
    from sim.words import words

    loaded, wording = localise(read(scenario, settings), words(language))
    page, console = _Page(loaded, wording), screen()
    console.print(loaded.title, style="bold")
    console.print(" ".join(loaded.question.split()))
    if loaded.summary:
        console.print(" ".join(loaded.summary.split()))
    for part in (
        "when",
        "who",
        "where",
        "history",
        "events",
        "sources",
        "outcomes",
        "levers",
        "designs",
        "limits",
    ):
        lines = list(getattr(page, part)())
        if lines:
            console.print(f"\n{page.say(f'heads.{part}')}", style="bold")
        for line in lines:
            console.print(Padding(line, (0, 0, 0, 2)))
    return 0


class _Page:
    """The lines of each part."""

    def __init__(self, scenario: Loaded, words: Words) -> None:
        from sim.narration.names import titles_of

        self.scenario, self.file, self.words = scenario, scenario.file, words
        self.titles = titles_of(scenario.file)

    def say(self, key: str, **values: object) -> str:
        return self.words.text(f"cli.describe.{key}", **values)

    def when(self) -> Iterator[str]:
        file, day = self.file, self.words.date
        yield self.say(
            "when",
            start=day(file.start),
            release=day(file.release),
            replayed=self.words.count((file.release - file.start).days + 1, "day"),
            horizon=self.words.count(file.horizon, "day"),
        )
        if file.languages:
            yield self.say("languages", tags=self.words.join(file.languages))

    def who(self) -> Iterator[str]:
        for name, state in self.file.states.items():
            yield self.say(
                "state",
                name=self.titles[name],
                personnel=self._value(state.personnel),
                aircraft=self._value(state.combat_aircraft),
                nuclear=self.say("nuclear") if state.nuclear else "",
                policy=state.policy,
            )
        for name, group in self.file.groups.items():
            hosts = [self.titles[host] for host in group.hosts]
            yield self.say(
                "group",
                name=self.titles[name],
                enemy=self.titles[group.enemy],
                hosts=self.say("hosts", hosts=self.words.join(hosts)) if hosts else "",
                fighters=self.words.number(sum(map(float, group.fighters.values()))),
                rate=self._value(group.base_rate),
            )
        for name, mediator in self.file.mediators.items():
            pulls = [
                f"{self.titles[state]} {self._value(pull)}"
                for state, pull in mediator.leverage.items()
            ]
            yield self.say("mediator", name=self.titles[name], pulls=self.words.join(pulls))

    def where(self) -> Iterator[str]:
        file = self.file
        crossings = sum(1 for border in file.borders.values() if border.crossing is not None)
        yield self.say(
            "where",
            sectors=self.say("sectors", n=len(file.sectors)),
            borders=self.say("borders", n=len(file.borders)),
            crossings=self.say("crossings", n=crossings),
        )
        for relation in file.relations.values():
            yield self.say(
                "relation",
                pair=self.words.join([self.titles[name] for name in relation.between]),
                trade=self._value(relation.trade),
                trust=self._value(relation.trust),
                truce=self.say("truce") if relation.ceasefire.high > 0 else "",
            )

    def history(self) -> Iterator[str]:
        from sim.words.names import script_name

        events = self.file.history
        if not events:
            return
        counts = Counter(event.action for event in events)
        listed = [
            self.say("counted", what=script_name(action, self.words), n=count)
            for action, count in counts.most_common()
        ]
        dates = [event.date for event in events if event.date is not None]
        yield self.say(
            "history",
            n=len(events),
            first=self.words.date(min(dates)),
            last=self.words.date(max(dates)),
            list=self.words.join(listed),
        )
        if self.file.interventions:
            yield self.say("interventions", n=len(self.file.interventions))

    def events(self) -> Iterator[str]:
        from sim.narration.conditions import RuleWriter

        writer = RuleWriter(self.scenario, self.words)
        for name in self.file.alliances:
            yield self.say("event", rule=writer.alliance(name), name=f"alliances.{name}")
        for name in self.file.actions:
            yield self.say("event", rule=writer.own_act(name), name=f"actions.{name}")
        for name in self.file.events:
            yield self.say("event", rule=writer.event(name), name=f"events.{name}")
        for name in self.file.flows:
            yield self.say("event", rule=writer.flow(name), name=f"flows.{name}")

    def sources(self) -> Iterator[str]:
        from sim.scenario.events import event_days

        given = self._own_numbers()
        sourced = Counter(one.source for one in given if one.source)
        yield self.say(
            "numbers",
            given=len(given),
            sourced=sum(sourced.values()),
            assumed=sum(1 for one in given if one.assumed),
            none=sum(1 for one in given if not one.source and not one.assumed),
            drawn=sum(1 for one in given if one.dist is not None),
            defaults=len(self.scenario.numbers()) - len(given),
        )
        reported = Counter(event.source for _, _, event in event_days(self.file))
        for key, source in self.file.sources.items():
            facts = [part for part in (source.publisher, source.date) if part]
            about = f" ({', '.join(facts)})" if facts else ""
            uses = [
                self.say(f"cited_{what}", n=cited[key])
                for what, cited in (("numbers", sourced), ("events", reported))
                if cited[key]
            ]
            said = self.words.join(uses) or self.say("uncited")
            yield self.say("source", title=f"{source.title}{about}", name=key, uses=said)

    def outcomes(self) -> Iterator[str]:
        from sim.narration.outcomes import meanings

        for one in meanings([self.scenario], self.words):
            yield self.say("outcome", name=one.name, conditions=one.sentence)

    def levers(self) -> Iterator[str]:
        numbers, exact = self.scenario.numbers(), self.words.exact
        for lever in self.file.levers:
            limits = self.words.range(exact(lever.low), exact(lever.high))
            now = numbers.get(lever.path)
            value = self._value(now) if now is not None else ""
            yield self.say("lever", label=lever.label, path=lever.path, range=limits, value=value)

    def designs(self) -> Iterator[str]:
        for name, design in self.scenario.designs.items():
            asked, size = design.asked, design.size
            yield self.say(
                "design",
                name=name,
                label=asked.label or name,
                question=f" {asked.question}" if asked.question else "",
                points=self.words.count(size, "point") if size else self.say("ranges"),
                commands=self.words.join(design.commands),
            )

    def limits(self) -> Iterator[str]:
        for key in ("forecast", "grain", "levels"):
            yield self.say(f"limit.{key}")
        file, given = self.file, self._own_numbers()
        for name, state in file.states.items():
            if not (state.combat_aircraft.high > 0 or state.standoff.high > 0):
                yield self.say("limit.no_aircraft", name=self.titles[name])
        if not file.groups:
            yield self.say("limit.no_groups")
        if not file.mediators:
            yield self.say("limit.no_mediators")
        if not any(state.nuclear for state in file.states.values()):
            yield self.say("limit.no_nuclear")
        if not any(one.dist is not None for one in given):
            yield self.say("limit.no_spread")
        share = sum(1 for one in given if not one.source) / max(len(given), 1)
        if file.kind != "fictional" and share >= _MANY:
            yield self.say("limit.assumed", share=self.words.percent(share))
        if file.kind == "fictional":
            yield self.say("limit.fictional")

    def _own_numbers(self) -> list[Quantity]:
        """The numbers that files give."""
        return [one for one in self.scenario.numbers().values() if not one.default]

    def _value(self, number: Quantity) -> str:
        text = self.words.number(number.value)
        return text if number.dist is None else self.say("about", value=text)
