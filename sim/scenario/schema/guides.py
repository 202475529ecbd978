"""What to write for a number that is hard to know: three values and a rule of thumb.

Low, typical and high are a start for somebody who writes a scenario and no estimates. Where they
come from stands in each rule: the numbers of the bundled scenarios, a source, or our own judgement
of what the scale means.
"""

from __future__ import annotations

from sim.scenario.spec import Guide

PERSONNEL = Guide(
    20_000,
    120_000,
    650_000,
    "take the active armed forces from an almanac such as The Military Balance (a small, a "
    "middling and a large army; 172,000 and 600,000 in the founding case)",
)
COMBAT_AIRCRAFT = Guide(
    0,
    60,
    400,
    "count what can strike on the ground; 0 means that the state answers with raids and clashes "
    "alone (20 and 80 in two_states, 0 and 400 in the founding case)",
)
RESOLVE = Guide(
    0.5,
    0.75,
    0.9,
    "0.5 for a government that is used to letting attacks pass, 0.75 if unsure, 0.9 for one that "
    "has said that it will answer (our judgement; 0.85 and 0.9 in two_states)",
)
HAVEN = Guide(
    0.2,
    0.5,
    0.8,
    "0.2 for exiles and hide-outs, 0.5 for camps that the host looks away from, 0.8 for training "
    "and recruiting in the open (our judgement; 0.3 to 0.7 in the bundled scenarios)",
)
SHARE = Guide(
    0.25,
    0.5,
    0.9,
    "of ten attacks, how many are planned, armed or led from there; no source counts that, so try "
    "a low and a high value (0.25 to 0.9 in the bundled scenarios, all assumed)",
)
COMMITMENT = Guide(
    0.25,
    0.6,
    0.9,
    "0.25 for friends without a treaty, 0.6 for a treaty that nobody has tested, 0.9 for an ally "
    "with troops in the land (our judgement; of treaties that were put to the test three quarters "
    "were honoured by Leeds, Long and Mitchell 2000, half by Berkemeier and Fuhrmann 2018, and the "
    "share that joins in the model is another quantity: see docs/writing.md)",
)
PATIENCE = Guide(
    7,
    30,
    90,
    "7 where troops stand ready at the border, 30 if unsure, 90 where an army has to be mobilised "
    "and shipped (our judgement)",
)
OWN_ACT = Guide(
    0.1,
    0.5,
    1.0,
    "1 if every such act of the case is of this kind, 0.5 if the act as it is comes as often, 0.1 "
    "for a rare one (our judgement; 0.1 to 0.8 in the bundled scenarios)",
)
COST = Guide(
    0.2,
    0.6,
    1.5,
    "0.2 for a few officials or one ship, 0.6 for a smaller force than the act needs, above 1 for "
    "a larger one (our judgement; the cost of a raid is 0.25 where open war is 0.56)",
)
HARM = Guide(
    0.1,
    0.5,
    1.0,
    "what the other side fears of it: 0.1 for a nuisance, 0.5 for half of what the act does, 1 for "
    "as much (our judgement; a raid does 0.35 where open war does 1.1)",
)
DELAY = Guide(
    0.5,
    1,
    5,
    "below 1 for what stands ready, 5 for what has to be prepared for days (our judgement; the "
    "mean of a raid is a day, that of an offensive two)",
)
VIOLATION = Guide(
    0.2,
    0.7,
    1.0,
    "0.2 for what a text of a ceasefire would not name, 1 for what it forbids as it does the act "
    "(our judgement; like `damage`, which is how much it breaks in fact)",
)
DISRUPT = Guide(
    0,
    0.5,
    1.0,
    "0 for what touches no fighter, which is so of most acts at sea and in networks (our "
    "judgement)",
)
CONCESSION = Guide(
    0.02,
    0.1,
    0.3,
    "0.02 for a kind word, 0.1 for prisoners, 0.3 for what an opposition would call a surrender "
    "(our judgement; on the scale of the ladder's costs, where a raid is 0.25)",
)
RELIEF = Guide(
    0.05,
    0.15,
    0.4,
    "0.05 for a word, 0.15 for prisoners or an open border, 0.4 for a visit that nobody expected "
    "(our judgement; a ceasefire relieves 0.7 of outrage and 0.45 of grievance by default)",
)
TRUST_BUILT = Guide(
    0.01,
    0.03,
    0.1,
    "a month of a ceasefire builds 0.044 of what is missing by default, so 0.03 is as much as "
    "three weeks of one (our judgement)",
)
AFFINITY = Guide(
    0.1,
    0.5,
    0.8,
    "0.1 for a group that attacks its host too, 0.5 if unsure, 0.8 for a shared creed or a war "
    "fought side by side (0.1 to 0.8 in the bundled scenarios, all assumed)",
)
FIGHTERS = Guide(
    200,
    1_000,
    6_000,
    "take what reports call its strength and divide it over the sectors where it is seen; halve a "
    "figure that its enemy states (200 to 6,000 in the bundled scenarios)",
)
BASE_RATE = Guide(
    0.05,
    0.3,
    0.6,
    "count its attacks in a usual year, divide by 365 and multiply by 1 - branching, since attacks "
    "excite others (two attacks a month are 0.07; 0.07, 0.23 and 0.40 to 0.56 for the three groups "
    "of the founding case, by hand)",
)
REFERENCE_STRENGTH = Guide(
    500,
    2_000,
    10_000,
    "its strength in the year whose attacks you counted: fighters in the enemy's land plus haven "
    "times fighters abroad; with that of the start, base_rate holds on the first day",
)
CAPACITY = Guide(
    2_500,
    6_000,
    26_000,
    "twice its fighters at the start; about as many for a group at its limit, three to five times "
    "for one that grows fast (1.1 to 5 times in the bundled scenarios, by hand)",
)
BRANCHING = Guide(
    0.2,
    0.4,
    0.6,
    "share of attacks that answer or follow another one; must stay below 1, and near it a single "
    "attack sets off a campaign (0.3 and 0.4 in the bundled scenarios)",
)
LEVERAGE = Guide(
    0.2,
    0.5,
    0.8,
    "0.2 for a telephone call that is answered, 0.5 for money or trade that matters, 0.8 for a "
    "patron who can stop pay or arms (our judgement; 0.2 to 0.7 in the bundled scenarios)",
)
CREDIBILITY = Guide(
    0.4,
    0.7,
    0.9,
    "0.4 for a mediator who is taken to be partial, 0.9 for one whose guarantees have held before "
    "(our judgement)",
)
POPULATION = Guide(
    300_000,
    1_000_000,
    10_000_000,
    "take the last census of the province or district; it bounds how many civilians can die there",
)
GARRISON = Guide(
    5_000,
    10_000,
    60_000,
    "soldiers and police who are there in a usual week; all garrisons together must fit into "
    "personnel (5,000 to 20,000 in the fictional scenarios)",
)
BORDER_GARRISON = Guide(
    1_000,
    2_500,
    20_000,
    "soldiers of one side along that stretch; rules.clash.garrison, 2,500, if unknown",
)
GRIEVANCE = Guide(
    0.1,
    0.3,
    0.6,
    "0.1 for old irritation, 0.3 for years of charges against each other, 0.6 after a recent war "
    "or strikes (our judgement; 0.25 to 0.6 in the bundled scenarios)",
)
OUTRAGE = Guide(
    0.0,
    0.0,
    1.0,
    "leave it out: replay the events that made people angry in history; 1 stands for a large "
    "attack of yesterday (our judgement)",
)
COMPLICITY = Guide(
    0.3,
    0.6,
    0.85,
    "0.3 for a neighbour who is believed, 0.6 for open charges, 0.85 for proof in the state's own "
    "eyes (0.3 to 0.75 in the bundled scenarios)",
)
PRIOR = Guide(
    0.3,
    0.6,
    0.85,
    "the same as complicity, unless the last months were unlike the years before",
)
TRUST = Guide(
    0.1,
    0.3,
    0.5,
    "0.1 after agreements that were broken, 0.3 if unsure, 0.5 for neighbours who kept the last "
    "one (0.25 to 0.5 in the bundled scenarios, by hand)",
)
TRADE = Guide(
    0.5,
    4,
    50,
    "both directions of a year in million USD, divided by 365 (6.3 in the founding case, from 2.3 "
    "billion a year)",
)
CEASEFIRE = Guide(
    0.0,
    0.4,
    0.7,
    "0 for none, 0.4 for a bare halt of fire, 0.7 for a text with a guarantor (our judgement)",
)
