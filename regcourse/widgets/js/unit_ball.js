// The ball of the p-norm. With an ellipse: where the loss first touches it, and both weights of
// that point against p. Without: an arrow, and its length against p.

const TIPS = [[1, 0], [-1, 0], [0, 1], [0, -1]];
const LANDMARKS = [[0, "½"], [60, "1"], [120, "2"], [240, "∞"]];

const DRAG = "(or Tab to it and use the arrow keys)";
const ZONED = `Shaded: wherever the best fit lies there, a weight is exactly zero. Drag the ring ${DRAG}.`;
const ZONELESS = `For p > 1 nothing is shaded: exact zeros have no room left. Drag the ring ${DRAG}.`;
const GROWN = `Dashed: the ball, blown up until it reaches the tip of the arrow. Drag the tip ${DRAG}.`;

function render({ model, el }) {
  const touching = model.get("ellipse"), H = model.get("hessian"), radius = model.get("radius");
  const read = () => (model.get("p") === "inf" ? Infinity : model.get("p"));
  let p = read(), centre = model.get("centre");

  const root = make("div", {
    class: touching ? "rc-live" : "rc-live rc-measuring", "data-lm-suppress-shortcuts": "true",
  }, el);
  const control = slider(root, {
    label: "p", steps: P_STEPS, value: pToStep(p), landmarks: LANDMARKS, words: (k) => pName(stepToP(k)),
    moved: (k) => { p = stepToP(k); frameDue(); keep(); },
  });
  const row = make("div", { class: "rc-row" }, root);
  const flat = plane(row, touching);
  const graph = curves(row, touching, radius);
  const note = make("p", { class: "rc-note" }, root, GROWN);
  const say = readout(root);
  const toCentre = handle(flat.svg, clipped(flat.svg, flat.panel), flat.panel, {
    label: touching ? "best fit without a budget" : "tip of the arrow", step: 0.05,
    get: () => centre, set: (spot) => { centre = spot; frameDue(); keep(); },
  });
  scrub(graph, control);

  const frameDue = eachFrame(paint);
  const keep = later(150, () => {
    model.set("p", p === Infinity ? "inf" : p);
    model.set("centre", centre);
    model.save_changes();
  });
  const fromKernel = () => {
    p = read();
    centre = model.get("centre");
    control.set(pToStep(p), pName(p));
    frameDue();
  };
  model.on("change:p change:centre", fromKernel);

  function paint() {
    flat.ball(p, radius);
    graph.cursor(p);
    toCentre(flat.panel.at(centre));
    if (touching) {
      const met = touch(H, centre, p, radius);
      flat.met(H, centre, met);
      flat.zeros(H, p, radius);
      const shaded = p > 1 ? ZONELESS : ZONED;
      if (note.textContent !== shaded) note.textContent = shaded;
      graph.weights((q) => touch(H, centre, q, radius).w, centre.join());
      graph.marks(p, met.w);
      say(`p = ${pName(p)}. ${touchWords(met, p, centre)}`);
    } else {
      flat.arrow(centre, p);
      graph.length(centre);
      graph.marks(p, [pLength(centre, p)]);
      const long = `The arrow ${point(centre)} has length ${number(pLength(centre, p))}.`;
      say(`p = ${pName(p)}. ${ballWords(p)} ${long}`);
    }
  }
  control.set(pToStep(p), pName(p));
  paint();
  return () => {
    model.off("change:p change:centre", fromKernel);
    for (const due of [frameDue, keep, say, control]) due.stop();
  };
}

