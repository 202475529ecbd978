"""A scenario's own actions: kinds of an act of the ladder, with words and factors of their own."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, flag, link, number, phrase, word
from sim.scenario.schema import guides
from sim.vocabulary.ladder import Action, Posture

AS_IT_IS = "as the action of the ladder"
#: What an own act can be a kind of: an act that is ordered and carried out, no posture and no war.
ACTS = tuple(action.word for action in Action if action.posture is Posture.ONCE)


class OwnAct(Block):
    """An action of the scenario's own: a naval interception, a cyber attack, a gesture.

    It is a kind of one of the ladder's acts (`of`): it stands on that rung, is chosen as that act
    and by what speaks for it, and needs what it needs. Its `share` says how many of these acts are
    of this kind; its factors say how it differs in what it does.
    """

    label: str = phrase(aside=True)
    """What to call it, as a noun: naval interception."""
    does: str = phrase(aside=True)
    """What its actor does, as in: stops a ship of the rival."""
    of: str = word(among=ACTS)
    """The act of the ladder that it is a kind of."""
    by: str | None = link("states", None)
    """Whose acts it is among; every state's if left out."""
    share: Number = number(unit="share", low=0, high=1, guide=guides.OWN_ACT)
    """Share of these acts that are of this kind; the shares of one act add up to at most 1."""
    deaths: Number = number(1, unit="ratio", low=0, high=10, assumed=AS_IT_IS)
    """Dead of all sides, relative to the act as it is; 0 for an act in which nobody can die, and of
    which nobody claims any dead."""
    felt: Number = number(1, unit="ratio", low=0, high=10, assumed=AS_IT_IS)
    """Outrage and grievance of the other side, relative to the act as it is: how visible it is."""
    damage: Number = number(1, unit="ratio", low=0, high=10, assumed=AS_IT_IS)
    """Damage to a ceasefire, relative to the act as it is."""
    pressure: Number = number(1, unit="ratio", low=0, high=10, assumed=AS_IT_IS)
    """International pressure that its rung brings on the actor, relative to the act as it is."""
    placed: bool = flag(True)
    """Whether it happens in a sector; false for one at sea or in a network."""
    announced: bool = flag(False)
    """Whether it is announced beforehand; without dead it then is a gesture
    (`rules.feelings.gesture`)."""
    note: str | None = phrase(None, aside=True)
    """What to beware of."""
