"""Classes of a user's own: found, asked, held to the options; and nobody else's draws move."""

from __future__ import annotations

import math
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.conftest import Make, two_states
from sim.engine import replication
from sim.engine.jit import COMPILED
from sim.engine.world import build
from sim.ensemble.engine import engine_of
from sim.errors import ModelError, RunError
from sim.model import (
    Actor,
    BorderCommand,
    EscalationModel,
    Mediator,
    MilitantGroup,
    Options,
    StateAgent,
    policy_digests,
    run_chunk,
)
from sim.scenario import Scenario, load
from sim.vocabulary.codes import FailureKind

RUNS, HORIZON = (20, 120) if COMPILED else (1, 15)
With = Callable[..., Scenario]


def quantal(options: Options, precision: float) -> str:
    """The built-in policy, written again."""
    best = max(options.utilities.values())
    return options.pick(
        {
            name: math.exp(precision * (utility - best))
            for name, utility in options.utilities.items()
        }
    )


class State(StateAgent):
    def decide(self, options: Options) -> str:
        return quantal(options, self.rationality)

    def fight(self, options: Options) -> str:
        return quantal(options, self.model.row("rules").bargaining_rationality)

    def answer(self, options: Options) -> int:
        return options.all.index(quantal(options, self.model.row("rules").bargaining_rationality))


class Command(BorderCommand):
    def decide(self, options: Options) -> str:
        return quantal(options, self.model.row("rules").commands_rationality)


class Group(MilitantGroup):
    def decide(self, options: Options) -> str:
        return quantal(options, self.rationality)


class Envoy(Mediator):
    def decide(self, options: Options) -> str:
        return quantal(options, 1.0)


class Silent(Envoy):
    def decide(self, options: Options) -> str | int:
        return super(Envoy, self).decide(options)


MIMICS: dict[str, type[Actor]] = {
    "states.westmark.policy": State,
    "states.eastmark.policy": State,
    "states.eastmark.command_policy": Command,
    "groups.hill_front.policy": Group,
    "mediators.lakeland.policy": Envoy,
}


@pytest.mark.parametrize(
    "policies", [MIMICS, {"mediators.lakeland.policy": Silent}], ids=["own", "inherited"]
)
def test_a_class_that_mimics_the_built_in_policy_changes_no_bit(
    policies: dict[str, type[Actor]],
) -> None:
    scenario = two_states(HORIZON)
    chunk = replication.run_chunk(build(scenario), 11, 0, RUNS)
    for r in range(RUNS):
        model = EscalationModel(
            scenario, seed=11, replication=r, policies=policies, collect="nothing"
        )
        model.run_model()
        assert (
            model.world.words[model.template.measure_slots].tobytes() == chunk.measures[r].tobytes()
        )


MIMIC = """
import math
import pickle
from sim.model import StateAgent

class Own(StateAgent):
    def decide(self, options):
        best = max(options.utilities.values())
        utilities = options.utilities.items()
        return options.pick({n: math.exp(self.rationality * (u - best)) for n, u in utilities})
"""


def test_a_scenario_that_names_it_changes_no_bit_either(scenario_with: With) -> None:
    theirs = run_chunk(scenario_with(MIMIC, horizon=HORIZON), 11, 0, RUNS, allow_python=True)
    ours = replication.run_chunk(build(two_states(HORIZON)), 11, 0, RUNS)
    for name, a, b in zip(ours._fields, ours, theirs, strict=True):
        assert a.tobytes() == b.tobytes(), name


def test_one_actors_mind_moves_nobody_elses_luck() -> None:
    def draws(policies: dict[str, type[Actor]]) -> tuple[dict[tuple[str, int], float], float]:
        seen: dict[tuple[str, int], float] = {}

        class Watched(BorderCommand):
            def decide(self, options: Options) -> str:
                seen[self.name, self.model.day] = options.draw
                return options.default

        watched = {f"states.{state}.command_policy": Watched for state in ("westmark", "eastmark")}
        model = EscalationModel(
            two_states(40),
            seed=3,
            from_release=True,
            policies=policies | watched,
            collect="nothing",
        )
        model.run_model()
        return seen, model.measures["interstate_deaths"]

    class Hawk(StateAgent):
        every_day = True

        def decide(self, options: Options) -> str:
            return "open_war"

    peace, few = draws({})
    war, many = draws({"states.westmark.policy": Hawk})
    assert peace == war
    assert len(peace) == 40 * 4
    assert few != many


