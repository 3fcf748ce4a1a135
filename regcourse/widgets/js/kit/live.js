// What every live figure is: controls, pictures that follow them, and words for what is seen.

import { handle, scrub, slider } from "./controls.js";
import { make } from "./drawing.js";
import { keepKeys, keys } from "./keys.js";
import { lifetime } from "./life.js";

// JSON has no infinity.
const decoded = (value) => (value === "inf" ? Infinity : value);
const encoded = (value) => (value === Infinity ? "inf" : value);

// Show a figure in `el`, and return what takes it away again.
//
//   compute(given, state)  all numbers of one moment; `given` never changes, `state` is what moves
//   words(found)           what is seen, in lines: shown below, read out, and the static caption
//   controls(given)        sliders, see controls.js
//   parts(row, given)      pictures: { show(found) }, and if they can be taken hold of
//                          scrub: { svg, area, panel, moves } or point: { svg, panel, parent, ... }
//   hint(found, given)     how to use it, optional
//   look(given)            a class for the whole, optional
//
// An error in any of them is shown in the figure's place.
export function live(model, el, { compute, words, controls, parts, hint = null, look = null }) {
  const root = make("div", { class: "rc-live" }, el);
  const life = lifetime((error) => showError(root, error));
  life.guarded(setUp)();
  return life.end;

  function setUp() {
    const given = model.get("given"), start = model.get("start"), names = Object.keys(start);
    if (look) root.classList.add(look(given));
    let state = {};
    const get = () => state;
    const due = life.eachFrame(paint);
    const keep = life.later(150, () => {
      // All are read before one is set: each that is set sends an event, while others are old.
      const now = names.map((name) => [name, encoded(state[name])]);
      for (const [name, value] of now) model.set(name, value);
      model.save_changes();
    });
    const move = (changes) => { state = { ...state, ...changes }; due(); keep(); };

    const bar = make("div", { class: "rc-controls" }, root);
    const sliders = controls(given).map((control) => slider(bar, life, control, { get, move }));
    const reset = make("button", { type: "button", class: "rc-reset", ...keys("Enter", "Space") }, bar, "Reset");
    const row = make("div", { class: "rc-row" }, root);
    const drawn = parts(row, given);
    const points = drawn.filter((part) => part.point).map(({ point }) =>
      ({ ...point, place: handle(life, point, { get, move }) }));
    for (const { scrub: held } of drawn.filter((part) => part.scrub))
      scrub(life, held, sliders.find(({ moves }) => moves === held.moves));
    const note = make("p", { class: "rc-note" }, hint && root);
    const say = readout(root, life);

    const follow = (value) => {
      state = Object.fromEntries(names.map((name) => [name, decoded(value(name))]));
      for (const each of sliders) each.follow();
      due();
    };
    const fromKernel = life.guarded(() => follow((name) => model.get(name)));
    const changes = names.map((name) => `change:${name}`).join(" ");
    model.on(changes, fromKernel);
    life.atEnd(() => model.off(changes, fromKernel));
    life.on(reset, "click", () => { follow((name) => start[name]); keep(); });
    keepKeys(root, life);
    follow((name) => model.get(name));
    paint();
    keepInSight(root, life);

    function paint() {
      const found = compute(given, state);
      for (const part of drawn) part.show(found);
      for (const { panel, moves, place } of points) place(panel.at(state[moves]));
      if (hint) replaceText(note, hint(found, given));
      say(words(found));
    }
  }
}

function replaceText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Words under the picture change with it; a second, hidden copy is read out once they rest.
function readout(parent, life) {
  const shown = make("div", { class: "rc-words", "aria-hidden": "true" }, parent);
  const spoken = make("p", { class: "rc-spoken", role: "status", "aria-live": "polite" }, parent);
  let full = "";
  const speak = life.later(500, () => { spoken.textContent = full; });
  return (lines) => {
    if (full === lines.join(" ")) return;
    full = lines.join(" ");
    shown.replaceChildren(...lines.map((line) => make("p", {}, null, line)));
    speak();
  };
}

// After Shift+Enter JupyterLab has gone on to the next cell before the figure is there: bring it
// back into sight, once, as soon as it has a size. Run All ends elsewhere and is left there.
function keepInSight(root, life) {
  const seen = new ResizeObserver(() => {
    seen.disconnect();
    const cell = root.closest(".jp-Cell");
    const active = [cell, cell?.nextElementSibling].some((near) => near?.matches(".jp-mod-active"));
    if (active) root.scrollIntoView({ block: "nearest" });
  });
  seen.observe(root);
  life.atEnd(() => seen.disconnect());
}

function showError(root, error) {
  console.error(error);
  root.classList.add("rc-broken");
  root.replaceChildren();
  const box = make("div", { class: "rc-error", role: "alert" }, root);
  make("p", {}, box, "This figure stopped working. Run its cell again; if that does not help, "
    + "tell whoever looks after the course, with this message:");
  make("code", {}, box, String(error));
}
