"""Checks of support from outside and of sanctions."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.events import rivals, rivals_hint
from sim.scenario.findings import Finding
from sim.scenario.possible import too_late
from sim.scenario.schema import Flow, ScenarioFile
from sim.scenario.spec import show
from sim.vocabulary.stocks import Stock


def flows(file: ScenarioFile) -> Iterator[Finding]:
    """Everything wrong with flows beside their numbers and conditions."""
    for name, one in file.flows.items():
        path = f"flows.{name}"
        if not one.stock or not one.to:
            continue
        stock = Stock.of(one.stock)
        yield from _holder(file, path, one, stock)
        yield from _against(file, path, one, stock)
        yield from _at(file, path, one, stock)
        if one.limit is not None and not (
            stock.low <= one.limit.low and one.limit.high <= stock.high
        ):
            yield Finding(
                f"{path}.limit",
                f"must be in [{show(stock.low)}, {show(stock.high)}] for {one.stock}",
                show(float(one.limit)),
            )
        if one.sponsor == one.to:
            yield Finding(f"{path}.sponsor", "must be somebody else than to", one.sponsor)


def _holder(file: ScenarioFile, path: str, one: Flow, stock: Stock) -> Iterator[Finding]:
    """A state's stock is a state's, a group's a group's."""
    kind, table = (
        ("state", file.states) if stock.holder in ("state", "view") else ("group", file.groups)
    )
    known = one.to in file.states or one.to in file.groups or one.to in file.mediators
    if known and one.to not in table:
        yield Finding(
            f"{path}.to",
            f"must be a {kind} for {one.stock}",
            one.to,
            f"there are {', '.join(table) or 'none'}",
        )


def _against(file: ScenarioFile, path: str, one: Flow, stock: Stock) -> Iterator[Finding]:
    if stock.holder != "view":
        if one.against is not None:
            rule = f"must be left out: {one.stock} is against nobody"
            yield Finding(f"{path}.against", rule, one.against)
    elif one.to in file.states and one.against not in rivals(file, one.to):
        yield Finding(
            f"{path}.against",
            f"must be a state with which {one.to} has a relation",
            one.against or "nothing",
            rivals_hint(file, one.to),
        )


def _at(file: ScenarioFile, path: str, one: Flow, stock: Stock) -> Iterator[Finding]:
    if stock.holder != "place":
        if one.at is not None:
            yield Finding(f"{path}.at", f"must be left out: {one.stock} is in no sector", one.at)
        return
    group = file.groups.get(one.to)
    if group is None:
        return
    homes = {group.enemy, *group.hosts}
    sectors = [name for name, sector in file.sectors.items() if sector.state in homes]
    if one.at not in sectors:
        yield Finding(
            f"{path}.at",
            f"must be a sector of the enemy of {one.to} or of a host",
            one.at or "nothing",
            f"there are {', '.join(sectors[:25]) or 'none'}",
        )


def idle_flows(file: ScenarioFile) -> Iterator[Finding]:
    """Warnings: flows that move nothing, or begin after the last day."""
    for name, one in file.flows.items():
        path = f"flows.{name}"
        if one.amount.low == one.amount.high == 0:
            yield Finding(f"{path}.amount", "should not be 0", "0", "nothing flows")
        yield from too_late(file, path, one.when)