def test_what_is_offered(make: Make) -> None:
    seen: list[Options] = []

    class Curious(StateAgent):
        every_day = True

        def decide(self, options: Options) -> str:
            seen.append(options)
            return options.default

    make(horizon=5, from_release=True, policies={"states.westmark.policy": Curious}).run_model()
    assert len(seen) == 5
    for options in seen:
        assert options.about == "eastmark"
        assert (
            list(options)
            == list(options.names)
            == list(options.utilities)
            == list(options.probabilities)
        )
        assert "calm" in options
        assert "nuclear_signal" in options.all
        assert "nuclear_signal" not in options
        assert len(options) == len(options.all) - 1
        assert sum(options.probabilities.values()) == pytest.approx(1.0)
        assert options.default in options
        assert options.pick(options.probabilities) == options.default
        for name in options:
            assert sum(options.terms[name].values()) == pytest.approx(options.utilities[name])
        assert options.terms["calm"].keys() >= {"punish", "cost", "inertia"}
    assert len({options.draw for options in seen}) == 5


def test_a_state_is_asked_only_when_it_deliberates(make: Make) -> None:
    days: list[int] = []

    class Counting(StateAgent):
        def decide(self, options: Options) -> str:
            days.append(self.model.day)
            return "calm"

    model = make(horizon=30, from_release=True, policies={"states.westmark.policy": Counting})
    model.run_model()
    assert 0 < len(days) < 30
    assert model.actor("states.westmark").posture == "calm"


def test_an_answer_can_be_ones_own(make: Make) -> None:
    class Stubborn(StateAgent):
        every_day = True

        def decide(self, options: Options) -> str:
            return "military_strike"

        def fight(self, options: Options) -> str:
            assert set(options.names) == {"halt", "fight_on"}
            return "fight_on"

        def answer(self, options: Options) -> str:
            assert set(options.names) == {"refuse", "accept"}
            return "refuse"

    class Eager(Mediator):
        def decide(self, options: Options) -> str:
            return "make_offer" if "make_offer" in options else "wait"

    model = make(
        horizon=30,
        from_release=True,
        policies={"states.eastmark.policy": Stubborn, "mediators.lakeland.policy": Eager},
    )
    model.run_model()
    assert model.measures["offers"] > 0
    assert model.measures["ceasefires"] == 0


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("surrender", "decide chose 'surrender', which is no option; there are calm, tension,"),
        (
            "nuclear_signal",
            "decide chose nuclear_signal, which is not available today; there are calm",
        ),
        (99, "decide chose 99, which is no option"),
        (-1, "decide chose -1, which is no option"),
        (True, "decide chose True, which is no option"),
        (None, "decide chose None, which is no option"),
        (1.0, r"decide chose 1\.0, which is no option"),
    ],
)
def test_a_choice_that_is_no_option_fails_the_replication(
    make: Make, answer: Any, words: str
) -> None:
    class Odd(StateAgent):
        every_day = True

        def decide(self, options: Options) -> Any:
            return answer

    model = make(replication=4, from_release=True, policies={"states.westmark.policy": Odd})
    with pytest.raises(
        RunError,
        match=(
            r"two_states, replication 4, seed 7, day 1: states\.westmark: "
            rf".*test_own:Odd\.{words}"
        ),
    ):
        model.run_model()
    assert not model.running


def test_numbers_of_numpy_are_numbers(make: Make) -> None:
    class Numbered(StateAgent):
        every_day = True

        def decide(self, options: Options) -> Any:
            return np.int64(1)

    model = make(horizon=2, from_release=True, policies={"states.westmark.policy": Numbered})
    model.run_model()
    assert model.actor("states.westmark").posture == "tension"


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"moon": 1.0}, r"\['moon'\] not among"),
        ({"calm": 0.0}, "at least 0 and not all 0"),
        ({"calm": -1.0, "tension": 2.0}, "at least 0"),
    ],
)
def test_weights_that_choose_nothing(make: Make, weights: dict[str, float], words: str) -> None:
    class Wrong(StateAgent):
        every_day = True

        def decide(self, options: Options) -> str:
            return options.pick(weights)

    with pytest.raises(RunError, match=words):
        make(from_release=True, policies={"states.westmark.policy": Wrong}).step()


