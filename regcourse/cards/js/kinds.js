// The five kinds of cards: how each is answered by keyboard and by mouse, and how it looks
// afterwards, with the guess beside what is right.
//
// A kind is a function of { body, card, picture, on, commit } that fills `body` and returns
//   first         what gets the focus
//   hint          which keys there are
//   key(event)    whether it took a key
//   guess(), ready(), complain(problem)   where more than one thing can be picked before Enter

import { numberIn } from "./judge.js";
import { make, text } from "./page.js";
import { place } from "./place.js";

const letters = (card) => Object.keys(card.options).sort();
const span = (card) => `${letters(card)[0]} to ${letters(card).at(-1)}`;

// The letter that a key stands for, as itself or as its digit.
function lettered(event, all) {
  const digit = "123456".indexOf(event.key);
  const letter = event.key.length === 1 && digit >= 0 ? all[digit] : event.key.toLowerCase();
  return all.includes(letter) ? letter : null;
}

function option(parent, attributes, letter, words) {
  const button = make("button", { type: "button", class: "pc-option", ...attributes }, parent);
  make("span", { class: "pc-letter", "aria-hidden": "true" }, button, letter);
  text(make("span", { class: "pc-words" }, button), words);
  return button;
}

// Arrow keys go from one to the next, and Tab leaves the group.
function roving(buttons) {
  const to = (k) => {
    buttons.forEach((button, i) => { button.tabIndex = i === k ? 0 : -1; });
    buttons[k].focus({ preventScroll: true });
  };
  buttons.forEach((button, i) => { button.tabIndex = i ? -1 : 0; });
  return (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return false;
    const now = buttons.indexOf(document.activeElement), many = buttons.length;
    to(now < 0 ? (step > 0 ? 0 : many - 1) : (now + step + many) % many);
    return true;
  };
}

function choice({ body, card, on, commit }) {
  const group = make("div", { role: "radiogroup", "aria-label": card.ask, tabindex: -1 }, body);
  const buttons = letters(card).map((letter) => {
    const button = option(group, { role: "radio", "aria-checked": "false" }, letter, card.options[letter]);
    on(button, "click", () => commit(letter));
    return button;
  });
  const moves = roving(buttons);
  const key = (event) => {
    const letter = lettered(event, letters(card));
    if (letter) commit(letter);
    return Boolean(letter) || moves(event);
  };
  // The group and no option: nothing is suggested, and Enter picks nothing by chance.
  return { first: group, hint: `Press ${span(card)}`, key };
}

function choices({ body, card, on }) {
  const group = make("div", { role: "group", "aria-label": card.ask, tabindex: -1 }, body);
  const all = letters(card), picked = new Set();
  const toggle = (letter, button) => {
    if (!picked.delete(letter)) picked.add(letter);
    button.setAttribute("aria-checked", picked.has(letter));
  };
  const buttons = all.map((letter) => {
    const button = option(group, { role: "checkbox", "aria-checked": "false" }, letter, card.options[letter]);
    on(button, "click", () => toggle(letter, button));
    return button;
  });
  const moves = roving(buttons), problem = note(body);
  return {
    first: group,
    hint: `Press ${span(card)}, one or more, then Enter`,
    key(event) {
      const letter = lettered(event, all);
      if (letter) toggle(letter, buttons[all.indexOf(letter)]);
      return Boolean(letter) || moves(event);
    },
    guess: () => [...picked].sort().join(""),
    ready: () => (picked.size ? "" : "Pick one or more."),
    complain: problem,
  };
}

function number({ body, card }) {
  const line = make("label", { class: "pc-line" }, body);
  const input = make("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": card.ask, class: "pc-input",
  }, line);
  if (card.unit) make("span", {}, line, card.unit);
  const problem = note(body), value = () => numberIn(input.value, card.unit);
  return {
    first: input,
    hint: "Type a number, then Enter",
    key: () => false,
    guess: value,
    ready: () => (Number.isNaN(value()) ? "Type a number, such as 0.25, 1/4 or 2e-3." : ""),
    complain(words) { problem(words); input.setAttribute("aria-invalid", "true"); input.focus(); },
  };
}

