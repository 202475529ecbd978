"""The lesson in a scenario."""

from __future__ import annotations

from sim.scenario.fields import Block, each, link, phrase, word
from sim.scenario.schema.questions import Watch


class Role(Block):
    """What a student who plays an actor knows, wants and may do."""

    actor: str | None = link("actors", None)
    """The actor."""
    public: str | None = phrase(None)
    """What everybody knows of it, for the page of who is who."""
    knows: list[str] = each(list[str], phrase=True)
    """What it knows."""
    wants: list[str] = each(list[str], phrase=True)
    """What it wants."""
    may: list[str] = each(list[str], phrase=True)
    """What it may do."""


class Stage(Block):
    """A part of a lesson."""

    minutes: int = word(low=1, high=1000)
    """How long it takes."""
    what: str = phrase()
    """What is done in it."""
    say: str | None = phrase(None)
    """What the teacher says, word for word."""


class Plan(Block):
    """A lesson of a length of its own."""

    minutes: int = word(low=1, high=1000)
    """How long it takes; the minutes of its stages must add up to it."""
    stages: list[Stage] = each(list[Stage])
    """Its parts, in order."""


class Story(Block):
    """A replication for a class to watch, found by what happens in it."""

    pick: str = word()
    """An outcome, or "first war", "truce" or "broken truce"."""
    look: str | None = phrase(None)
    """What to look for in it."""


class Trial(Block):
    """Something to try.

    With `set` it is a variant that is computed, and a button of the page; without it, something
    to do.
    """

    label: str = phrase()
    """Its name, in a few words."""
    do: str | None = phrase(None)
    """What to do."""
    set: dict[str, float] = each(dict[str, float])
    """Dotted paths of numbers and the values that they take."""
    watch: list[Watch] = each(list[Watch])
    """What to compare with the scenario as it is."""


class Question(Block):
    """A question, with what the teacher should know.

    `watch` is answered from runs, of the scenario as it is and of each of `trials`.
    """

    ask: str = phrase()
    """The question."""
    hint: str | None = phrase(None)
    """What a good answer says."""
    watch: list[Watch] = each(list[Watch])
    """Numbers that answer it."""
    trials: list[str] = each(list[str], phrase=True)
    """Labels of things to try whose numbers answer it too."""
    story: str | None = word(None)
    """The story of which it is asked, as it stands in `stories`."""


class Teaching(Block):
    """The lesson in a scenario."""

    audience: str | None = phrase(None)
    """For whom it is, and what they should know before."""
    goals: list[str] = each(list[str], phrase=True)
    """What students should learn."""
    plan: list[Stage] = each(list[Stage])
    """The lesson by the clock; as long as its stages together."""
    plans: list[Plan] = each(list[Plan])
    """More of them, each of another length; a usual one where none has 20, 45 or 90 minutes."""
    stories: list[Story] = each(list[Story])
    """What to watch: three to five contrasting stories. If left out, what comes most often."""
    notice: list[str] = each(list[str], phrase=True)
    """What to look for."""
    tries: list[Trial] = each(list[Trial], key="try")
    """What to try."""
    questions: list[Question] = each(list[Question])
    """What to ask."""
    roles: dict[str, Role] = each(dict[str, Role])
    """Roles to play."""
