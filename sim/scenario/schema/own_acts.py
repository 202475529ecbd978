"""A scenario's own actions: kinds of an act of the ladder, or options with a rung of their own."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, flag, link, number, phrase, word
from sim.scenario.schema import guides
from sim.vocabulary.ladder import Action, Posture, Rung

AS_IT_IS = "as the action of the ladder"
#: What an own act can be a kind of: an act that is ordered and carried out, no posture and no war.
ACTS = tuple(action.word for action in Action if action.posture is Posture.ONCE)
#: What an act without a fight, one that calms, is of: it needs nothing and harms nobody.
CALMING = Action.CALM.word
#: An own rung lies below that of open war, which is a state of two and no act of one.
TOP = float(Rung.OPEN_WAR)
#: The highest rung of an act that calms: no higher than that of forces on alert.
CALM_TOP = float(Rung.TENSION)


class OwnAct(Block):
    """An action of the scenario's own: a naval interception, a cyber attack, a gesture.

    It is of one of the ladder's acts (`of`), needs what that act needs, and its factors say how it
    differs in what it does. With a `share` it is a kind of that act: it stands on its rung, is
    chosen as it, and so many of these acts are of this kind. With a `rung` it is an option of its
    own, which a state weighs beside all others at that height.
    """

    label: str = phrase(aside=True)
    """What to call it, as a noun: naval interception."""
    does: str = phrase(aside=True)
    """What its actor does, as in: stops a ship of the rival."""
    of: str = word(among=(CALMING, *ACTS))
    """The act of the ladder that it is a kind of; calm, with a rung, for one that calms."""
    by: str | None = link("states", None)
    """Whose acts it is among, or who alone has the option; every state's if left out."""
    share: Number | None = number(None, unit="share", low=0, high=1, guide=guides.OWN_ACT)
    """Share of these acts that are of this kind; the shares of one act add up to at most 1. Either
    this or `rung`."""
    rung: float | None = word(None, low=0, high=TOP)
    """Its height on the ladder, which makes it an option of its own: 2.5 lies between border fire
    and a raid. Above 0 and below 6; from 0 to 1 for one that calms. Either this or `share`."""
    deaths: Number = number(1, unit="ratio", low=0, high=10, assumed=AS_IT_IS)
    """Dead of all sides, relative to the act as it is; 0 for an act in which nobody can die, and of
    which nobody claims any dead."""
    felt: Number = number(1, unit="ratio", low=0, high=10, assumed=AS_IT_IS)
    """Outrage and grievance of the other side, relative to the act as it is: how visible it is."""
    damage: Number = number(1, unit="ratio", low=0, high=10, assumed=AS_IT_IS)
    """Damage to a ceasefire, relative to the act as it is."""
    pressure: Number = number(1, unit="ratio", low=0, high=10, assumed=AS_IT_IS)
    """International pressure that its rung brings on the actor, relative to the act as it is."""
    cost: Number | None = number(None, unit="ratio", low=0, high=10, guide=guides.COST)
    """With a rung: cost in men and materiel, relative to the act as it is; 1 if left out."""
    harm: Number | None = number(None, unit="ratio", low=0, high=10, guide=guides.HARM)
    """With a rung: harm that a state expects of it as an answer, relative to the act as it is; 1 if
    left out."""
    delay: Number | None = number(None, unit="ratio", low=0, high=30, guide=guides.DELAY)
    """With a rung: mean time from the order to the act, relative to the act as it is; 1 if left
    out."""
    violation: Number | None = number(None, unit="ratio", low=0, high=10, guide=guides.VIOLATION)
    """With a rung: how far it breaks a ceasefire in its actor's eyes, relative to the act; 1 if
    left out."""
    disrupt: Number | None = number(None, unit="ratio", low=0, high=1, guide=guides.DISRUPT)
    """With a rung: what its actor expects it to take of the militants' capacity, relative to the
    act; 1 if left out."""
    concession: Number | None = number(None, unit="utility", low=0, high=2, guide=guides.CONCESSION)
    """With a rung: what it costs its actor beside men and materiel, such as face at home; nothing
    if left out."""
    relief: Number | None = number(None, unit="share", low=0, high=1, guide=guides.RELIEF)
    """With a rung: share of the outrage and of the grievance of the other side that it relieves."""
    trust: Number | None = number(None, unit="share", low=0, high=1, guide=guides.TRUST_BUILT)
    """With a rung: share of the trust missing between the two that it builds."""
    fights: bool | None = flag(None)
    """With a rung: whether men fight in it. If false it needs neither a border nor weapons, nobody
    can die in it, and it is not counted as the act that it is of."""
    placed: bool = flag(True)
    """Whether it happens in a sector; false for one at sea or in a network."""
    announced: bool = flag(False)
    """Whether it is announced beforehand; without dead it then is a gesture
    (`rules.feelings.gesture`)."""
    note: str | None = phrase(None, aside=True)
    """What to beware of."""
