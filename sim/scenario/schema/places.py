"""Where it happens, and between whom: sectors, borders, and the relations of pairs of states."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, flag, link, links, number, phrase, word
from sim.scenario.schema import guides
from sim.scenario.schema.assumptions import NONE, OURS, TUNED
from sim.vocabulary.coded import words
from sim.vocabulary.codes import Terrain


class Sector(Block):
    """A place: a district or province, or several."""

    title: str | None = phrase(None, aside=True)
    """Name on maps and in stories."""
    state: str = link("states")
    """The state that it belongs to."""
    population: Number = number(unit="persons", low=0, high=1e10, guide=guides.POPULATION)
    """People who live there."""
    garrison: Number = number(unit="persons", low=0, high=1e7, guide=guides.GARRISON)
    """Soldiers and police stationed there."""
    terrain: str = word("plain", among=words(Terrain))
    """Decides the defender's advantage."""
    capital: bool = flag(False)
    """Seat of government."""
    neighbours: list[str] = links("sectors")
    """Sectors of the same state that it touches."""
    x: float | None = word(None, low=0, high=1, aside=True)
    """Place on the schematic, 0 left to 1 right; laid out by itself if left out."""
    y: float | None = word(None, low=0, high=1, aside=True)
    """Place on the schematic, 0 bottom to 1 top."""


class Border(Block):
    """Two sectors of two states that touch; each side has a border command there."""

    sectors: list[str] = links("sectors", length=2)
    """The two sectors."""
    crossing: str | None = phrase(None)
    """Name of the crossing, if there is one."""
    trade_share: Number = number(0.0, unit="share", low=0, high=1, assumed="no trade unless given")
    """Share of the trade between the two states that passes here."""
    posts: Number = number(10, unit="posts", low=1, high=1000, assumed=OURS)
    """Posts of each side along this stretch."""
    garrison: dict[str, Number] = links(
        "states",
        number(
            unit="persons",
            low=0,
            high=1e6,
            help="Soldiers of that side.",
            guide=guides.BORDER_GARRISON,
        ),
    )
    """Men of each side's border command; rules.clash.garrison where left out."""


class View(Block):
    """How one state looks at the other at the start."""

    grievance: Number = number(
        0.0, unit="stock", low=0, high=1.5, assumed=NONE, guide=guides.GRIEVANCE
    )
    """Lasting ill feeling, a stock of months."""
    outrage: Number = number(0.0, unit="stock", low=0, high=4, assumed=NONE, guide=guides.OUTRAGE)
    """Fresh anger, a stock of days."""
    complicity: Number = number(
        0.6, unit="probability", low=0.01, high=0.99, assumed=TUNED, guide=guides.COMPLICITY
    )
    """Belief that the other harbours its enemies, at the start."""
    prior: Number = number(
        0.6, unit="probability", low=0.01, high=0.99, assumed=TUNED, guide=guides.PRIOR
    )
    """Belief to which it drifts back without evidence."""


class Relation(Block):
    """Two states that may act against each other.

    Without a relation they leave each other alone.
    """

    between: list[str] = links("states", length=2)
    """The two states."""
    trust: Number = number(0.3, unit="stock", low=0, high=1, assumed=TUNED, guide=guides.TRUST)
    """Trust in the other's word at the start."""
    trade: Number = number(
        0.0, unit="million USD/day", low=0, high=1e5, assumed=NONE, guide=guides.TRADE
    )
    """Trade between them when all crossings are open."""
    crossings_open: bool = flag(True)
    """Whether the crossings are open at the start."""
    ceasefire: Number = number(
        0.0, unit="quality", low=0, high=1, assumed=NONE, guide=guides.CEASEFIRE
    )
    """Quality of a ceasefire in force at the start; 0 for none."""
    views: dict[str, View] = links("states", View)
    """How each looks at the other."""
