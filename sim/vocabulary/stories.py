"""What can happen in a replication by which it is found, beside the outcomes of a scenario."""

from __future__ import annotations

from collections.abc import Mapping

#: By story, bounds of measures, as of an outcome class.
STORIES: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "first war": {"wars": {"at_least": 1}},
    "truce": {"ceasefires": {"at_least": 1}},
    "broken truce": {"ceasefire_collapses": {"at_least": 1}},
}
