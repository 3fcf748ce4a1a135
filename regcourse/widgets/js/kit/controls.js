// What a hand or a key can take hold of: a slider with landmarks, a point of a picture, a panel.
// `life` keeps the listeners, see life.js; `get` reads the state and `move` changes it.

import { draw, inside, make } from "./drawing.js";
import { ARROWS, keys } from "./keys.js";

const HELP = "Arrow keys: one step. Page Up and Page Down: to the next mark. Home and End: to the ends.";

// A range input over `steps` equal steps of its own scale: `value(step)` and back `step(value)`,
// with the value in words, `name(value)`, and buttons for landmarks, [value, label].
export function slider(parent, life, { moves, label, steps, value, step, name, landmarks }, { get, move }) {
  const box = make("div", { class: "rc-control" }, parent);
  const title = make("label", { class: "rc-name" }, box);
  make("span", {}, title, label);
  // No <output>: it would be read out, and so is the input's own value.
  const shown = make("span", { class: "rc-value" }, title);
  const track = make("div", { class: "rc-track" }, box);
  const input = make("input", {
    type: "range", min: 0, max: steps, step: 1, "aria-label": label, title: HELP,
    ...keys(...ARROWS, "PageUp", "PageDown", "Home", "End"),
  }, track);
  const marks = make("div", { class: "rc-marks" }, track);
  let gliding = 0;

  const stop = () => { cancelAnimationFrame(gliding); gliding = 0; };
  const settle = (goal) => {
    input.value = goal;
    move({ [moves]: value(Number(input.value)) });
    show();
  };
  const show = () => {
    const text = name(get()[moves]);
    shown.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };

  // A glide shows the way between two landmarks; who asked for less motion gets the jump.
  const glide = (goal) => {
    stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) { settle(goal); return; }
    const from = Number(input.value), start = performance.now();
    const tick = life.guarded((now) => {
      const t = Math.min(1, Math.max(0, (now - start) / 450));
      settle(Math.round(from + (goal - from) * (t * t * (3 - 2 * t))));
      gliding = t < 1 ? requestAnimationFrame(tick) : 0;
    });
    gliding = requestAnimationFrame(tick);
  };
  const places = landmarks.map(([mark]) => step(mark));
  landmarks.forEach(([, text], k) => {
    const button = make("button", {
      type: "button", tabindex: -1, style: `left:${(100 * places[k]) / steps}%`,
      "aria-label": `${label}: ${text}`, ...keys("Enter", "Space"),
    }, marks, text);
    life.on(button, "click", () => { focus(); glide(places[k]); });
  });
  life.on(input, "input", () => { stop(); settle(input.value); });
  // Page keys go from landmark to landmark.
  life.on(input, "keydown", (event) => {
    const now = Number(input.value);
    const goal = event.key === "PageUp" ? places.find((place) => place > now)
      : event.key === "PageDown" ? places.findLast((place) => place < now) : undefined;
    if (goal === undefined) return;
    event.preventDefault();
    glide(goal);
  });
  const focus = () => input.focus({ preventScroll: true });
  return {
    moves,
    focus,
    // A value from the kernel may lie between two steps: its own words stand beside the nearest.
    follow: () => { stop(); input.value = step(get()[moves]); show(); },
    toShare: (share) => { stop(); settle(Math.round(share * steps)); },
  };
}

// A point of a panel that follows the pointer, and the arrow keys when it has the focus.
export function handle(life, { svg, panel: p, parent, label, moves, step }, { get, move }) {
  const shifted = ARROWS.map((key) => `Shift+${key}`);
  const group = draw("g", {
    class: "rc-handle", tabindex: 0, role: "application", "aria-label": label,
    "aria-roledescription": "movable point", ...keys(...ARROWS, ...shifted),
  }, parent);
  draw("circle", { r: 18, class: "rc-grip" }, group);
  draw("circle", { r: 11, class: "rc-halo" }, group);
  draw("circle", { r: 6, class: "rc-ring" }, group);
  const bound = ([x, y]) => [
    Math.min(p.x[1] - 0.08, Math.max(p.x[0] + 0.08, x)),
    Math.min(p.y[1] - 0.08, Math.max(p.y[0] + 0.08, y)),
  ];
  dragged(life, group, {
    taken: () => group.focus({ preventScroll: true }),
    to: (event) => move({ [moves]: bound(p.back(inside(svg, event))) }),
  });
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  life.on(group, "keydown", (event) => {
    const way = ways[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 5 * step : step;
    const [x, y] = get()[moves];
    const tidy = (v) => Math.round(v / step) * step;
    move({ [moves]: bound([tidy(x + far * way[0]), tidy(y + far * way[1])]) });
  });
  return ([x, y]) => group.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
}

// Press or drag anywhere in a panel to move a slider, whose keys then go on from there.
export function scrub(life, { svg, area, panel: p }, control) {
  const to = (event) =>
    control.toShare(Math.min(1, Math.max(0, (inside(svg, event)[0] - p.left) / p.width)));
  dragged(life, area, { taken: (event) => { control.focus(); to(event); }, to });
}

// The main button alone takes hold: the right one opens a menu.
function dragged(life, element, { taken, to }) {
  let held = false;
  life.on(element, "pointerdown", (event) => {
    if (event.button !== 0) return;
    held = true;
    element.setPointerCapture(event.pointerId);
    event.preventDefault();
    taken(event);
  });
  life.on(element, "pointermove", (event) => { if (held) to(event); });
  for (const name of ["pointerup", "pointercancel"]) life.on(element, name, () => { held = false; });
}
