"""The parameters of the rules of the world: `rules.clash.rounds` is a field in `clash.py`."""

from __future__ import annotations

from sim.scenario.fields import Block, each
from sim.scenario.schema.rules.attribution import Attribution
from sim.scenario.schema.rules.bargaining import Bargaining
from sim.scenario.schema.rules.ceasefire import Ceasefire
from sim.scenario.schema.rules.choice import Choice
from sim.scenario.schema.rules.clash import Clash
from sim.scenario.schema.rules.commands import Commands
from sim.scenario.schema.rules.crossings import Crossings
from sim.scenario.schema.rules.feelings import Feelings
from sim.scenario.schema.rules.hosting import Hosting
from sim.scenario.schema.rules.mediation import Mediation
from sim.scenario.schema.rules.militancy import Militancy
from sim.scenario.schema.rules.stocks import Stocks
from sim.scenario.schema.rules.strike import Strike


class Rules(Block):
    """The parameters of the rules of the world, by rule."""

    feelings: Feelings = each(Feelings)
    attribution: Attribution = each(Attribution)
    choice: Choice = each(Choice)
    clash: Clash = each(Clash)
    strike: Strike = each(Strike)
    commands: Commands = each(Commands)
    bargaining: Bargaining = each(Bargaining)
    mediation: Mediation = each(Mediation)
    ceasefire: Ceasefire = each(Ceasefire)
    stocks: Stocks = each(Stocks)
    hosting: Hosting = each(Hosting)
    militancy: Militancy = each(Militancy)
    crossings: Crossings = each(Crossings)
