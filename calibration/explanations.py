"""Why a row of the tempo table does not match, and why a number without effect is kept.

A sentence or two each.

They are printed on the page below the tables. What needs an entry and has none is called
UNEXPLAINED, an entry that is no longer needed STALE; both are said on every run.
"""

from __future__ import annotations

TEMPO: dict[str, str] = {
    "dead_per_attack": (
        "The severity was tuned with the toll of a month; attacks on bases and markets count "
        "1.6 and 1.1 of it, which lifts the mean. A smaller mu would match this row and lose "
        "large attacks."
    ),
    "operations_dead_month_2": (
        "The state doubled its operations in 2025 by policy; in the model they follow attacks, "
        "and no rule decides to hunt harder."
    ),
    "deaths_change_sd": (
        "Wars and ceasefires of the model make months jump; the record of 25 months has one "
        "such month."
    ),
    "fano_daily_ttp": (
        "Attacks of a day are independent given the rate: the file gives this group no waves, "
        "as it does the Baloch groups."
    ),
    "fano_monthly_ttp": (
        "Modes (lie low, surge) and truces swing the monthly rate more than the older series shows."
    ),
    "tail_ttp": (
        "A lognormal with this spread falls off faster than the record of 2015-21 above five "
        "dead; a wider one kills too many in all."
    ),
    "war_alive_20": (
        "Wars of a small aim end in the second and third week more often than in the list; of "
        "those that are left after two months as many go on as there (docs/shapes.md)."
    ),
    "truce_alive_120": (
        "Attacks go on during a ceasefire, are answered, and the answers wear it down: without "
        "that wear (`rules.ceasefire.damage` 0) it is 0.75."
    ),
    "truce_alive_180": "As after 120 days: without that wear it is 0.66.",
    "truce_shape": (
        "The first days are too quiet and the later months too dangerous; and one curve of this "
        "family fits the reference badly (docs/reference_distributions.md)."
    ),
    "days_ground_offensive_afghanistan": (
        "By the rule of all historical files (docs/mapping.md) both states mind the cost of "
        "fighting alike; a weight of 0.4 for Kabul, which had no source, matched this row."
    ),
}

#: why a number that moves nothing in the scenarios of the table of levers is kept, by its path
LEVERS: dict[str, str] = {
    "rules.choice.air_balance": (
        "It weighs a rival's aircraft, and one of the two sides has none."
    ),
    "rules.choice.foresight": "It is for states that reason at level 2; here both reason at 1.",
    "rules.feelings.gesture": "It is for reported acts that were announced; these files have none.",
    "rules.choice.vital_losses": (
        "It opens nuclear signalling, and neither half nor double of it is reached in any of "
        "these histories."
    ),
    "rules.choice.vital_posts": "As for vital_losses: posts lost matter for nothing else.",
    "rules.clash.retake": "It works through posts lost, which only vital_posts reads.",
    "rules.clash.garrison": (
        "It is the default of a command without a garrison of its own, and here every command "
        "has one."
    ),
    "rules.clash.defence_plain": "No sector on the border is a plain here.",
    "rules.clash.defence_urban": "No sector on the border is urban here.",
}