BROKEN = """
from sim.model import StateAgent

class Own(StateAgent):
    every_day = True
    def decide(self, options):
        return {}["reason"]

class Unborn(StateAgent):
    def __init__(self, *args):
        super().__init__(*args)
        1 / 0
"""


def test_an_exception_names_replication_and_day_and_keeps_its_traceback(
    scenario_with: With,
) -> None:
    with pytest.raises(
        RunError,
        match=(
            r"two_states, replication 2, seed 5, day 1: states\.westmark: own:Own\.decide raised "
            r"KeyError: 'reason'"
        ),
    ) as caught:
        run_chunk(scenario_with(BROKEN), 5, 2, 3, allow_python=True)
    assert isinstance(caught.value.__cause__, KeyError)
    assert (caught.value.replication, caught.value.day) == (2, 1)


def test_an_exception_while_an_actor_is_made(scenario_with: With) -> None:
    with pytest.raises(
        RunError,
        match=(
            r"day -12: states\.westmark: making a own:Unborn raised ZeroDivisionError: division "
            r"by zero"
        ),
    ):
        run_chunk(scenario_with(BROKEN, name="own:Unborn"), 5, 0, 1, allow_python=True)


@pytest.mark.parametrize(
    ("code", "path", "name", "words"),
    [
        (
            "",
            "states.westmark.policy",
            "own:Own",
            r"states\.westmark\.policy: own:Own: own has no class Own",
        ),
        (
            "",
            "states.westmark.policy",
            "nowhere:Own",
            r"there is no module nowhere in .* \(a policy is a file beside its scenario\)",
        ),
        ("", "states.westmark.policy", "sim.nowhere:Own", r"there is no module sim\.nowhere"),
        ("", "states.westmark.policy", "sim.model:StateAgent", r"there is no module sim\.model in"),
        ("", "states.westmark.policy", "os.path:join", r"there is no module os\.path in"),
        (
            "import nothing_like_it",
            "states.westmark.policy",
            "own:Own",
            "own needs a module that is missing: nothing_like_it",
        ),
        (
            "1 / 0",
            "states.westmark.policy",
            "own:Own",
            "importing own raised ZeroDivisionError: division by zero",
        ),
        (
            "Own = 3",
            "states.westmark.policy",
            "own:Own",
            r"needs a subclass of sim\.model\.StateAgent, got 3",
        ),
        (
            "class Own: pass",
            "states.westmark.policy",
            "own:Own",
            r"needs a subclass of sim\.model\.StateAgent, got Own",
        ),
        (
            MIMIC,
            "groups.hill_front.policy",
            "own:Own",
            r"groups\.hill_front\.policy: needs a subclass of sim\.model\.MilitantGroup, got Own",
        ),
        (
            MIMIC,
            "states.westmark.command_policy",
            "own:Own",
            r"needs a subclass of sim\.model\.BorderCommand",
        ),
        (
            MIMIC,
            "mediators.lakeland.policy",
            "own:Own",
            r"needs a subclass of sim\.model\.Mediator",
        ),
    ],
)
def test_a_class_that_cannot_be_had_stops_before_the_first_replication(
    scenario_with: With, code: str, path: str, name: str, words: str
) -> None:
    scenario = scenario_with(code, path, name)
    with pytest.raises(ModelError, match=words):
        run_chunk(scenario, 0, 0, 0, allow_python=True)


def test_a_class_for_nobody(make: Make) -> None:
    with pytest.raises(
        ModelError,
        match=(
            r"policies: states\.moon\.policy is no policy of this scenario; there are "
            r"groups\.hill_front\.policy"
        ),
    ):
        make(policies={"states.moon.policy": State})


def test_reading_a_scenario_runs_no_code(scenario_with: With, folder: Path) -> None:
    scenario = scenario_with("raise SystemExit('it ran')")
    build(scenario)
    assert scenario.file.states["westmark"].policy == "own:Own"


