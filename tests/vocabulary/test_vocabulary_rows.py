"""A vocabulary that contradicts itself is refused when it is imported, with row and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.studies.audit import known_reasons
from sim.vocabulary import codes, decisions, ladder, policies
from sim.vocabulary.coded import CodedWord, Row, VocabularyError, columns_of, words
from sim.vocabulary.ladder import Action, Aim, Fight

RAID = "        Rung.RAID, Domain.GROUND, Posture.ONCE, 0.00, Fight.RAID, Aim.NOBODY, 0.0,\n"


def ladder_with(old: str, new: str) -> None:
    """Run the text of the ladder with something changed in it."""
    text = Path(ladder.__file__).read_text(encoding="utf-8")
    assert text.count(old) == 1
    exec(compile(text.replace(old, new), "ladder.py", "exec"), {"__name__": "sim.vocabulary.other"})


def raid(row: str) -> tuple[str, str]:
    """The row of the raid with other columns."""
    return RAID, f"        {row}\n"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            raid("Rung.RAID, Domain.GROUND, Posture.ONCE, 0.00, Fight.RAID, Aim.NOBODY,"),
            "Action.RAID: must have the 16 columns rung, domain, .*, got 15",
        ),
        (
            raid("Rung.RAID, Domain.NONE, Posture.ONCE, 0.0, Fight.NONE, Aim.NOBODY, 0.0,"),
            "Action.RAID: must have an effect",
        ),
        (
            raid("Rung.RAID, Domain.AIR, Posture.ONCE, 0.0, Fight.RAID, Aim.NOBODY, 0.0,"),
            "Action.RAID: must have an aim, as its domain is air",
        ),
        (
            raid("Rung.RAID, Domain.GROUND, Posture.ONCE, 0.0, Fight.NONE, Aim.NOBODY, 0.0,"),
            "Action.RAID: must have a fight, as its domain is ground",
        ),
        (
            raid("Rung.RAID, Domain.NUCLEAR, Posture.ONCE, 0.0, Fight.RAID, Aim.NOBODY, 0.0,"),
            "Action.RAID: must need the domain ground or air",
        ),
        (
            raid("Rung.TENSION, Domain.GROUND, Posture.ONCE, 0.0, Fight.RAID, Aim.NOBODY, 0.0,"),
            "Action.RAID: must stand in order of rungs",
        ),
        (
            raid("Rung.RAID, Domain.GROUND, Posture.ONCE, 0.5, Fight.RAID, Aim.NOBODY, 0.0,"),
            "Action.RAID: must be a posture to have a tempo",
        ),
        (
            raid("Rung.RAID, Domain.GROUND, Posture.WAR, 0.5, Fight.RAID, Aim.NOBODY, 0.0,"),
            "Action: must have one posture of war, got 2",
        ),
        (
            ('    RAID = "raid", 4\n', '    RAID = "raid", 4\n    SIEGE = "siege", 4\n'),
            "Rung.SIEGE: must have an action on it",
        ),
        (
            ('    RAID = "raid", 4\n', '    RAID = "raid"\n'),
            "Rung.RAID: must have the 2 columns title, hostility, got 1",
        ),
        (
            ("    AIR = 2\n    NUCLEAR = 3\n", "    AIR = 3\n    NUCLEAR = 2\n"),
            r"Domain: must number its words from 0 in their order, got \[0, 1, 3, 2\]",
        ),
    ],
    ids=lambda value: value.split(": ", 1)[1][:40] if isinstance(value, str) else "",
)
def test_a_row_that_no_rule_could_carry_out_is_refused(change: tuple[str, str], says: str) -> None:
    with pytest.raises(VocabularyError, match=says):
        ladder_with(*change)


def test_the_ladder_as_it_is_passes() -> None:
    ladder_with(RAID, RAID)


def kinds() -> list[type[CodedWord]]:
    """All enumerations and tables."""
    return [
        kind
        for module in (codes, decisions, ladder, policies)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, CodedWord) and kind not in (CodedWord, Row)
    ]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_word_is_found_by_itself_and_by_its_number(kind: type[CodedWord]) -> None:
    assert kind.__doc__
    assert [int(member) for member in kind] == list(range(len(kind)))
    assert [kind.of(word) for word in words(kind)] == list(kind)
    if issubclass(kind, Row):
        assert all(hasattr(row, column) for row in kind for column in columns_of(kind))


def test_an_unknown_word_has_no_member() -> None:
    with pytest.raises(KeyError):
        Action.of("drone_strike")


def test_every_action_that_kills_is_in_a_group_of_the_audit() -> None:
    groups = (
        *(known_reasons._GROUND, known_reasons._OFFENSIVES, known_reasons._HIGH),
        *(known_reasons._STRIKES, known_reasons._ON_SOLDIERS, known_reasons._SOLDIERS),
    )
    for action in Action:
        assert any(action.word in group for group in groups) is action.kills
        assert (action.word in known_reasons._STRIKES) is (action.aim is not Aim.NOBODY)
        assert (action.word in known_reasons._GROUND) is (action.fight >= Fight.RAID)
