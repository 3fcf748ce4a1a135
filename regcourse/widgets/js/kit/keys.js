// JupyterLab listens in the document's capture phase and would take a slider's arrow keys for its
// cells. It leaves an element alone that carries data-lm-suppress-shortcuts, and then with every
// key, Ctrl+S among them. So the attribute is there exactly while a key passes that is ours.

const OURS = "data-rc-keys", ALL = "data-lm-suppress-shortcuts";

const named = (event) =>
  [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.metaKey && "Meta", event.shiftKey && "Shift",
    event.key === " " ? "Space" : event.key].filter(Boolean).join("+");

// The attribute that says which keys an element uses; keepKeys reads it.
export const keys = (...names) => ({ [OURS]: names.join(" ") });

export const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

export function keepKeys(root, life) {
  const decide = (event) => {
    const own = root.contains(event.target) ? event.target.getAttribute(OURS) : null;
    if (own !== null) event.target.toggleAttribute(ALL, own.split(" ").includes(named(event)));
  };
  life.on(window, "keydown", decide, { capture: true });
  // Escape leaves the figure for its cell, whose keys go from cell to cell again.
  life.on(root, "keydown", (event) => {
    if (named(event) !== "Escape") return;
    event.target.blur();
    root.closest(".jp-Cell")?.focus({ preventScroll: true });
  });
}
