// What both live figures share: SVG elements, panels, a slider that JupyterLab leaves alone,
// a handle to drag or to move by keyboard, words that are read out. Concatenated before a
// figure's own module, so it has no import and no export.

const SVG = "http://www.w3.org/2000/svg";

function draw(tag, attributes = {}, parent = null, words = null) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words !== null) element.textContent = words;
  if (parent) parent.appendChild(element);
  return element;
}

function make(tag, attributes = {}, parent = null, words = null) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words !== null) element.textContent = words;
  if (parent) parent.appendChild(element);
  return element;
}

// One drawing of a row. Its share of the row is its own width, so that all have the same scale.
function picture(parent, width, height, label) {
  return draw("svg", {
    viewBox: `0 0 ${width} ${height}`, class: "rc-picture", role: "group", "aria-label": label,
    style: `--width: ${width}; --height: ${height}`,
  }, parent);
}

// Two decimals, and never a minus before zero.
function number(value) {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

// Three significant digits, and no zeros behind them.
const plain = (value) => String(Number(value.toPrecision(3)));

const point = (w) => `(${number(w[0])}, ${number(w[1])})`;

function polyline(points, closed = false) {
  let path = "";
  for (const [x, y] of points) path += `${path ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`;
  return closed ? `${path}Z` : path;
}

// Data to pixels for a rectangle of the drawing; x may be logarithmic.
function panel(left, top, width, height, x, y, log = false) {
  const share = (v, [low, high], asLog) =>
    asLog ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
  return {
    left, top, width, height, x, y,
    at: ([a, b]) => [left + width * share(a, x, log), top + height * (1 - share(b, y, false))],
    back: ([px, py]) => [
      x[0] + ((px - left) / width) * (x[1] - x[0]),
      y[1] - ((py - top) / height) * (y[1] - y[0]),
    ],
  };
}

// A nested svg clips at its edge and needs no id.
function clipped(parent, p) {
  return draw("svg", {
    x: p.left, y: p.top, width: p.width, height: p.height,
    viewBox: `${p.left} ${p.top} ${p.width} ${p.height}`,
  }, parent);
}

function crossedAxes(parent, p) {
  const group = draw("g", { class: "rc-axis" }, parent);
  for (const ends of [[[p.x[0], 0], [p.x[1], 0]], [[0, p.y[0]], [0, p.y[1]]]])
    draw("path", { d: polyline(ends.map(p.at)) }, group);
}

// Axes left and below, light grid, ticks as [value, label].
function frame(parent, p, xlabel, ylabel, xticks, yticks) {
  const bottom = p.top + p.height;
  for (const [value, label] of xticks) {
    const [x] = p.at([value, p.y[0]]);
    draw("path", { d: `M${x} ${p.top}V${bottom}`, class: "rc-grid" }, parent);
    draw("text", { x, y: bottom + 15, class: "rc-tick" }, parent, label);
  }
  for (const [value, label] of yticks) {
    const y = p.at([p.x[0], value])[1];
    draw("path", { d: `M${p.left} ${y}H${p.left + p.width}`, class: "rc-grid" }, parent);
    draw("text", { x: p.left - 6, y: y + 4, class: "rc-tick rc-end" }, parent, label);
  }
  draw("path", { d: `M${p.left} ${p.top}V${bottom}H${p.left + p.width}`, class: "rc-frame" }, parent);
  draw("text", { x: p.left + p.width / 2, y: bottom + 32, class: "rc-label" }, parent, xlabel);
  draw("text", { x: p.left - 30, y: p.top - 10, class: "rc-label rc-start" }, parent, ylabel);
}

function roundTicks(low, high, count) {
  const rough = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find((m) => m * unit >= rough * 0.999);
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= high / step + 1e-9; k += 1)
    ticks.push([k * step, String(Number((k * step).toPrecision(6)))]);
  return ticks;
}

// Many events, one drawing per frame: the last state wins.
function eachFrame(paint) {
  let asked = 0;
  const ask = () => {
    if (!asked) asked = requestAnimationFrame(() => { asked = 0; paint(); });
  };
  ask.stop = () => cancelAnimationFrame(asked);
  return ask;
}

function later(milliseconds, act) {
  let timer = 0;
  const ask = () => { clearTimeout(timer); timer = setTimeout(act, milliseconds); };
  ask.stop = () => clearTimeout(timer);
  return ask;
}

// Words under the picture change with it; a second, hidden copy is read out once they rest.
function readout(parent) {
  const shown = make("p", { class: "rc-words", "aria-hidden": "true" }, parent);
  const spoken = make("p", { class: "rc-spoken", role: "status", "aria-live": "polite" }, parent);
  let full = "";
  const speak = later(500, () => { spoken.textContent = full; });
  const say = (words, aloud = words) => {
    if (full === aloud) return;
    full = aloud;
    shown.textContent = words;
    speak();
  };
  say.stop = speak.stop;
  return say;
}

