// The days of a replay, from the differences that the page carries.

/** @import { DecodedLine, Chart, Replay, ReplayData } from "./types.js" */

/**
 * Values by day from their differences.
 *
 * @param {number[]} differences - the first value, then the changes
 * @param {number} [scale] - units of 1 / scale
 * @returns {number[]}
 */
export function accumulate(differences, scale = 1) {
  let sum = 0;
  return differences.map((change) => {
    sum += change;
    return sum / scale;
  });
}

/**
 * Stretches of days with one value: the first day, the day after the last, the value.
 *
 * @template T
 * @param {T[]} values
 * @returns {{from: number, to: number, value: T}[]}
 */
export function stretches(values) {
  /** @type {{from: number, to: number, value: T}[]} */
  const found = [];
  values.forEach((value, day) => {
    const last = found[found.length - 1];
    if (last?.value === value) last.to = day + 1;
    else found.push({ from: day, to: day + 1, value });
  });
  return found;
}

/**
 * @param {ReplayData} data
 * @returns {Replay}
 */
export function decode(data) {
  const release = -data.first;
  const charts = data.charts.map((chart) => ({
    ...chart,
    lines: chart.lines.map((line) => ({ ...line, values: accumulate(line.v, line.scale) })),
  }));
  const newsByDay = Array.from({ length: data.days }, () => /** @type {typeof data.news} */ ([]));
  for (const news of data.news) newsByDay[news.d - data.first]?.push(news);
  return {
    last: data.days - 1,
    release,
    rung: accumulate(data.rung),
    charts,
    map: {
      ...data.map,
      fighters: data.map.fighters.map((steps) => accumulate(steps)),
      control: data.map.control.map((steps) => accumulate(steps, 100)),
      closed: data.map.closed.map((steps) => accumulate(steps)),
    },
    newsByDay,
    eventful: newsByDay.map((day) => day.some((news) => !news.small)),
    deadSoFar: deadSince(release, charts),
  };
}

/**
 * The dead of all days after the release, up to each day.
 *
 * @param {number} release
 * @param {Chart<DecodedLine>[]} charts
 * @returns {number[][]}
 */
function deadSince(release, charts) {
  const lines = charts.find(({ key }) => key === "dead")?.lines ?? [];
  return lines.map(({ values }) =>
    accumulate(values.map((dead, day) => (day > release ? dead : 0))),
  );
}

/**
 * Quality of the ceasefire of a relation on a day, 0 where there is none.
 *
 * @param {Replay} replay
 * @param {number} relation
 * @param {number} day
 */
export function ceasefireQuality(replay, relation, day) {
  const chart = replay.charts.find(({ key }) => key === "ceasefire");
  return chart?.lines[relation]?.values[day] ?? 0;
}

/**
 * The next or the previous day with news, -1 if there is none.
 *
 * @param {boolean[]} eventful
 * @param {number} day
 * @param {1 | -1} step
 */
export function nextEventful(eventful, day, step) {
  for (let k = day + step; k >= 0 && k < eventful.length; k += step) if (eventful[k]) return k;
  return -1;
}

/**
 * The day of an address that ends in #day=12, twelve days after the release; null without one.
 *
 * @param {string} hash
 * @param {number} first - the first day, counted from the release
 */
export function dayOfAddress(hash, first) {
  const match = /^#day=(-?\d+)$/.exec(hash);
  return match ? Number(match[1]) - first : null;
}
