"""Slips that a careful reader would see: an error or a warning each, and none where all is well."""

from __future__ import annotations

import pytest
from conftest import BUNDLED

from scenario.conftest import Child, problems
from sim.scenario import load

STRANGERS = """\
states:
  cantania: {personnel: 5_000, assumed: x}
sectors:
  coast: {state: cantania, population: 9_000, garrison: 100, assumed: x}
"""
INLAND = "sectors: {mine: {state: borduria, population: 5, garrison: 5, neighbours: [hills], %s}}\n"
FAR = INLAND % "assumed: x"
HISTORY = "history: [{date: 2030-02-20, assumed: x, %s}]\n"

ERRORS = {
    "a strike on one's own sector": (
        HISTORY % "actor: avaria, action: limited_strike, target: borduria, sectors: [port]",
        "history.0.sectors.0",
        "must be a sector of borduria for limited_strike, got port, of avaria",
    ),
    "a raid on one's own sector, the only rival not named": (
        HISTORY % "actor: borduria, action: raid, sectors: [hills]",
        "history.0.sectors.0",
        "must be a sector of avaria for raid",
    ),
    "a strike on a third state": (
        STRANGERS
        + HISTORY % "actor: avaria, action: limited_strike, target: borduria, sectors: [coast]",
        "history.0.sectors.0",
        "must be a sector of borduria",
    ),
    "an attack in a land that the group does not fight": (
        HISTORY % "actor: reds, action: attack, sectors: [hills]",
        "history.0.sectors.0",
        "must be a sector of avaria for attack",
    ),
    "a clash in a third state": (
        STRANGERS + HISTORY % "actor: avaria, action: clash, target: borduria, sectors: [coast]",
        "history.0.sectors.0",
        "must be a sector of avaria or borduria for clash",
    ),
    "an intervention's strike on one's own sector": (
        "interventions: [{day: 4, event: {actor: avaria, action: military_strike, "
        "sectors: [port], assumed: x}}]",
        "interventions.0.event.sectors.0",
        "must be a sector of borduria",
    ),
    "one number, one day, two values": (
        "interventions: [{day: 4, set: {states.avaria.resolve: 0.2}}, "
        "{day: 4, set: {states.avaria.resolve: 0.3}}]",
        "interventions.1.set.states.avaria.resolve",
        "must be one value on day 4, got 0.2 and 0.3",
    ),
    "one day, one rival, two orders": (
        "states: {borduria: {plan: [{day: 3, action: raid}, {day: 3, action: calm}]}}",
        "states.borduria.plan.1.action",
        "must be one action on day 3 against all its rivals, got raid and calm",
    ),
}

