// Balls, ellipses and where they touch, in the plane of two weights.
// The twin of twins/plane.py: change both or none.

import { plain, point } from "./words.js";

export function ballPoint(p, angle) {
  let c = Math.cos(angle), s = Math.sin(angle);
  if (Math.abs(c) < 1e-15) c = 0;
  if (Math.abs(s) < 1e-15) s = 0;
  const a = Math.abs(c), b = Math.abs(s);
  if (p <= 2) return [Math.sign(c) * a ** (2 / p), Math.sign(s) * b ** (2 / p)];
  const largest = Math.max(a, b);
  const length = p === Infinity
    ? largest : largest * ((a / largest) ** p + (b / largest) ** p) ** (1 / p);
  return [c / length, s / length];
}

export function unitBallBoundary(p, points = 360) {
  const outline = [];
  for (let k = 0; k < points; k += 1) outline.push(ballPoint(p, (k * 2 * Math.PI) / points));
  return outline;
}

export function ellipseOutline(H, c, level, points = 120) {
  const l11 = Math.sqrt(H[0][0]), l21 = H[1][0] / l11, l22 = Math.sqrt(H[1][1] - l21 * l21);
  const size = Math.sqrt(2 * level), outline = [];
  for (let k = 0; k < points; k += 1) {
    const angle = (k * 2 * Math.PI) / points;
    const y = Math.sin(angle) / l22, x = (Math.cos(angle) - l21 * y) / l11;
    outline.push([c[0] + size * x, c[1] + size * y]);
  }
  return outline;
}

export function lpNorm(w, p) {
  const a = Math.abs(w[0]), b = Math.abs(w[1]), largest = Math.max(a, b);
  if (largest === 0 || p === Infinity) return largest;
  return largest * ((a / largest) ** p + (b / largest) ** p) ** (1 / p);
}

export function loss(H, c, w) {
  const x = w[0] - c[0], y = w[1] - c[1];
  return 0.5 * (H[0][0] * x * x + (H[0][1] + H[1][0]) * x * y + H[1][1] * y * y);
}

const GRID = 360;
const edges = new Map(); // one outline for each p of the slider: powers are what costs time