function plane(parent, touching) {
  const svg = picture(parent, 400, 360, touching ? "The ball and the ellipses of the loss, in the plane of two weights."
      : "The ball in the plane of two weights, with an arrow.");
  const box = panel(0, 0, 400, 360, [-1.45, 2.55], [-1.5, 2.1]);
  const inner = clipped(svg, box);
  const zone = draw("path", { class: "rc-zone" }, inner);
  crossedAxes(inner, box);
  for (const [spot, name, side] of [[[2.55, 0], "w₁", [-12, 16]], [[0, 2.1], "w₂", [14, 14]]]) {
    const [x, y] = box.at(spot);
    draw("text", { x: x + side[0], y: y + side[1], class: "rc-label" }, svg, name);
  }
  ticks(inner, box, [-1, 1, 2]);
  const shape = draw("path", { class: "rc-ball" }, inner);
  const rings = [0.25, 0.5, 0.75, 1].map((share) =>
    [share, draw("path", { class: share < 1 ? "rc-loss rc-faint" : "rc-loss" }, inner)]);
  const tips = touching ? [] : TIPS.map(() => draw("circle", { r: 4, class: "rc-ink" }, inner));
  const grown = draw("path", { class: "rc-grown" }, touching ? null : inner);
  const shaft = draw("path", { class: "rc-shaft" }, touching ? null : inner);
  const dot = draw("circle", { r: 6, class: "rc-dot" }, touching ? inner : null);
  const label = draw("text", { class: "rc-label rc-strong rc-start rc-over" }, touching ? inner : null);
  const zones = new Map();
  return {
    svg, panel: box,
    zeros(H, p, radius) {
      if (!zones.has(p)) {
        const parts = zeroZone(H, p, radius, box.x, box.y);
        zones.set(p, parts.map((part) => polyline(part.map(box.at), true)).join(""));
      }
      zone.setAttribute("d", zones.get(p));
    },
    ball(p, radius) {
      const scaled = ([x, y]) => box.at([radius * x, radius * y]);
      shape.setAttribute("d", polyline(ballOutline(p).map(scaled), true));
      tips.forEach((tip, k) => {
        const [x, y] = scaled(TIPS[k]);
        tip.setAttribute("cx", x);
        tip.setAttribute("cy", y);
      });
    },
    met(H, c, { w }) {
      const outer = loss(H, c, w);
      for (const [share, ring] of rings) {
        const outline = ellipseOutline(H, c, share * share * outer).map(box.at);
        ring.setAttribute("d", polyline(outline, true));
      }
      const [x, y] = box.at(w);
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", y);
      dot.classList.toggle("rc-zero", w[0] === 0 || w[1] === 0);
      label.setAttribute("x", x + 16);
      label.setAttribute("y", y + (c[1] > w[1] ? 15 : -12));
      label.textContent = point(w);
    },
    // The length of an arrow is the size at which the ball reaches its tip.
    arrow(tip, p) {
      const size = pLength(tip, p);
      const outline = ballOutline(p).map(([x, y]) => box.at([size * x, size * y]));
      grown.setAttribute("d", polyline(outline, true));
      shaft.setAttribute("d", polyline([box.at([0, 0]), box.at(tip)]));
    },
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

// The right-hand panel: its axis is the slider's own scale.
function curves(parent, touching, radius) {
  const svg = picture(parent, 340, 360, touching ? "The touching point's two weights against p." : "The arrow's length against p.");
  const reach = 1.3 * radius;
  const box = panel(44, 28, 272, 286, [0, P_STEPS], touching ? [-reach, reach] : [0, 4]);
  const back = draw("g", {}, svg);
  const front = clipped(svg, box);
  const steps = Array.from({ length: 81 }, (_, k) => 3 * k);
  const kinds = touching ? ["rc-first", "rc-second"] : ["rc-first"];
  const line = draw("path", { class: "rc-cursor" }, front);
  const lines = kinds.map((kind) => draw("path", { class: kind }, front));
  const dots = kinds.map((kind) => draw("circle", { r: 5, class: `${kind}-dot` }, svg));
  const names = touching ? ["w₁", "w₂"].map((name, k) =>
    draw("text", { class: `rc-label rc-strong ${kinds[k]}-name` }, front, name)) : [];
  const area = draw("rect", {
    x: box.left, y: box.top, width: box.width, height: box.height, class: "rc-scrub",
  }, svg);
  let drawn = null, scale = null;

  function axes() {
    back.replaceChildren();
    const dents = draw("rect", {
      x: box.left, y: box.top, width: box.width / 4, height: box.height, class: "rc-dents",
    }, back);
    draw("title", {}, dents, "Below p = 1 the ball has dents: not a norm.");
    const title = touching ? "the touching point's weights" : "length of the arrow";
    frame(back, box, "p", title, LANDMARKS, roundTicks(...box.y, 4));
    draw("text", { x: box.left + box.width / 8, y: box.top + box.height - 8, class: "rc-tick rc-tight" }, back, "not a norm");
  }
  if (touching) axes();
  return {
    svg, area, panel: box,
    cursor(p) {
      const [x] = box.at([pToStep(p), 0]);
      line.setAttribute("d", `M${x} ${box.top}V${box.top + box.height}`);
    },
    weights(solve, key) {
      if (drawn === key) return;
      drawn = key;
      const found = steps.map((k) => solve(stepToP(k)));
      lines.forEach((path, i) =>
        path.setAttribute("d", polyline(found.map((w, k) => box.at([steps[k], w[i]])))));
      names.forEach((name, i) => {
        const [, y] = box.at([0, found[70][i]]);
        const above = found[70][i] >= found[70][1 - i];
        name.setAttribute("x", box.left + box.width - 16);
        name.setAttribute("y", y + (above ? -9 : 18));
      });
    },
    length(tip) {
      // Halve or double the axis rather than let it follow every pixel of the drag.
      const top = [1, 2, 4, 8, 16, 32].find((t) => t >= 1.05 * pLength(tip, 0.5)) ?? 32;
      if (top !== scale) {
        scale = top;
        box.y[1] = top;
        axes();
      }
      lines[0].setAttribute("d", polyline(steps.map((k) => box.at([k, pLength(tip, stepToP(k))]))));
    },
    marks(p, values) {
      values.forEach((value, i) => {
        const [x, y] = box.at([pToStep(p), value]);
        dots[i].setAttribute("cx", x);
        dots[i].setAttribute("cy", y);
      });
    },
  };
}

export { zeroZone, ballOutline, ellipseOutline, pLength, touch, touchWords, ballWords, stepToP, pToStep, pName };
export default { render };
