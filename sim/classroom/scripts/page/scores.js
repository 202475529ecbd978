// What a bet is worth, and whether many bets say as often as it comes. A test has the known answers.

/** @typedef {{said: number, came: number, n: number}} Dot */

export const FEWEST_QUESTIONS = 10; // of which a dot of the calibration is made
const BINS = [0.025, 0.175, 0.375, 0.625, 1.01]; // where a bin of what was said ends

/**
 * Brier's score of one world: 0 is best, 2 is worst. What no bet names has had the share 0.
 *
 * @param {number[]} bet - shares of the outcomes
 * @param {number} outcome - number of the one that came, below 0 for none of them
 */
export function brier(bet, outcome) {
  const squares = bet.reduce((sum, share, k) => sum + (share - (k === outcome ? 1 : 0)) ** 2, 0);
  return outcome < 0 ? squares + 1 : squares;
}

/**
 * The mean score of a bet.
 *
 * @param {number[]} bet
 * @param {number[]} outcomes - of some worlds
 */
export const meanBrier = (bet, outcomes) =>
  outcomes.reduce((sum, outcome) => sum + brier(bet, outcome), 0) / outcomes.length;

/** A score as points: 100 is best, 0 is worst. @param {number} score */
export const pointsOf = (score) => 100 * (1 - score / 2);

/**
 * The shares of the outcomes among some worlds: the bet that nobody could have beaten.
 *
 * @param {number[]} outcomes
 * @param {number} kinds
 */
export function sharesAmong(outcomes, kinds) {
  const shares = Array.from({ length: kinds }, () => 0);
  for (const outcome of outcomes) if (outcome >= 0) shares[outcome] += 1 / outcomes.length;
  return shares;
}

/**
 * The points of a bet beside those of all equal and of the best possible bet.
 *
 * @param {number[]} bet
 * @param {number[]} outcomes
 */
export function standing(bet, outcomes) {
  const kinds = bet.length;
  const equal = Array.from({ length: kinds }, () => 1 / kinds);
  const best = sharesAmong(outcomes, kinds);
  const points = [bet, equal, best].map((one) => pointsOf(meanBrier(one, outcomes)));
  return { bet: points[0], equal: points[1], best: points[2] };
}

/**
 * How far a bet goes from all equal to the best possible: 1 is the best, below 0 is worse than
 * all equal; null where the two are the same.
 *
 * @param {{bet: number, equal: number, best: number}} points
 */
export const wayToBest = ({ bet, equal, best }) =>
  best - equal < 1e-9 ? null : (bet - equal) / (best - equal);

/**
 * One bet of many people: the mean of their bets; a raised hand puts everything on one end.
 *
 * @param {number[][]} bets
 * @param {number[]} hands - raised for each outcome
 * @returns {{shares: number[], people: number} | null} null where there is nobody
 */
export function together(bets, hands) {
  const raised = hands.reduce((sum, one) => sum + one, 0);
  const people = bets.length + raised;
  if (!people) return null;
  const shares = hands.map((one, k) => (one + bets.reduce((sum, bet) => sum + bet[k], 0)) / people);
  return { shares, people };
}

/**
 * What was said against what came, pooled by what was said. Each share of each bet is a question.
 * A dot stands for ten questions at least: with fewer, one lucky guess moves it across the picture.
 *
 * @param {number[][]} bets
 * @param {number[]} came - shares of the outcomes among the worlds
 * @returns {Dot[]}
 */
export function calibration(bets, came) {
  const bins = BINS.map(() => ({ said: 0, came: 0, n: 0 }));
  for (const bet of bets) {
    bet.forEach((said, k) => {
      const bin = bins[BINS.findIndex((end) => said < end)];
      bin.said += said;
      bin.came += came[k];
      bin.n += 1;
    });
  }
  return bins
    .filter(({ n }) => n >= FEWEST_QUESTIONS)
    .map((bin) => ({ said: bin.said / bin.n, came: bin.came / bin.n, n: bin.n }));
}
