// The surfaces of sim/stats/kriging.py, with the same formulas; a test holds both equal.
const D = JSON.parse(document.getElementById("data").textContent), SAY = JSON.parse(document.getElementById("say").textContent);
const ROOT5 = Math.sqrt(5), Z95 = 1.959963984540054;
const N = D.points.length;

function correlation(a, b, lengths) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += ((a[k] - b[k]) / lengths[k]) ** 2;
  const far = Math.sqrt(sum);
  return (1 + ROOT5 * far + 5 * sum / 3) * Math.exp(-ROOT5 * far);
}

// Lower Cholesky factor of the correlations of the points, the nugget on the diagonal
function factored(lengths, nugget) {
  const low = Array.from({length: N}, () => new Float64Array(N));
  for (let i = 0; i < N; i++) for (let j = 0; j <= i; j++) {
    let sum = correlation(D.points[i], D.points[j], lengths) + (i === j ? nugget : 0);
    for (let k = 0; k < j; k++) sum -= low[i][k] * low[j][k];
    low[i][j] = i === j ? Math.sqrt(sum) : sum / low[j][j];
  }
  return low;
}

function solved(low, right) {
  const x = Float64Array.from(right);
  for (let i = 0; i < N; i++) { for (let k = 0; k < i; k++) x[i] -= low[i][k] * x[k]; x[i] /= low[i][i]; }
  for (let i = N - 1; i >= 0; i--) { for (let k = i + 1; k < N; k++) x[i] -= low[k][i] * x[k]; x[i] /= low[i][i]; }
  return x;
}

const dot = (a, b) => { let sum = 0; for (let i = 0; i < a.length; i++) sum += a[i] * b[i]; return sum; };
const total = a => { let sum = 0; for (const one of a) sum += one; return sum; };

// One kernel through one or more columns of values (a row a point)
class Surface {
  constructor(about, values) {
    Object.assign(this, about, {values});
    this.low = factored(about.lengths, about.nugget);
    this.ones = solved(this.low, new Float64Array(N).fill(1));
    this.weight = total(this.ones);
    this.mean = values[0].map((_, k) => total(values.map((row, i) => this.ones[i] * row[k])) / this.weight);
  }
  weights(x) {
    const near = Float64Array.from(D.points, point => correlation(x, point, this.lengths));
    return {near, w: solved(this.low, near)};
  }
  at(x) {
    const {near, w} = this.weights(x);
    const found = this.mean.map((mean, k) => { let sum = mean; for (let i = 0; i < N; i++) sum += w[i] * (this.values[i][k] - mean); return sum; });
    const rest = Math.max(0, 1 - dot(w, near) + (1 - total(w)) ** 2 / this.weight);
    return {found, error: (this.variance ?? []).map(one => Math.sqrt(rest * one))};
  }
  // Standard error of the difference between two places, in units of the spread of a column
  apart(x, y) {
    const a = this.weights(x), b = this.weights(y);
    const near = a.near.map((one, i) => one - b.near[i]), w = a.w.map((one, i) => one - b.w[i]);
    return Math.sqrt(Math.max(0, 2 - 2 * correlation(x, y, this.lengths) - dot(w, near) + total(w) ** 2 / this.weight));
  }
}

function sharesOf(found) {
  const squares = found.map(one => Math.max(0, one) ** 2), sum = total(squares);
  return squares.map(one => one / (sum || 1));
}

const OUTCOMES = D.outcomes.map(one => new Surface(one.surface, one.counts.map((count, i) => [Math.sqrt(count / D.n[i])])));
const NUMBERS = D.numbers.map(one => new Surface(one.surface, one.value.map(v => one.share ? [Math.sqrt(v), Math.sqrt(1 - v)] : [Math.log1p(v)])));
let lazy = null;
const rungs = () => lazy ??= new Surface(D.rungs.surface, D.rungs.parts.map(row => row.map(part => Math.sqrt(part / 10000))));

const same = (a, b) => a.every((one, k) => Math.abs(one - b[k]) < 1e-6);
const gap = (a, b) => Math.max(...a.map((one, k) => Math.abs(one - b[k])));

// Wilson's interval; the rule of three at none and all, as in the tables of a run
function wilson(p, n) {
  if (p <= 0) return [0, Math.min(1, 3 / n)];
  if (p >= 1) return [1 - Math.min(1, 3 / n), 1];
  const z = Z95 ** 2, centre = (p + z / (2 * n)) / (1 + z / n), half = Z95 * Math.sqrt(p * (1 - p) / n + z / (4 * n * n)) / (1 + z / n);
  return [centre - half, centre + half];
}

// Interval of a share from its root: the surface's error, and the luck that all points have in common
function rooted(found, error, n) {
  const half = Z95 * Math.sqrt(error ** 2 + 1 / (4 * n));
  return [Math.max(0, found - half) ** 2, Math.min(1, Math.max(0, found + half)) ** 2];
}

// Everything at a place x, in shares of the sliders' lengths
function at(x) {
  const here = D.points.findIndex(point => same(point, x));
  const n = here < 0 ? Math.min(...D.n) : D.n[here];
  let nearest = 0;
  D.points.forEach((point, i) => { if (gap(point, x) < gap(D.points[nearest], x)) nearest = i; });
  const roots = OUTCOMES.map(surface => surface.at(x));
  const smooth = sharesOf(roots.map(one => one.found[0]));
  const shares = here < 0 ? smooth : D.outcomes.map(one => one.counts[here] / D.n[here]);
  const ranges = roots.map((one, k) => {
    if (here >= 0) return wilson(shares[k], n);
    const [low, high] = rooted(one.found[0], one.error[0], n);
    return [Math.min(low, shares[k]), Math.max(high, shares[k])];
  });
  const numbers = NUMBERS.map((surface, k) => {
    const about = D.numbers[k];
    if (here >= 0) {
      const value = about.value[here], half = Z95 * about.error[here];
      return {value, range: about.share ? wilson(value, n) : [Math.max(0, value - half), value + half]};
    }
    const {found, error} = surface.at(x);
    if (about.share) { const value = sharesOf(found)[0], [low, high] = rooted(found[0], error[0], n); return {value, range: [Math.min(low, value), Math.max(high, value)]}; }
    const luck = about.error[nearest] / (1 + about.value[nearest]), half = Z95 * Math.sqrt(error[0] ** 2 + luck ** 2);
    return {value: Math.max(0, Math.expm1(found[0])), range: [Math.max(0, Math.expm1(found[0] - half)), Math.expm1(found[0] + half)]};
  });
  return {here, nearest, far: gap(D.points[nearest], x), smooth, shares, ranges, numbers};
}

// Shares of the rungs on the days drawn, a row a day
function rungsAt(x) {
  const here = D.points.findIndex(point => same(point, x)), width = D.rungs.names.length;
  const flat = here < 0 ? rungs().at(x).found : D.rungs.parts[here].map(part => Math.sqrt(part / 10000));
  return D.rungs.days.map((_, d) => sharesOf(flat.slice(d * width, (d + 1) * width)));
}

// Whether an outcome differs between two places beyond the surface's error; the luck is the same at both
function differs(k, x, y) {
  const surface = OUTCOMES[k], change = surface.at(x).found[0] - surface.at(y).found[0];
  return Math.abs(change) > Z95 * Math.sqrt(surface.variance[0]) * surface.apart(x, y);
}