WARNINGS = {
    "border fire in a sector on no border": (
        FAR + HISTORY % "actor: avaria, action: border_fire, target: borduria, sectors: [mine]",
        "history.0.sectors.0",
        "should be at a border of avaria and borduria",
    ),
    "a clash at no border": (
        HISTORY % "actor: avaria, action: clash, target: borduria, sectors: [port]",
        "history.0.sectors.0",
        "should be at a border",
    ),
    "a raid where no border is shared": (
        STRANGERS
        + "relations: {sea: {between: [avaria, cantania], trust: 0.5, assumed: x}}\n"
        + HISTORY % "actor: avaria, action: raid, target: cantania, sectors: [coast]",
        "history.0.action",
        "they share no border",
    ),
    "an operation beyond the border": (
        HISTORY % "actor: avaria, action: operation, group: reds, sectors: [hills]",
        "history.0.sectors.0",
        "should be a sector of avaria",
    ),
    "more soldiers dead than were there": (
        HISTORY % "actor: reds, action: attack, sectors: [delta], deaths: {security: 2_001}",
        "history.0.deaths.security",
        "should be at most the 2000 soldiers",
    ),
    "more people dead than lived there": (
        HISTORY % "actor: reds, action: attack, sectors: [delta], deaths: {civilians: 90_001}",
        "history.0.deaths.civilians",
        "should be at most the 90000 people",
    ),
    "more fighters dead than there were": (
        HISTORY
        % "actor: avaria, action: limited_strike, target: borduria, group: reds, sectors: [hills], "
        "deaths: {militants: 901}",
        "history.0.deaths.militants",
        "should be at most the 900 fighters",
    ),
    "more own dead than the army has": (
        HISTORY
        % "actor: borduria, action: raid, target: avaria, sectors: [delta], deaths: {own: 80_001}",
        "history.0.deaths.own",
        "should be at most the 80000 soldiers",
    ),
    "crossings closed where there is none": (
        "borders: {ford: {crossing: ~, trade_share: {value: 0, assumed: x}}}\n"
        "relations: {river: {trade: {value: 0, assumed: x}}}\n"
        + "interventions: []\n"
        + HISTORY % "actor: avaria, action: close_crossings, target: borduria",
        "history.0.action",
        "should be left out where there is no crossing",
    ),
    "a ceasefire that ends without having begun": (
        HISTORY % "actor: avaria, action: ceasefire_end, target: borduria",
        "history.0.action",
        "none is in force",
    ),
    "a ceasefire that begins twice": (
        "relations: {river: {ceasefire: {value: 0.5, assumed: x}}}",
        "history.2.action",
        "one is in force already",
    ),
    "a claim of somebody else": (
        STRANGERS
        + HISTORY
        % "actor: avaria, action: limited_strike, target: borduria, sectors: [hills], "
        "claims: {cantania: 4}",
        "history.0.claims.cantania",
        "nothing reads it",
    ),
    "evidence of a raid": (
        HISTORY % "actor: avaria, action: raid, target: borduria, evidence: true, sectors: [hills]",
        "history.0.evidence",
        "nothing reads it for raid",
    ),
    "crossings closed and opened on one day": (
        "history: [{date: 2030-02-20, actor: avaria, action: close_crossings, assumed: x}, "
        "{date: 2030-02-20, actor: avaria, action: open_crossings, assumed: x}]",
        "history.1.action",
        "should be one of closing and opening on a day",
    ),
    "nobody lives where there are fights": (
        "sectors: {delta: {population: {value: 0, assumed: x}}}",
        "sectors.delta.population",
        "nobody lives there",
    ),
    "garrisons above the army": (
        "states: {avaria: {personnel: {value: 11_399, assumed: x}}}",
        "states.avaria.personnel",
        "should be enough for the garrisons of its sectors and borders, 11400 in all",
    ),
    "trade without a crossing": (
        "borders: {ford: {crossing: ~, trade_share: {value: 0, assumed: x}}}\ninterventions: []\n",
        "relations.river.trade",
        "should have a crossing",
    ),
    "a share of trade without a crossing": (
        "borders: {ford: {crossing: ~}}\ninterventions: []\n",
        "borders.ford.trade_share",
        "should be 0 where there is no crossing",
    ),
    "trade that passes nowhere": (
        "borders: {ford: {trade_share: {value: 0, assumed: x}}}",
        "relations.river.trade",
        "give trade_share to borders.ford",
    ),
    "twenty times the attacks": (
        "groups: {reds: {reference_strength: {value: 33, assumed: x}}}",
        "groups.reds.reference_strength",
        "times the attacks of base_rate",
    ),
    "a twentieth of the attacks": (
        "groups: {reds: {reference_strength: {value: 40_000, assumed: x}}}",
        "groups.reds.reference_strength",
        "times the attacks of base_rate",
    ),
    "more fighters than the capacity": (
        "groups: {reds: {capacity: {value: 1_199, assumed: x}}}",
        "groups.reds.capacity",
        "should not be below its fighters at the start, 1200",
    ),
    "a cap below the usual attack": (
        "groups: {reds: {severity: {mu: 3, cap: 5, assumed: x}}}",
        "groups.reds.severity.cap",
        "should not be below the deaths in a usual attack, 20.1",
    ),
    "two capitals": (
        "sectors: {delta: {capital: true}}",
        "sectors.delta.capital",
        "should be true for one sector of avaria only",
    ),
    "a sector that touches nothing": (
        "sectors: {isle: {state: avaria, population: 5, garrison: 5, assumed: x}}",
        "sectors.isle",
        "name its neighbours",
    ),
    "a mediator to whom nobody listens": (
        "mediators: {cantona: {leverage: {borduria: {value: 0, assumed: x}}}}",
        "mediators.cantona.leverage",
        "it never offers talks",
    ),
    "aircraft that cannot fly": (
        "states: {avaria: {serviceability: {value: 0, assumed: x}}}",
        "states.avaria.serviceability",
        "none of them can fly",
    ),
    "evidence that clears the guilty": (
        "states: {avaria: {true_positive: 0.3, false_positive: 0.6, assumed: x}}",
        "states.avaria.false_positive",
        "should be below true_positive",
    ),
    "a surge slower than lying low": (
        "rules: {militancy: {low_mode: 2, assumed: x}}",
        "rules.militancy.low_mode",
        "the two have changed places",
    ),
    "a crackdown that leaves more than restraint": (
        "rules: {hosting: {cracked_down: 0.9, assumed: x}}",
        "rules.hosting.cracked_down",
        "the two have changed places",
    ),
    "one number with two levers": (
        "levers: [{path: states.avaria.resolve, label: a, low: 0, high: 1}, "
        "{path: states.avaria.resolve, label: b, low: 0, high: 1}]",
        "levers.1.path",
        "should be that of one lever only",
    ),
}


@pytest.mark.parametrize(("text", "path", "words"), ERRORS.values(), ids=ERRORS)
def test_what_cannot_be_meant_is_refused(child: Child, text: str, path: str, words: str) -> None:
    found = [problem for problem in problems(child(text)) if problem.path == path]
    assert len(found) == 1
    assert words in str(found[0])


@pytest.mark.parametrize(("text", "path", "words"), WARNINGS.values(), ids=WARNINGS)
def test_what_is_hardly_meant_is_said(child: Child, text: str, path: str, words: str) -> None:
    found = [str(one) for one in load(child(text)).warnings if one.path == path]
    assert any(words in one for one in found), found


@pytest.mark.parametrize("path", BUNDLED, ids=lambda p: p.stem)
def test_the_bundled_scenarios_have_no_slip(path: object) -> None:
    """The control: the sentences above are not said of what is well."""
    assert load(str(path)).warnings == ()
