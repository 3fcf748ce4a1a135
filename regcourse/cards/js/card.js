// A prediction card in JupyterLab: it asks, and what the rest of its cell shows stays out of sight
// (js/still.css sees to that) until there is a guess. Everything that it says comes from `card` and
// `answer`; what becomes of the guess goes to the kernel as `said`.

import { kinds } from "./kinds.js";
import { howRight, judge } from "./judge.js";
import { make, text } from "./page.js";

const KEYS = "data-lm-suppress-shortcuts";
const OURS = ["Enter", "Backspace", "Delete", "Home", "End", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

function render({ model, el }) {
  const root = make("div", { class: "pc-card", role: "group", tabindex: -1 }, el);
  const over = new AbortController();
  const on = (target, name, act, options = {}) =>
    target.addEventListener(name, act, { ...options, signal: over.signal });
  const card = model.get("card"), answer = model.get("answer");
  let asking = null, after = null, waiting = 0;

  root.dataset.name = card.name;
  root.setAttribute("aria-label", card.ask);
  keepKeys();
  on(root, "keydown", pressed);
  model.on("change:back", show);
  model.on("change:kept", lateness);
  over.signal.addEventListener("abort", () => {
    model.off("change:back", show);
    model.off("change:kept", lateness);
    clearTimeout(waiting);
    after?.remove();
  });
  show();
  if (asking) takeFocus();
  return () => over.abort();

  function show() {
    const said = model.get("said");
    after?.remove();
    after = asking = null;
    root.replaceChildren();
    root.classList.toggle("pc-told", "outcome" in said);
    text(make("p", { class: "pc-ask" }, root), card.ask);
    try {
      if ("outcome" in said) tell(said);
      else ask();
    } catch (error) {
      broken(error);
    }
  }

  function ask() {
    const body = make("div", { class: `pc-body pc-${card.kind}` }, root);
    asking = kinds[card.kind]({ body, card, picture: model.get("picture"), on, commit, over });
    const foot = make("div", { class: "pc-foot" }, root);
    make("span", { class: "pc-hint" }, foot, `${asking.hint}. s skips.`);
    if (asking.ready) {
      const done = make("button", { type: "button", class: "pc-button pc-done" }, foot, "That is my guess");
      on(done, "click", () => finish());
    }
    const skip = make("button", { type: "button", class: "pc-button" }, foot, "Skip");
    on(skip, "click", () => commit(null));
  }

  function finish() {
    const problem = asking.ready();
    if (problem) asking.complain(problem);
    else commit(asking.guess());
  }

  function commit(guess) {
    const outcome = guess === null ? "skipped" : judge(card.kind, answer, guess).outcome;
    const held = root.contains(document.activeElement);
    model.set("said", { guess, outcome });
    model.save_changes();
    waiting = setTimeout(lateness, 2000);
    if (held) goOn();
    show();
    // The rest of the cell takes its place in the next frame.
    requestAnimationFrame(() => inSight(root.closest(".jp-Cell-outputWrapper") ?? root));
  }

  function tell({ guess, outcome }) {
    const { said } = outcome === "skipped" ? { said: [] } : judge(card.kind, answer, guess);
    const body = make("div", { class: `pc-body pc-${card.kind}` }, root);
    kinds[card.kind].told({ body, card, answer, guess, picture: model.get("picture") });
    const line = make("p", { class: "pc-verdict", role: "status" }, root);
    const start = { right: "As you predicted.", wrong: "Not what you predicted.", skipped: "Skipped." };
    make("strong", { class: `pc-${outcome}` }, line, start[outcome]);
    if (outcome !== "right" || card.kind === "number")
      make("span", { class: asLetters(card) ? "pc-spoken" : "" }, line, ` It is ${howRight(card, answer)}`);
    for (const sentence of said) text(make("span", {}, line, " "), sentence);
    const again = make("button", { type: "button", class: "pc-button pc-again" }, line, "ask me again");
    on(again, "click", () => { model.set("said", {}); model.save_changes(); show(); focus(); });
    debrief();
  }

  // The card judges by itself; that its guess is kept is the kernel's to say, and after a lesson was
  // opened again there is none that knows the card.
  function lateness() {
    clearTimeout(waiting);
    const { outcome } = model.get("said");
    const late = outcome && model.get("kept") !== outcome;
    root.querySelector(".pc-late")?.remove();
    if (late) make("p", { class: "pc-note pc-late", role: "status" }, root,
      "Not kept yet: the kernel is busy, or this cell must be run again.");
  }

  // The insight comes after what it explains: below the last output of the cell.
  function debrief() {
    const area = root.closest(".jp-OutputArea");
    after = make("div", { class: "jp-OutputArea-child pc-after" });
    make("div", { class: "jp-OutputPrompt jp-OutputArea-prompt" }, area && after);
    const box = make("div", { class: "jp-OutputArea-output pc-debrief" }, after);
    text(make("p", {}, box), answer.debrief);
    const back = model.get("back");
    if (back.length) {
      make("p", {}, box, "Of this lesson's predictions, look at these again:");
      const list = make("ul", {}, box);
      for (const asked of back) text(make("li", {}, list), asked);
    }
    (area ?? root).append(after);
  }

  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !asking) return;
    if (event.key === "s" && !event.shiftKey) stop(event, () => commit(null));
    else if (event.key === "Enter" && asking.ready && !event.target.matches("button.pc-button"))
      stop(event, finish);
    else if (asking.key(event)) stop(event);
  }

  function stop(event, act = () => {}) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // JupyterLab listens in the document's capture phase, and letters are its commands: d d deletes a
  // cell. It leaves alone what carries this attribute, so it is there while a key of ours passes.
  // Shift+Enter goes on to the next cell, as it does everywhere; Esc leaves the card.
  function keepKeys() {
    on(window, "keydown", (event) => {
      if (!root.contains(event.target)) return;
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const leaves = event.shiftKey && event.key === "Enter";
      // On the target, as selectors are tried on it first.
      event.target.toggleAttribute(KEYS, plain && !leaves && (event.key.length === 1 || OURS.includes(event.key)));
      if (plain && leaves) goOn();
      if (plain && event.key === "Escape") root.closest(".jp-Cell")?.focus({ preventScroll: true });
    }, { capture: true });
  }

  // A cell that has the focus is the active one.
  function goOn() {
    const next = root.closest(".jp-Cell")?.nextElementSibling;
    if (next?.matches(".jp-Cell")) next.focus({ preventScroll: true });
    else root.focus({ preventScroll: true });
  }

  function focus() {
    (asking?.first ?? root).focus({ preventScroll: true });
    inSight(root);
  }

  // After Shift+Enter the next cell is the active one; after Run All it is the last one, and a cell
  // that stood in line does not ask for attention.
  function takeFocus() {
    const seen = new ResizeObserver(() => {
      seen.disconnect();
      const next = root.closest(".jp-Cell")?.nextElementSibling;
      const here = root.closest(".jp-Notebook")?.contains(document.activeElement);
      if (next?.matches(".jp-mod-active") && here && !model.get("queued")) focus();
    });
    seen.observe(root);
    over.signal.addEventListener("abort", () => seen.disconnect());
  }

  // A card that fails must not keep the result.
  function broken(error) {
    console.error(error);
    root.classList.add("pc-told");
    make("p", { role: "alert" }, root, `This card stopped working: ${error}`);
  }
}

const asLetters = (card) => card.kind === "choice" || card.kind === "choices";

function inSight(element) {
  const view = element.closest(".jp-WindowedPanel-outer, .jp-Notebook")?.clientHeight ?? innerHeight;
  const block = element.getBoundingClientRect().height > view ? "start" : "nearest";
  element.scrollIntoView({ block });
}

export default { render };
