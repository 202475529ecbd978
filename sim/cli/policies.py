"""The command `policies`: the ways in which an actor can choose."""

from __future__ import annotations

import json

from sim.cli.markdown import head_of, rows_of
from sim.cli.options import Debug, Language, PageFormat

SUMMARY = "Show the policies: how an actor can choose."


def command(form: PageFormat = "table", language: Language = "en", debug: Debug = False) -> int:
    """Show what each policy does, who can have it, and where it is not valid.

    Example: run_sim.py policies
    """
    from rich.padding import Padding

    from sim.cli.tables import screen
    from sim.vocabulary.policies import Policy
    from sim.words import words

    wording = words(language)
    who = {one: wording.text(f"cli.policies.{_who(one.needs_rival)}") for one in Policy}
    does = {one: wording.text(f"vocabulary.policies.{one.word}") for one in Policy}
    if form == "json":
        rows = [{"name": p.word, "of": who[p], "does": does[p]} for p in Policy]
        print(json.dumps(rows, ensure_ascii=False))
    elif form == "markdown":
        heads = [wording.text(f"cli.policies.{key}") for key in ("name", "of", "does")]
        lines = [*head_of("policies", wording)]
        lines += rows_of(heads, [(f"`{p.word}`", who[p], does[p]) for p in Policy])
        print("\n".join(lines).rstrip())
    else:
        for policy in Policy:
            screen().print(policy.word, style="bold")
            text = wording.text("cli.policies.line", of=who[policy], does=does[policy])
            screen().print(Padding(text, (0, 0, 0, 4)))
        screen().print(wording.text("cli.policies.own"))
    return 0


def _who(needs_rival: bool) -> str:
    return "state" if needs_rival else "any"
