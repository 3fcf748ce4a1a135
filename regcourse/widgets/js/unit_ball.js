// The ball of the p-norm. With an ellipse: where the loss first touches it, and both weights of
// that point against p. Without: an arrow, and its length against p.
// The twin of twins/unit_ball.py: change both or none.

import {
  clipped, crossedAxes, draw, frame, moveTo, panel, picture, polyline, pressable, roundTicks,
} from "./kit/drawing.js";
import { live } from "./kit/live.js";
import { positiveRegion } from "./kit/region.js";
import {
  ballWords, ellipseOutline, loss, lpNorm, pName, touch, touchWords, unitBallBoundary, zeroMargins,
  zeroWedges,
} from "./plane.js";
import { number, point } from "./words.js";

// The slider's scale: equal parts of p / (1 + p) from 1/3 to 1, so that 1/2, 1, 2 and infinity
// are whole steps.
const STEPS = 240;
export const stepToP = (k) => (k >= STEPS ? Infinity : (120 + k) / (240 - k));
export const pToStep = (p) =>
  p === Infinity ? STEPS : Math.min(STEPS, Math.max(0, Math.round((240 * p - 120) / (1 + p))));
const LANDMARKS = [0.5, 1, 2, Infinity].map((p) => [p, pName(p)]);

// Where the ellipse touches, or how long the arrow is: w and place are null without an ellipse.
export function compute({ ellipse, hessian, radius }, { p, centre }) {
  const met = ellipse ? touch(hessian, centre, p, radius) : { w: null, place: null };
  return { p, centre, length: lpNorm(centre, p), ...met };
}

export function words({ p, centre, length, w, place }) {
  const at = `p = ${pName(p)}.`;
  if (place !== null) return [`${at} ${touchWords(w, place, p, centre)}`];
  return [`${at} ${ballWords(p)}`, `The arrow ${point(centre)} has length ${number(length)}.`];
}

const DRAG = "(or Tab to it and use the arrow keys)";
const ZONED = `Shaded: wherever the best fit lies there, a weight is exactly zero. Drag the ring ${DRAG}.`;
const ZONELESS = `For p > 1 nothing is shaded: exact zeros have no room left. Drag the ring ${DRAG}.`;
const GROWN = `Dashed: the ball, blown up until it reaches the tip of the arrow. Drag the tip ${DRAG}.`;

export default {
  render: ({ model, el }) => live(model, el, {
    compute, words,
    controls: () => [{
      moves: "p", label: "p", steps: STEPS, value: stepToP, step: pToStep, name: pName, landmarks: LANDMARKS,
    }],
    parts: (row, given) => (given.ellipse
      ? [touched(row, given), weightCurves(row, given)] : [measured(row, given), lengthCurve(row)]),
    hint: ({ p }, { ellipse }) => (ellipse ? (p > 1 ? ZONELESS : ZONED) : GROWN),
    look: ({ ellipse }) => (ellipse ? "rc-touching" : "rc-measuring"),
  }),
};

// The plane of two weights with the ball in it, on a layer for what lies under both.
function plane(parent, radius, label) {
  const svg = picture(parent, 400, 360, label);
  const box = panel(0, 0, 400, 360, [-1.45, 2.55], [-1.5, 2.1]);
  const inner = clipped(svg, box);
  const under = draw("g", {}, inner);
  crossedAxes(inner, box);
  for (const [spot, name, side] of [[[2.55, 0], "w₁", [-12, 16]], [[0, 2.1], "w₂", [14, 14]]]) {
    const [x, y] = box.at(spot);
    draw("text", { x: x + side[0], y: y + side[1], class: "rc-label" }, svg, name);
  }
  ticks(inner, box, [-1, 1, 2]);
  const shape = draw("path", { class: "rc-ball" }, inner);
  const outline = (p, size) => polyline(
    unitBallBoundary(p).map(([x, y]) => box.at([size * x, size * y])), true);
  return {
    box, inner, under, outline,
    ball: (p) => shape.setAttribute("d", outline(p, radius)),
    // The centre to take hold of, above all that is drawn before.
    centre: (label) => ({
      svg, panel: box, parent: clipped(svg, box), moves: "centre", label, step: 0.05,
    }),
  };
}

// Numbers stand outside the ball of radius 1, whose edge runs through the ticks, and on the line
// of the words at a touching point on the axis.
function ticks(parent, p, values) {
  for (const value of values) {
    const out = Math.sign(value), [x, axis] = p.at([value, 0]), [upright, y] = p.at([0, value]);
    draw("path", { d: `M${x} ${axis - 3}v6M${upright - 3} ${y}h6`, class: "rc-axis" }, parent);
    draw("text", { x: x + 7 * out, y: axis + 15, class: "rc-tick" }, parent, String(value));
    const high = Math.max(12, y + (value > 0 ? -5 : 14));
    draw("text", { x: upright - 6, y: high, class: "rc-tick rc-end" }, parent, String(value));
  }
}

