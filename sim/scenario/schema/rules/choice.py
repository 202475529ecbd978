"""Parameters below `rules.choice`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS, SHAPES, TUNED


class Choice(Block):
    """When states deliberate and how orders become acts (`sim/engine/rules/state_choice.py`)."""

    attention: Number = number(0.25, unit="1/day", low=0, high=1, assumed=TUNED)
    """Chance of deliberating on an ordinary day."""
    war_attention: Number = number(0.5, unit="1/day", low=0, high=1, assumed=TUNED)
    """The same when either is at open war."""
    surprise: Number = number(0.5, unit="stock", low=0, high=100, assumed=TUNED)
    """Rise of outrage since the last decision that makes deliberation certain."""
    delay: Number = number(1.0, unit="ratio", low=0, high=20, assumed=TUNED)
    """Scale of the ladder's column of days from order to act."""
    air_balance: Number = number(0.3, unit="1", low=0, high=10, assumed=TUNED)
    """Weight of the rival's air force in the balance of air power."""
    ground_cap: Number = number(1.5, unit="ratio", low=0.1, high=10, assumed=TUNED)
    """Most that superior numbers on the ground count."""
    armour_men: Number = number(10.0, unit="persons/vehicle", low=0, high=1000, assumed=OURS)
    """Soldiers that one armoured vehicle is worth in the balance."""
    vital_losses: Number = number(0.02, unit="share of personnel", low=0, high=1, assumed=OURS)
    """Losses in a crisis at which a nuclear state holds its vital interests threatened."""
    vital_posts: Number = number(0.5, unit="share of posts", low=0, high=1, assumed=OURS)
    """Border posts lost at which it does."""
    crisis_gap: Number = number(75.0, unit="days", low=1, high=365, assumed=SHAPES)
    """Quiet days below rung 4 after which the next strike opens a new crisis."""
    foresight: Number = number(0.4, unit="ratio", low=0, high=2, assumed=SHAPES)
    """How much the round after the reply counts for a state that reasons at level 2."""
    target_refill: Number = number(60.0, unit="days", low=1, high=3650, assumed=TUNED)
    """Time in which a list of targets fills again."""
