"""A government that climbs one rung at a time: the example of docs/own_policy.md."""

from sim.model import Options, StateAgent


class Cautious(StateAgent):
    """Chooses as the built-in policy does, at most one rung above what it last met."""

    def decide(self, options: Options) -> str:
        """Choose an action against the rival `options.about`."""
        met = self.toward(options.about).met_rung
        within_reach = {
            name: p for name, p in options.probabilities.items() if options.rungs[name] <= met + 1
        }
        if sum(within_reach.values()) == 0.0:
            return "tension"
        return options.pick(within_reach)