// With an ellipse: it grows until it touches the ball.
function touched(parent, { hessian, radius }) {
  const { box, inner, under, ball, centre } = plane(
    parent, radius, "The ball and the ellipses of the loss, in the plane of two weights.");
  const zone = draw("path", { class: "rc-zone" }, under);
  const rings = [0.25, 0.5, 0.75, 1].map((share) =>
    [share, draw("path", { class: share < 1 ? "rc-loss rc-faint" : "rc-loss" }, inner)]);
  const dot = draw("circle", { r: 6, class: "rc-dot" }, inner);
  const label = draw("text", { class: "rc-label rc-strong rc-start rc-over" }, inner);
  const zones = new Map(); // one for each p that was seen: to find one takes a millisecond or two
  const zoneOf = (p) => {
    if (p > 1) return [];
    if (p === 1) return zeroWedges(hessian, radius);
    return positiveRegion((fits) => zeroMargins(hessian, p, radius, fits), box.x, box.y);
  };
  return {
    point: centre("best fit without a budget"),
    show({ p, centre: c, w }) {
      ball(p);
      if (!zones.has(p))
        zones.set(p, zoneOf(p).map((part) => polyline(part.map(box.at), true)).join(""));
      zone.setAttribute("d", zones.get(p));
      const outer = loss(hessian, c, w);
      for (const [share, ring] of rings) {
        const outline = ellipseOutline(hessian, c, share * share * outer).map(box.at);
        ring.setAttribute("d", polyline(outline, true));
      }
      const [x, y] = box.at(w);
      moveTo(dot, [x, y]);
      dot.classList.toggle("rc-zero", w[0] === 0 || w[1] === 0);
      label.setAttribute("x", x + 16);
      label.setAttribute("y", y + (c[1] > w[1] ? 15 : -12));
      label.textContent = point(w);
    },
  };
}

// Without one: the length of an arrow is the size at which the ball reaches its tip.
function measured(parent, { radius }) {
  const { box, inner, outline, ball, centre } = plane(
    parent, radius, "The ball in the plane of two weights, with an arrow.");
  for (const tip of [[1, 0], [-1, 0], [0, 1], [0, -1]])
    moveTo(draw("circle", { r: 4, class: "rc-ink" }, inner), box.at(tip.map((t) => radius * t)));
  const grown = draw("path", { class: "rc-grown" }, inner);
  const shaft = draw("path", { class: "rc-shaft" }, inner);
  return {
    point: centre("tip of the arrow"),
    show({ p, centre: tip, length }) {
      ball(p);
      grown.setAttribute("d", outline(p, length));
      shaft.setAttribute("d", polyline([box.at([0, 0]), box.at(tip)]));
    },
  };
}

// The right-hand panel: its axis is the slider's own scale, and a line stands at p.
function curves(parent, kinds, ends, label, title) {
  const svg = picture(parent, 340, 360, label);
  const box = panel(44, 28, 272, 286, [0, STEPS], ends);
  const back = draw("g", {}, svg);
  const front = clipped(svg, box);
  const steps = Array.from({ length: 81 }, (_, k) => 3 * k);
  const line = draw("path", { class: "rc-cursor" }, front);
  const lines = kinds.map((kind) => draw("path", { class: kind }, front));
  const dots = kinds.map((kind) => draw("circle", { r: 5, class: `${kind}-dot` }, svg));
  const marks = LANDMARKS.map(([p, name]) => [pToStep(p), name]);
  return {
    box, front,
    scrub: { svg, area: pressable(svg, box), panel: box, moves: "p" },
    axes() {
      back.replaceChildren();
      const dents = draw("rect", {
        x: box.left, y: box.top, width: box.width / 4, height: box.height, class: "rc-dents",
      }, back);
      draw("title", {}, dents, "Below p = 1 the ball has dents: not a norm.");
      frame(back, box, "p", title, marks, roundTicks(...box.y, 4));
      draw("text", {
        x: box.left + 3, y: box.top + box.height - 8, class: "rc-tick rc-tight rc-start",
      }, back, "not a norm");
    },
    // One curve for each kind: `solve` gives the values of all at p.
    draw(solve) {
      const found = steps.map((k) => solve(stepToP(k)));
      lines.forEach((path, i) =>
        path.setAttribute("d", polyline(found.map((values, k) => box.at([steps[k], values[i]])))));
      return found;
    },
    mark(p, values) {
      const [x] = box.at([pToStep(p), 0]);
      line.setAttribute("d", `M${x} ${box.top}V${box.top + box.height}`);
      values.forEach((value, i) => moveTo(dots[i], box.at([pToStep(p), value])));
    },
  };
}

function weightCurves(parent, { hessian, radius }) {
  const kinds = ["rc-first", "rc-second"], reach = 1.3 * radius;
  const graph = curves(parent, kinds, [-reach, reach],
    "The touching point's two weights against p.", "the touching point's weights");
  const { box, front, scrub } = graph;
  const names = ["w₁", "w₂"].map((name, k) =>
    draw("text", { class: `rc-label rc-strong ${kinds[k]}-name` }, front, name));
  let drawn = null;
  graph.axes();
  return {
    scrub,
    show({ p, centre, w }) {
      graph.mark(p, w);
      if (drawn === centre.join()) return;
      drawn = centre.join();
      const found = graph.draw((q) => touch(hessian, centre, q, radius).w)[70];
      names.forEach((name, i) => {
        const [, y] = box.at([0, found[i]]);
        name.setAttribute("x", box.left + box.width - 16);
        name.setAttribute("y", y + (found[i] >= found[1 - i] ? -9 : 18));
      });
    },
  };
}

function lengthCurve(parent) {
  const graph = curves(parent, ["rc-first"], [0, 4], "The arrow's length against p.", "length of the arrow");
  let scale = null;
  return {
    scrub: graph.scrub,
    show({ p, centre: tip, length }) {
      // Halve or double the axis rather than let it follow every pixel of the drag.
      const top = [1, 2, 4, 8, 16, 32].find((t) => t >= 1.05 * lpNorm(tip, 0.5)) ?? 32;
      if (top !== scale) {
        scale = top;
        graph.box.y[1] = top;
        graph.axes();
      }
      graph.draw((q) => [lpNorm(tip, q)]);
      graph.mark(p, [length]);
    },
  };
}
