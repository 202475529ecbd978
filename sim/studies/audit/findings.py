"""What an audit finds: one record a finding, and the parts of an audit."""

from __future__ import annotations

from dataclasses import dataclass

from sim.stats.estimate import Json

MIRROR, LABEL, NUMBER, ACTION, ACTOR, OUTCOME, MEASURE = (
    "mirror",
    "label",
    "number",
    "action",
    "actor",
    "outcome",
    "measure",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the `part` of the audit, what it is `about`, and what it `says` in a sentence.

    `why` gives the reason if it is known; a `fault` is something that should not be, anything else
    a remark.
    """

    part: str
    about: str
    says: str
    why: str = ""
    fault: bool = False

    def as_json(self) -> Json:
        """The fields."""
        return {
            "part": self.part,
            "about": self.about,
            "says": self.says,
            "why": self.why,
            "fault": self.fault,
        }
