"""Why a row of the table of tempo does not match, and why a number that moves nothing is kept: a sentence or two each.

They are printed on the page below the tables. What needs an entry and has none is called UNEXPLAINED, an entry that is
no longer needed STALE; both are said on every run.
"""

from __future__ import annotations

TEMPO: dict[str, str] = {}

#: why a number that moves nothing in the scenarios of the table of levers is kept, by its path
LEVERS: dict[str, str] = {
    "rules.choice.air_balance": "It weighs a rival's aircraft, and one of the two sides has none.",
    "rules.choice.vital_losses": "It opens nuclear signalling, and neither half nor double of it is reached in any of these histories.",
    "rules.choice.vital_posts": "As for vital_losses: posts lost matter for nothing else.",
    "rules.clash.retake": "It works through posts lost, which only vital_posts reads.",
    "rules.clash.garrison": "It is the default of a command without a garrison of its own, and here every command has one.",
    "rules.clash.defence_plain": "No sector on the border is a plain here.",
    "rules.clash.defence_urban": "No sector on the border is urban here.",
}