function order({ body, card, on }) {
  const list = make("ol", { class: "pc-items", "aria-label": card.ask }, body);
  const said = make("p", { class: "pc-spoken", role: "status" }, body);
  const rows = letters(card).map((letter) => {
    const row = make("li", {}, list);
    const item = option(row, { "aria-roledescription": "item to move", "data-letter": letter }, letter, card.options[letter]);
    for (const [words, way] of [["\u25b2", -1], ["\u25bc", 1]]) {
      const name = `Move ${letter} ${way < 0 ? "up" : "down"}`;
      const arrow = make("button", { type: "button", class: "pc-arrow", tabindex: -1, "aria-label": name }, row, words);
      on(arrow, "click", () => move(row, way));
    }
    drag(row, item);
    return row;
  });
  const of = (row) => row.querySelector(".pc-option");
  const now = () => [...list.children].map((row) => of(row).dataset.letter);
  const move = (row, way) => {
    const other = way < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (way < 0) other.before(row);
    else other.after(row);
    of(row).focus({ preventScroll: true });
    said.textContent = `${of(row).dataset.letter}: place ${now().indexOf(of(row).dataset.letter) + 1} of ${rows.length}`;
  };

  // A row changes places with the one whose middle the pointer has passed.
  function drag(row, item) {
    let held = false;
    on(item, "pointerdown", (event) => {
      held = event.button === 0;
      if (held) item.setPointerCapture(event.pointerId);
    });
    on(item, "pointermove", (event) => {
      if (!held) return;
      const middle = (other) => {
        const box = other?.getBoundingClientRect();
        return box && box.top + box.height / 2;
      };
      if (event.clientY < middle(row.previousElementSibling)) move(row, -1);
      else if (event.clientY > middle(row.nextElementSibling)) move(row, 1);
      else return;
      item.setPointerCapture(event.pointerId); // moving it in the page let it go
    });
    for (const end of ["pointerup", "pointercancel"]) on(item, end, () => { held = false; });
  }

  return {
    first: of(rows[0]),
    hint: "Arrow keys move an item, its letter takes it; then Enter",
    key(event) {
      const letter = lettered(event, letters(card));
      if (letter) of(rows[letters(card).indexOf(letter)]).focus({ preventScroll: true });
      const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const row = document.activeElement.closest(".pc-items > li");
      if (way && row) move(row, way);
      return Boolean(letter || way);
    },
    guess: () => now().join(""),
    ready: () => "",
    complain() {},
  };
}

function note(parent) {
  const line = make("p", { class: "pc-note", role: "alert" }, parent);
  return (words) => { line.textContent = words; };
}

// How it looks afterwards.

function marked(parent, letter, words, { yours, right }) {
  const row = make("li", { class: `pc-option${right ? " pc-is-right" : ""}${yours ? " pc-is-yours" : ""}` }, parent);
  make("span", { class: "pc-letter", "aria-hidden": "true" }, row, letter);
  text(make("span", { class: "pc-words" }, row), words);
  if (right) make("span", { class: "pc-mark" }, row, "\u2713 right");
  if (yours) make("span", { class: "pc-mark" }, row, "your guess");
}

function toldOptions({ body, card, answer, guess }) {
  const list = make("ul", { class: "pc-list" }, body);
  for (const letter of letters(card))
    marked(list, letter, card.options[letter], { yours: guess?.includes(letter), right: answer.right.includes(letter) });
}

function toldNumber({ body, card, guess }) {
  if (guess !== null) make("p", {}, body, `Your guess: ${guess}${card.unit ? ` ${card.unit}` : ""}`);
}

function toldOrder({ body, card, answer, guess }) {
  const list = make("ol", { class: "pc-list" }, body);
  [...answer.right].forEach((letter, k) => {
    const row = make("li", { class: "pc-option" }, list);
    make("span", { class: "pc-letter", "aria-hidden": "true" }, row, letter);
    text(make("span", { class: "pc-words" }, row), card.options[letter]);
    if (guess !== null && guess[k] !== letter)
      make("span", { class: "pc-mark" }, row, `your place ${guess.indexOf(letter) + 1}`);
  });
}

export const kinds = {
  choice: Object.assign(choice, { told: toldOptions }),
  choices: Object.assign(choices, { told: toldOptions }),
  number: Object.assign(number, { told: toldNumber }),
  order: Object.assign(order, { told: toldOrder }),
  place,
};
