// Ridge with two weights, seen three times: ellipse and circle, filter factors, trace.
// The twin of twins/ridge_geometry.py: change both or none.

import {
  clipped, crossedAxes, draw, frame, moveTo, panel, picture, polyline, pressable, roundTicks,
} from "./kit/drawing.js";
import { live } from "./kit/live.js";
import { ellipseOutline, loss, unitBallBoundary } from "./plane.js";
import { keptLabel, keptWords, number, plain, point } from "./words.js";

// What one strength does: factors along both principal directions, weights, effective dof.
export function compute({ variances, directions, ols, n }, { lam }) {
  const factors = variances.map((h) => (h > 0 ? h / (h + lam) : 0));
  const kept = directions.map((v, k) => factors[k] * (v[0] * ols[0] + v[1] * ols[1]));
  const w = [0, 1].map((j) => kept[0] * directions[0][j] + kept[1] * directions[1][j]);
  return { lam, alpha: n * lam, factors, kept, w, dof: factors[0] + factors[1] };
}

export function words({ lam, alpha, factors, w, dof }) {
  const [a, b] = factors.map(keptWords);
  return [
    `lam = ${plain(lam)}, alpha = n·lam = ${plain(alpha)}, effective degrees of freedom ${number(dof)}.`,
    `Of the least squares solution, ${a} is kept along direction 1 and ${b} along direction 2: `
      + `w = ${point(w)}.`,
  ];
}

const STEPS = 200;

export default {
  render: ({ model, el }) => live(model, el, {
    compute, words,
    controls: ({ lams }) => {
      const first = lams[0], reach = lams[lams.length - 1] / first;
      return [{
        moves: "lam", label: "strength lam", steps: STEPS, name: plain,
        value: (k) => first * reach ** (k / STEPS),
        step: (lam) => Math.round(STEPS * Math.log(lam / first) / Math.log(reach)),
        landmarks: decades(lams).map((lam) => [lam, plain(lam)]),
      }];
    },
    parts: (row, given) => [ellipse(row, given), factorBars(row, given), paths(row, given)],
  }),
};

// The powers of ten between the smallest and the largest strength.
function decades(lams) {
  const [first, last] = [lams[0], lams[lams.length - 1]].map(Math.log10);
  const found = [];
  for (let k = Math.ceil(first - 1e-9); k <= last + 1e-9; k += 1) found.push(10 ** k);
  return found;
}

function ellipse(parent, { variances, directions, ols, weights }) {
  const svg = picture(parent, 320, 330,
    "Ellipse of equal loss and circle of equal penalty, touching in the ridge solution.");
  const H = [0, 1].map((i) => [0, 1].map((j) =>
    variances[0] * directions[0][i] * directions[0][j] + variances[1] * directions[1][i] * directions[1][j]));
  // From the origin along each principal direction: all that least squares has, and what is kept.
  const along = directions.map((v) => v[0] * ols[0] + v[1] * ols[1]);
  const all = [...weights, ols, [0, 0], ...directions.map((v, k) => [along[k] * v[0], along[k] * v[1]])];
  const ends = [0, 1].map((j) => [Math.min(...all.map((w) => w[j])), Math.max(...all.map((w) => w[j]))]);
  const half = 0.68 * Math.max(ends[0][1] - ends[0][0], ends[1][1] - ends[1][0]);
  const around = ([low, high]) => [(low + high) / 2 - half, (low + high) / 2 + half];
  const box = panel(4, 26, 300, 300, around(ends[0]), around(ends[1]));
  draw("text", { x: 4, y: 16, class: "rc-label rc-start" }, svg, "loss ellipse, penalty circle");
  const inner = clipped(svg, box);
  crossedAxes(inner, box);
  const circle = draw("path", { class: "rc-ball" }, inner);
  const rings = [0.25, 0.5, 0.75, 1].map((share) =>
    [share, draw("path", { class: share < 1 ? "rc-loss rc-faint" : "rc-loss" }, inner)]);
  draw("path", { class: "rc-path", d: polyline([ols, ...weights, [0, 0]].map(box.at)) }, inner);
  const kinds = ["rc-one", "rc-two"];
  const spoke = (k, z) => polyline([box.at([0, 0]), box.at([z * directions[k][0], z * directions[k][1]])]);
  kinds.forEach((kind, k) => draw("path", { class: `${kind} rc-whole`, d: spoke(k, along[k]) }, inner));
  const kept = kinds.map((kind) => draw("path", { class: `${kind} rc-kept` }, inner));
  const drop = kinds.map(() => draw("path", { class: "rc-drop" }, inner));
  directions.forEach((v, k) => {
    const [x, y] = box.at([along[k] * v[0], along[k] * v[1]]);
    const out = Math.sign(along[k]);
    draw("text", {
      x: x + 10 * out * v[0], y: y - 10 * out * v[1] + 4, class: `rc-label rc-strong ${kinds[k]}-name`,
    }, inner, String(k + 1));
  });
  const [bx, by] = box.at(ols);
  draw("circle", { cx: bx, cy: by, r: 6, class: "rc-centre" }, inner);
  draw("text", { x: bx + 17, y: by + 2, class: "rc-label rc-start rc-over" }, inner, "least squares");
  const dot = draw("circle", { r: 6, class: "rc-dot" }, inner);
  const name = draw("text", { class: "rc-label rc-start rc-strong rc-over" }, inner, "ridge");
  return {
    show({ w, kept: parts }) {
      const length = Math.hypot(...w), outer = loss(H, ols, w);
      circle.setAttribute("d", polyline(
        unitBallBoundary(2, 120).map(([x, y]) => box.at([length * x, length * y])), true));
      for (const [share, ring] of rings)
        ring.setAttribute("d", polyline(ellipseOutline(H, ols, share * share * outer).map(box.at), true));
      parts.forEach((z, k) => {
        kept[k].setAttribute("d", spoke(k, z));
        const foot = [z * directions[k][0], z * directions[k][1]];
        drop[k].setAttribute("d", polyline([box.at(foot), box.at(w)]));
      });
      const [x, y] = box.at(w);
      moveTo(dot, [x, y]);
      // Where both names would stand in one place, "ridge" goes under or over the other.
      const below = y + 10 - by;
      const apart = Math.abs(x - bx) > 110 || Math.abs(below) > 19;
      name.setAttribute("x", x + 12);
      name.setAttribute("y", apart ? y + 12 : by + 2 + (below < 0 ? -19 : 19));
    },
  };
}