def test_two_folders_may_have_a_module_of_one_name(
    scenario_with: With, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = scenario_with(
        "from sim.model import StateAgent\nclass Own(StateAgent):\n    TELLS = 'first'\n"
    )
    other = tmp_path_factory.mktemp("other")
    (other / "two_states.yaml").write_text((folder / "two_states.yaml").read_text())
    (other / "own.py").write_text(
        "from sim.model import StateAgent\nclass Own(StateAgent):\n    TELLS = 'second'\n"
    )
    second = load(other / "two_states.yaml", {"states.westmark.policy": "own:Own"})
    before = set(sys.modules)
    assert [
        EscalationModel(s, allow_python=True).actor("states.westmark").TELLS
        for s in (first, second, first)
    ] == [
        "first",
        "second",
        "first",
    ]
    assert "own" not in set(sys.modules) - before


def test_agents_are_made_anew_for_each_replication(scenario_with: With) -> None:
    code = """
from sim.model import StateAgent

class Own(StateAgent):
    every_day = True
    asked = 0
    def decide(self, options):
        self.asked += 1
        assert self.asked == self.model.day
        return options.default
"""
    chunk = run_chunk(scenario_with(code, horizon=4), 0, 0, 3, allow_python=True)
    assert chunk.status.tolist() == [0, 0, 0]


def test_a_changed_class_has_another_digest(scenario_with: With) -> None:
    first = policy_digests(scenario_with(MIMIC))
    assert policy_digests(scenario_with(MIMIC)) == first
    assert policy_digests(scenario_with(MIMIC + "# changed")) != first
    assert list(first) == ["states.westmark.policy"]
    assert len(first["states.westmark.policy"]) == 64
    assert policy_digests(two_states(5)) == {}


@pytest.mark.parametrize(("lever", "code"), [("excited", 1), ("news", FailureKind.ARITHMETIC)])
def test_a_failure_of_the_rules_is_a_status_and_stops_no_other(
    scenario_with: With, lever: str, code: int
) -> None:
    if lever == "news" and not COMPILED:
        pytest.skip("NumPy warns where compiled code raises")
    poison = (
        'self.model.actor("groups.hill_front").excited = -5_000.0'
        if lever == "excited"
        else 'self.model.row("rules")._row["militancy_review"] = 0.0'
    )
    text = f"""
from sim.model import StateAgent

class Own(StateAgent):
    every_day = True
    def decide(self, options):
        if self.model.replication == 1 and self.model.day == 2:
            {poison}
        return options.default
"""
    chunk = run_chunk(scenario_with(text, horizon=5), 0, 0, 3, allow_python=True)
    assert chunk.status.tolist() == [0, code, 0]
    assert chunk.failed_day.tolist() == [0, 3, 0]
    assert np.isnan(chunk.measures[1]).all()
    assert not np.isnan(chunk.measures[[0, 2], 0]).any()


STATE = "from sim.model import StateAgent\n"


def tells(folder: Path, files: dict[str, str], name: str = "own:Own") -> Any:
    """What the class of a policy in these files has as `TELLS`."""
    for place, text in files.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    scenario = load(folder / "two_states.yaml", {"states.westmark.policy": name, "horizon": 3})
    return EscalationModel(scenario, allow_python=True).actor("states.westmark").TELLS


@pytest.mark.parametrize(
    "line",
    [
        "import helper\n    TELLS = helper.WORD",
        "import helper as h\n    TELLS = h.WORD",
        "from helper import WORD as TELLS",
        "from . import helper\n    TELLS = helper.WORD",
        "from .helper import WORD as TELLS",
        "from helper import *\n    TELLS = WORD",
        "import pack.inner\n    TELLS = pack.inner.WORD",
        "from pack import inner\n    TELLS = inner.WORD",
        "from pack.inner import WORD as TELLS",
        "from .pack.inner import WORD as TELLS",
        "from importlib import import_module\n"
        "    TELLS = import_module('.helper', __package__).WORD",
    ],
)
def test_a_policy_imports_the_files_beside_it(folder: Path, line: str) -> None:
    line = line.replace("    ", "")  # at the top of the module: a class has no `import *`
    first, _, rest = line.partition("\nTELLS = ")
    code = f"{STATE}{first}\nclass Own(StateAgent):\n    TELLS = {rest or 'TELLS'}\n"
    files = {"own.py": code, "helper.py": "WORD = 7\n", "pack/__init__.py": ""}
    before = set(sys.modules)
    assert tells(folder, files | {"pack/inner.py": "from helper import WORD\n"}) == 7
    assert not {"own", "helper", "pack", "pack.inner"} & (set(sys.modules) - before)
    assert str(folder) not in sys.path


@pytest.mark.parametrize("module", ["json", "random", "numpy", "sim", "pandas", "site"])
def test_a_folder_stands_in_for_no_module_of_python(folder: Path, module: str) -> None:
    code = f"{STATE}import {module}\nclass Own(StateAgent):\n    TELLS = {module}.__name__\n"
    assert tells(folder, {"own.py": code, f"{module}.py": "1 / 0\n"}) == module


def test_a_policy_may_have_the_name_of_a_module_of_python(folder: Path) -> None:
    import json

    code = f"{STATE}import json\nclass Own(StateAgent):\n    TELLS = json.dumps([1])\n"
    assert tells(folder, {"json.py": code}, "json:Own") == "[1]"
    assert sys.modules["json"] is json


def test_a_policy_in_a_folder_of_the_scenarios_folder(folder: Path) -> None:
    imports = "from . import near\nimport far\n"
    code = f"{STATE}{imports}class Own(StateAgent):\n    TELLS = near.N, far.N\n"
    files = {"minds/own.py": code, "minds/near.py": "N = 1\n", "far.py": "N = 2\n"}
    assert tells(folder, files, "minds.own:Own") == (1, 2)


def test_a_missing_helper_is_named_as_its_author_wrote_it(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"own needs a module that is missing: nothing_there$"):
        tells(folder, {"own.py": "import nothing_there\n"})
    with pytest.raises(ModelError, match=r"own needs a module that is missing: lost$"):
        tells(folder, {"own.py": "from .lost import x\n"})


@pytest.mark.parametrize(
    "changed", ["own.py", "helper.py", "pack/__init__.py", "pack/deep/inner.py", "unused.py"]
)
def test_each_file_that_a_policy_can_import_is_in_its_digest(folder: Path, changed: str) -> None:
    names = ["own.py", "helper.py", "pack/__init__.py", "pack/deep/__init__.py", "unused.py"]
    for name in [*names, "pack/deep/inner.py", "other/not_importable.py"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("A = 1\n")
    scenario = load(folder / "two_states.yaml", {"states.westmark.policy": "own:Own"})
    before = policy_digests(scenario)
    (folder / "other" / "not_importable.py").write_text("A = 2\n")
    assert policy_digests(scenario) == before
    (folder / changed).write_text("A = 2\n")
    assert policy_digests(scenario) != before
    (folder / changed).write_text("A = 1\n")
    (folder / changed).rename((folder / changed).with_name("renamed.py"))
    if changed != "own.py":
        assert policy_digests(scenario) != before


def test_a_changed_helper_is_run_anew_and_what_was_read_is_what_runs(folder: Path) -> None:
    code = STATE + "class Own(StateAgent):\n    @property\n    def TELLS(self):\n"
    files = {"own.py": code + "        import helper\n        return helper.N\n"}
    assert tells(folder, files | {"helper.py": "N = 1\n"}) == 1
    assert tells(folder, files | {"helper.py": "N = 2\n"}) == 2
    scenario = load(folder / "two_states.yaml", {"states.westmark.policy": "own:Own"})
    model = EscalationModel(scenario, allow_python=True)
    (folder / "helper.py").write_text("N = 3\n")
    assert model.actor("states.westmark").TELLS == 2


def test_a_folder_with_too_many_python_files_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.scenario.programs.MOST_FILES", 2)
    with pytest.raises(ModelError, match="put scenario and policy into a folder of their own"):
        tells(folder, {"own.py": STATE, "a.py": "", "b.py": ""})


def test_a_template_knows_no_folder(scenario_with: With) -> None:
    with pytest.raises(ModelError, match="a template knows no folder"):
        EscalationModel(build(scenario_with(MIMIC)), allow_python=True)


def test_workers_are_handed_the_text_of_a_policy(folder: Path) -> None:
    """A worker elsewhere has no file, or another one."""
    (folder / "own.py").write_text(MIMIC, encoding="utf-8")
    scenario = load(folder / "two_states.yaml", {"states.westmark.policy": "own:Own", "horizon": 3})
    sent = pickle.dumps(engine_of(scenario, allow_python=True))
    expected = engine_of(scenario, allow_python=True).run_chunk(5, 0, 1)
    (folder / "own.py").unlink()
    assert pickle.loads(sent).run_chunk(5, 0, 1).measures.tobytes() == expected.measures.tobytes()
