"""What the pages of the studies of inputs share: sweep, sensitivity, uncertainty and discovery."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.report.pages.page import Page, Table
from sim.report.values import distribution_text, value_text
from sim.words import Words

if TYPE_CHECKING:
    from sim.design.factors import Factor
    from sim.studies.inputs import Sample


def sample_facts(sample: Sample, words: Words) -> list[tuple[str, str]]:
    """The last facts at the top of a page: replications, failures, seed."""

    def text(key: str) -> str:
        return words.text(f"studies.inputs.{key}")

    return [
        (text("replications"), words.number(sample.replications)),
        (text("failed"), words.number(sample.failed)),
        (text("seed"), str(sample.subject.seed)),
    ]


def with_design(page: Page, sample: Sample, words: Words) -> Page:
    """A page with the design of the file that was run, and its question, if there is one."""
    asked = sample.asked
    if asked is None:
        return page
    design = (words.text("studies.inputs.design"), f"{asked.label} ({asked.name})")
    return replace(page, question=asked.question or page.question, facts=[design, *page.facts])


def span(factor: Factor, words: Words) -> str:
    """The range, the values or the distribution of an input."""
    if factor.dist is not None:
        return distribution_text(factor.dist, words)
    if factor.values is not None:
        return ", ".join(value_text(value, "", words) for value in factor.values)
    ends = (value_text(value, "", words) for value in (factor.low, factor.high))
    return words.range(*ends)


def table_of_inputs(sample: Sample, title: str, last: str, words: Words) -> Table:
    """Every input with its path and range, under a title; `last` is the head of the ranges."""
    heads = (words.text("studies.inputs.input"), words.text("studies.inputs.path"), last)
    rows = [(one.name, one.path, span(one, words)) for one in sample.factors]
    return Table(title, heads, rows, texts=3)
