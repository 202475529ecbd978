"""What an audit finds: one record a finding, and the parts of an audit."""

from __future__ import annotations

from dataclasses import dataclass

from sim.stats.estimate import Json
from sim.words import words as words_of
from sim.words.sentence import Said, Sentence

MIRROR, LABEL, ORDER, NUMBER, ACTION, ACTOR, OUTCOME, MEASURE = (
    "mirror",
    "label",
    "order",
    "number",
    "action",
    "actor",
    "outcome",
    "measure",
)


def sentence(key: str, **values: object | Said) -> Sentence:
    """A sentence of the audit, by its key among `studies.audit`."""
    return Sentence.of(f"studies.audit.{key}", **values)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the `part` of the audit, what it is `about`, and the sentence that `says` it.

    `why` gives the reason if it is known; a `fault` is something that should not be, anything else
    a remark.
    """

    part: str
    about: str
    says: Sentence
    why: Sentence | None = None
    fault: bool = False

    def as_json(self) -> Json:
        """The fields, sentences in English; the reason is empty if it is not known."""
        english = words_of()
        return {
            "part": self.part,
            "about": self.about,
            "says": self.says(english),
            "why": self.why(english) if self.why else "",
            "fault": self.fault,
        }