function factorBars(parent, { variances }) {
  const svg = picture(parent, 250, 330,
    "Filter factors of both principal directions.");
  const box = panel(32, 26, 210, 254, [0, 2], [0, 1]);
  frame(svg, box, "", "", [], [[0, "0"], [0.5, "½"], [1, "1"]]);
  draw("text", { x: 6, y: 16, class: "rc-label rc-start" }, svg, "kept: s² / (s² + alpha)");
  const kinds = ["rc-one", "rc-two"];
  const bars = variances.map((h, k) => {
    const [left, top] = box.at([k + 0.18, 1]), [right, bottom] = box.at([k + 0.82, 0]);
    const shape = { x: left, width: right - left };
    draw("rect", { ...shape, y: top, height: bottom - top, class: `${kinds[k]}-box` }, svg);
    const bar = draw("rect", { ...shape, class: `${kinds[k]}-bar` }, svg);
    const middle = (left + right) / 2;
    const name = draw("text", { x: middle, class: "rc-label rc-strong" }, svg);
    draw("text", { x: middle, y: bottom + 17, class: "rc-label" }, svg, `direction ${k + 1}`);
    draw("text", { x: middle, y: bottom + 34, class: "rc-tick rc-tight" }, svg, `variance ${number(h)}`);
    return { bar, name };
  });
  return {
    show({ factors }) {
      bars.forEach(({ bar, name }, k) => {
        const [, top] = box.at([0, factors[k]]);
        bar.setAttribute("y", top);
        bar.setAttribute("height", box.top + box.height - top);
        name.setAttribute("y", Math.max(top - 6, box.top + 16));
        name.textContent = keptLabel(factors[k]);
      });
    },
  };
}

function paths(parent, { lams, weights }) {
  const svg = picture(parent, 310, 330,
    "Trace: both weights against the strength.");
  const values = [0, ...weights.flat()];
  const low = Math.min(...values), high = Math.max(...values), pad = 0.12 * (high - low);
  const last = lams[lams.length - 1];
  const box = panel(36, 26, 262, 254, [lams[0], last], [low - pad, high + pad], true);
  const ticks = decades(lams).map((lam) => [lam, plain(lam)]);
  frame(svg, box, "strength lam →", "", ticks, roundTicks(...box.y, 5));
  draw("text", { x: 6, y: 16, class: "rc-label rc-start" }, svg, "weights");
  const inner = clipped(svg, box);
  draw("path", { class: "rc-axis", d: polyline([box.at([lams[0], 0]), box.at([last, 0])]) }, inner);
  const cursor = draw("path", { class: "rc-cursor" }, inner);
  const kinds = ["rc-first", "rc-second"];
  kinds.forEach((kind, j) => {
    draw("path", { class: kind, d: polyline(lams.map((lam, k) => box.at([lam, weights[k][j]]))) }, inner);
    const [x, y] = box.at([lams[0], weights[0][j]]);
    draw("text", {
      x: x + 14, y: y + 18, class: `rc-label rc-strong ${kind}-name`,
    }, inner, `w${"₁₂"[j]}`);
  });
  const dots = kinds.map((kind) => draw("circle", { r: 5, class: `${kind}-dot` }, svg));
  return {
    scrub: { svg, area: pressable(svg, box), panel: box, moves: "lam" },
    show({ lam, w }) {
      const [x] = box.at([lam, 0]);
      cursor.setAttribute("d", `M${x} ${box.top}V${box.top + box.height}`);
      dots.forEach((dot, j) => moveTo(dot, box.at([lam, w[j]])));
    },
  };
}
