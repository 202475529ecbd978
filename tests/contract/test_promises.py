"""Each policy has a test, and each measure a rule that counts it."""

from __future__ import annotations

from conftest import ROOT
from contract.promises import measures_without_a_rule, policies_without_a_test


def test_every_policy_has_a_test_of_its_own() -> None:
    assert policies_without_a_test(ROOT) == []


def test_every_measure_is_counted_by_a_rule() -> None:
    assert measures_without_a_rule(ROOT) == []
