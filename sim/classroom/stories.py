"""The stories of a lesson: found by what happens in them, and questions checked against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.ensemble.engine import ChooseEngine
from sim.errors import Problem
from sim.narration.ending import ending_of
from sim.replication.pick import StoryPick, pick_all, stories
from sim.scenario import Scenario
from sim.scenario.schema import Question, Watch
from sim.vocabulary.measures import Measure
from sim.words import Words
from sim.words.measures import measure_meaning


class StoryNote(NamedTuple):
    """A story as a teacher reads of it.

    `name` in words, `replication` that tells it, what to `look` for, sentences on its `end`.
    """

    story: str
    name: str
    replication: int
    look: str
    end: list[str]


class Mismatch(NamedTuple):
    """That something is asked of the stories of a lesson which happens in none of them.

    `path` of the question or story in the file, `given` what it asks about, `among` the stories.
    """

    path: str
    given: str
    among: str

    def problem(self, file: str, seed: int) -> Problem:
        """The same as a warning about a file, of the worlds of a seed."""
        if not self.among:
            return Problem(
                file, 0, 0, self.path, "should happen in some world", self.given, f"seed {seed}"
            )
        return Problem(
            *(file, 0, 0, self.path),
            rule="should ask about what happens in the stories of the lesson",
            given=self.given,
            hint=f"there is none in {self.among}, seed {seed}; pick another story, or ask "
            "something else",
        )


def lesson_stories(scenario: Scenario, seed: int, engine: ChooseEngine | None) -> list[StoryPick]:
    """The stories of the lesson of a scenario; see `pick_all`."""
    known = stories(scenario)  # `check` has warned of the others
    wanted = [story.pick for story in scenario.file.teaching.stories if story.pick in known]
    return pick_all(scenario, seed, wanted, engine=engine)


def story_name(scenario: Scenario, story: str, words: Words) -> str:
    """A story in words: an outcome, or what else can be picked."""
    return words.term(
        "vocabulary.outcomes" if story in scenario.outcomes else "cli.pick.stories", story
    )


def story_notes(
    scenario: Scenario,
    found: Sequence[StoryPick],
    seed: int,
    words: Words,
    engine: ChooseEngine | None,
) -> list[StoryNote]:
    """The stories of a lesson, each with its end."""
    look = {story.pick: story.look or "" for story in scenario.file.teaching.stories}
    return [
        StoryNote(
            one.story,
            story_name(scenario, one.story, words),
            one.replication,
            look.get(one.story, ""),
            ending_of(scenario, seed, one.replication, words, engine=engine),
        )
        for one in found
    ]


def mismatches(scenario: Scenario, found: Sequence[StoryPick], words: Words) -> Iterator[Mismatch]:
    """Stories that happen nowhere, and questions about what happens in none of the stories."""
    teaching, by_name = scenario.file.teaching, {one.story: one for one in found}
    known = stories(scenario)
    for i, story in enumerate(teaching.stories):
        if story.pick not in by_name and story.pick in known:
            yield Mismatch(f"teaching.stories.{i}.pick", story.pick, "")
    measures = {measure.name: measure for measure in scenario.measures}
    for i, question in enumerate(teaching.questions):
        told = [one for one in found if question.story in (None, one.story)]
        if told and question.watch and not any(_comes(question, one) for one in told):
            labels = [_label(watch, measures, words) for watch in question.watch]
            among = "; ".join(f"{one.story}, world {one.replication}" for one in told)
            yield Mismatch(f"teaching.questions.{i}", words.join(labels, "or"), among)


def _comes(question: Question, story: StoryPick) -> bool:
    """Whether anything that a question asks about happens in a story."""
    return any(
        story.has(watch.measure, *(watch.probability_within or ())) for watch in question.watch
    )


def _label(watch: Watch, measures: Mapping[str, Measure], words: Words) -> str:
    if watch.label or watch.measure not in measures:
        return watch.label or watch.measure
    return measure_meaning(measures[watch.measure], words)