function edge(p) {
  if (!edges.has(p)) edges.set(p, unitBallBoundary(p, GRID));
  return edges.get(p);
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

function refine(f, low, high) {
  let a = high - GOLDEN * (high - low), b = low + GOLDEN * (high - low);
  let fa = f(a), fb = f(b);
  for (let k = 0; k < 60; k += 1) {
    if (fa <= fb) { high = b; b = a; fb = fa; a = high - GOLDEN * (high - low); fa = f(a); }
    else { low = a; a = b; fa = fb; b = low + GOLDEN * (high - low); fb = f(b); }
  }
  return (low + high) / 2;
}

// The point of the ball with the smallest loss, and the kind of place it is:
// "inside", "corner" (on an axis), "tie" (a corner of the square), "side" (flat) or "edge".
export function touch(H, c, p, radius) {
  if (lpNorm(c, p) <= radius) return { w: [c[0], c[1]], place: "inside" };
  const at = (angle) => {
    const [x, y] = ballPoint(p, angle);
    return [radius * x, radius * y];
  };
  const f = (angle) => loss(H, c, at(angle));
  const step = (2 * Math.PI) / GRID;
  let best = 0, least = Infinity;
  edge(p).forEach(([x, y], k) => {
    const value = loss(H, c, [radius * x, radius * y]);
    if (value < least) { least = value; best = k; }
  });
  let w = at(best * step);
  for (const side of [best - 1, best]) {
    const candidate = at(refine(f, side * step, (side + 1) * step));
    const value = loss(H, c, candidate);
    if (value < least) { least = value; w = candidate; }
  }
  // For p <= 1 a corner holds the minimum against a whole cone of gradients; for p > 1 only
  // against one direction. So whether a weight is exactly 0 is decided, not rounded.
  let corner = null;
  for (const tip of [[radius, 0], [-radius, 0], [0, radius], [0, -radius]]) {
    const along = tip[0] !== 0 ? 0 : 1, other = 1 - along;
    const gradient = [0, 1].map((i) => H[i][0] * (tip[0] - c[0]) + H[i][1] * (tip[1] - c[1]));
    const may = p <= 1 || Math.abs(gradient[other]) <= 1e-12 * Math.abs(gradient[along]);
    const value = loss(H, c, tip);
    if (may && value <= least + 1e-12 * (1 + least)) { least = value; corner = tip; }
  }
  if (corner) return { w: corner, place: "corner" };
  if (p === Infinity)
    return { w, place: Math.abs(Math.abs(w[0]) - Math.abs(w[1])) < 1e-6 * radius ? "tie" : "side" };
  return { w, place: p === 1 ? "side" : "edge" };
}

// The edge away from its corners, each point with its own loss around 0; asked for many times over.
let lastBulk = {};

function bulkOf(H, p, radius) {
  if (lastBulk.H !== H || lastBulk.p !== p || lastBulk.radius !== radius) {
    const away = edge(p).slice(0, GRID / 2)
      .filter((_, k) => k % 90 >= 4 && k % 90 <= 86 && k % 3 === 0);
    const bulk = away.map(([a, b]) => [radius * a, radius * b, loss(H, [0, 0], [radius * a, radius * b])]);
    lastBulk = { H, p, radius, bulk };
  }
  return lastBulk.bulk;
}

// For p < 1 a corner competes with the rest of the edge. How much better the best corner is than
// that, up to c' H c / 2, for each best fit c: positive where a weight ends up exactly zero.
export function zeroMargins(H, p, radius, fits) {
  const bulk = bulkOf(H, p, radius);
  const tips = [0.5 * H[0][0] * radius * radius, 0.5 * H[1][1] * radius * radius];
  return fits.map((c) => {
    const g = [H[0][0] * c[0] + H[0][1] * c[1], H[1][0] * c[0] + H[1][1] * c[1]];
    const corner = Math.min(tips[0] - radius * Math.abs(g[0]), tips[1] - radius * Math.abs(g[1]));
    let rest = Infinity;
    for (const [a, b, own] of bulk) rest = Math.min(rest, own - Math.abs(a * g[0] + b * g[1]));
    return rest > corner ? Math.min(rest - corner, lpNorm(c, p) - radius) : rest - corner;
  });
}

// At p = 1 each corner holds a wedge of best fits, corner + H^-1 cone{(1, 1), (1, -1)}: a point
// and two far ends. Above 1 what is left are four lines, which nothing can hit.
export function zeroWedges(H, radius, far = 30) {
  const det = H[0][0] * H[1][1] - H[0][1] * H[1][0];
  const solved = ([a, b]) => [(H[1][1] * a - H[0][1] * b) / det, (H[0][0] * b - H[1][0] * a) / det];
  return [[[1, 0], [1, 1], [1, -1]], [[0, 1], [1, 1], [-1, 1]]].flatMap(([tip, u, v]) =>
    [1, -1].map((sign) => {
      const corner = tip.map((t) => sign * radius * t);
      return [corner, ...[u, v].map((way) => solved(way).map((d, i) => corner[i] + sign * far * d))];
    }));
}

export const pName = (p) => (p === Infinity ? "∞" : p === 0.5 ? "½" : plain(p));

export function touchWords(w, place, p, c) {
  const at = `w = ${point(w)}`, fit = `Best fit ${point(c)}.`;
  if (place === "inside")
    return `The best fit, ${at}, is inside the ball: this budget changes nothing.`;
  if (place === "corner") {
    const what = p < 1 ? "a spike" : p === 1 ? "a corner" : "the tip of the axis";
    const which = w[0] === 0 ? "first" : "second";
    return `${fit} The ellipse touches ${what}, ${at}: the ${which} weight is exactly zero.`;
  }
  if (place === "tie")
    return `${fit} The ellipse touches a corner, ${at}: the weights are equal in size, and none is zero.`;
  if (place === "side") return `${fit} The ellipse touches a flat side, ${at}: no weight is zero.`;
  const small = Math.min(Math.abs(w[0]), Math.abs(w[1]));
  if (small < 0.005) {
    const which = Math.abs(w[0]) < Math.abs(w[1]) ? "first" : "second";
    return `${fit} The ellipse touches the edge, ${at}: the ${which} weight is too small to see, but not zero.`;
  }
  return `${fit} The ellipse touches the edge, ${at}: no weight is zero.`;
}

export function ballWords(p) {
  if (p < 1) return "The ball has dents: two short steps can make a long way. Not a norm.";
  if (p === 1) return "A norm. Corners on the axes, flat sides.";
  if (p === 2) return "A norm. Round: every direction counts the same.";
  if (p === Infinity) return "A norm. A square: only the longest leg counts.";
  if (p < 2) return "A norm. No dents and no corners, but bent most sharply on the axes.";
  return "A norm. No dents and no corners, but bent most sharply on the diagonals.";
}