const KEYS = "Arrow keys: one step. Page Up and Page Down: to the next mark. Home and End: to the ends.";

// A range input with its value in words and buttons for landmarks. JupyterLab would take the
// arrow keys for itself without the attribute data-lm-suppress-shortcuts.
function slider(parent, { label, steps, value, landmarks, words, moved }) {
  const box = make("div", { class: "rc-control" }, parent);
  const name = make("label", { class: "rc-name" }, box);
  make("span", {}, name, label);
  // No <output>: it would be read out, and so is the input's own value.
  const shown = make("span", { class: "rc-value" }, name);
  const track = make("div", { class: "rc-track" }, box);
  const input = make("input", {
    type: "range", min: 0, max: steps, step: 1, value, "aria-label": label, title: KEYS,
    "data-lm-suppress-shortcuts": "true",
  }, track);
  const marks = make("div", { class: "rc-marks" }, track);
  let gliding = 0;

  const show = (text = words(Number(input.value))) => {
    shown.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  const settle = (step) => { input.value = step; show(); moved(Number(input.value)); };
  const stop = () => { cancelAnimationFrame(gliding); gliding = 0; };

  // A glide shows the way between two landmarks; who asked for less motion gets the jump.
  const glide = (goal) => {
    stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) { settle(goal); return; }
    const from = Number(input.value), start = performance.now();
    const tick = (now) => {
      const t = Math.min(1, (now - start) / 450);
      settle(Math.round(from + (goal - from) * (t * t * (3 - 2 * t))));
      if (t < 1) gliding = requestAnimationFrame(tick);
    };
    gliding = requestAnimationFrame(tick);
  };
  for (const [step, text] of landmarks) {
    const button = make("button", {
      type: "button", tabindex: -1, style: `left:${(100 * step) / steps}%`,
      "aria-label": `${label}: ${text}`, "data-lm-suppress-shortcuts": "true",
    }, marks, text);
    button.addEventListener("click", () => { input.focus({ preventScroll: true }); glide(step); });
  }
  input.addEventListener("input", () => { stop(); show(); moved(Number(input.value)); });
  // Page keys go from landmark to landmark.
  input.addEventListener("keydown", (event) => {
    const now = Number(input.value);
    const places = landmarks.map(([step]) => step);
    const goal = event.key === "PageUp" ? places.find((step) => step > now)
      : event.key === "PageDown" ? places.reverse().find((step) => step < now) : undefined;
    if (goal === undefined) return;
    event.preventDefault();
    glide(goal);
  });
  show();
  return {
    stop,
    focus: () => input.focus({ preventScroll: true }),
    // A value from the kernel may lie between two steps: its own words stand beside the nearest.
    set: (step, text) => { stop(); input.value = step; show(text); },
    toShare: (share) => { stop(); settle(Math.round(share * steps)); },
  };
}

// A point of a panel that follows the pointer, and the arrow keys when it has the focus.
function handle(svg, parent, p, { label, step, get, set }) {
  const group = draw("g", {
    class: "rc-handle", tabindex: 0, role: "application", "aria-label": label,
    "aria-roledescription": "movable point", "data-lm-suppress-shortcuts": "true",
  }, parent);
  draw("circle", { r: 18, class: "rc-grip" }, group);
  draw("circle", { r: 11, class: "rc-halo" }, group);
  draw("circle", { r: 6, class: "rc-ring" }, group);
  const bound = ([x, y]) => [
    Math.min(p.x[1] - 0.08, Math.max(p.x[0] + 0.08, x)),
    Math.min(p.y[1] - 0.08, Math.max(p.y[0] + 0.08, y)),
  ];
  let held = false;
  group.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held = true;
    group.setPointerCapture(event.pointerId);
    group.focus({ preventScroll: true });
    event.preventDefault();
  });
  group.addEventListener("pointermove", (event) => {
    if (held) set(bound(p.back(inside(svg, event))));
  });
  for (const name of ["pointerup", "pointercancel"])
    group.addEventListener(name, () => { held = false; });
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  group.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 5 * step : step;
    const [x, y] = get();
    const tidy = (v) => Math.round(v / step) * step;
    set(bound([tidy(x + far * way[0]), tidy(y + far * way[1])]));
  });
  return ([x, y]) => group.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
}

// Where an event is, in the drawing's own units.
function inside(svg, event) {
  const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(
    svg.getScreenCTM().inverse(),
  );
  return [spot.x, spot.y];
}

// Press or drag anywhere in a panel to move the slider, whose keys then go on from there.
function scrub({ svg, area, panel: p }, control) {
  let held = false;
  const go = (event) =>
    control.toShare(Math.min(1, Math.max(0, (inside(svg, event)[0] - p.left) / p.width)));
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held = true;
    area.setPointerCapture(event.pointerId);
    control.focus();
    event.preventDefault();
    go(event);
  });
  area.addEventListener("pointermove", (event) => { if (held) go(event); });
  for (const name of ["pointerup", "pointercancel"])
    area.addEventListener(name, () => { held = false; });
}
