"""The colours of figures and pages; no library is needed, so a page without figures stays light."""

from __future__ import annotations

from collections.abc import Sequence

from sim.vocabulary.coded import require
from sim.vocabulary.ladder import Rung

INK, GREY, PALE, PAPER = "#1b1b1b", "#5a5a5a", "#d9d9d9", "#ffffff"

#: Okabe and Ito (2008), Color Universal Design, from hot to cool, so that classes listed from worst
#: to best read in order.
OKABE_ITO = ("#d55e00", "#e69f00", "#0072b2", "#56b4e9", "#009e73", "#cc79a7", "#f0e442", "#999999")

#: Calm is a pale grey; the others are steps of equal lightness of Matplotlib's inferno, 86 down to
#: 12.
RUNG_COLOURS = (
    "#edf1f4",
    "#f6d543",
    "#fca108",
    "#ef6e21",
    "#ce4347",
    "#9a2865",
    "#62146e",
    "#290b55",
)

for _rung in Rung:
    require(
        _rung < len(RUNG_COLOURS),
        f"Rung.{_rung.name}",
        "must have a colour in RUNG_COLOURS of sim/report/figures/palette.py",
    )


#: Steps of a heat map from light to dark, for pages. They are those of the colour map that the
#: figures use whole (`heat.py`); a test holds that.
HEAT_STEPS = (
    "#fcffa4",
    "#f4df53",
    "#fcb418",
    "#f98b0b",
    "#eb6628",
    "#d54a41",
    "#b73557",
    "#952667",
    "#721a6e",
    "#510e6c",
    "#2b0b57",
)


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else PAPER


def outcome_colours(names: Sequence[str]) -> dict[str, str]:
    """A colour for each outcome class, by its place in the list."""
    return {name: OKABE_ITO[i % len(OKABE_ITO)] for i, name in enumerate(names)}
