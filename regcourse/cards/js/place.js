// A place in a picture: the lesson's own drawing, and a mark on top of it.

import { make } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// The picture, in units of its drawing: `left`, `top`, `width`, `height` of the axes, `x` and `y`
// their ends, `log` which of them are logarithmic.
function shown(parent, picture, attributes = {}) {
  const box = make("div", { class: "pc-picture", ...attributes }, parent);
  // Names of parts are unique on a page: the lesson may show the same picture.
  box.innerHTML = picture.html.replaceAll(/\brc-[0-9a-f]{10}-/g, "$&card-");
  const svg = box.querySelector("svg");
  const share = (value, [low, high], log) =>
    (log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
  const back = (part, [low, high], log) =>
    (log ? low * (high / low) ** part : low + part * (high - low));
  const { left, top, width, height, x, y, log } = picture;
  return {
    box, svg,
    at: (point) => [left + width * share(point[0], x, log[0]), top + height * (1 - share(point[1], y, log[1]))],
    from: (px, py) => [back(within((px - left) / width), x, log[0]), back(within(1 - (py - top) / height), y, log[1])],
    step: [width / 40, height / 40],
  };
}

const within = (part) => Math.min(1, Math.max(0, part));
const inWords = (point) => point.map((value) => Number(value.toPrecision(3))).join(", ");

function mark(svg, kind, [x, y]) {
  const group = svg.appendChild(document.createElementNS(SVG, "g"));
  group.setAttribute("class", `pc-spot pc-${kind}`);
  group.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);
  const shape = group.appendChild(document.createElementNS(SVG, "path"));
  shape.setAttribute("d", kind === "yours" ? "M-6 -6L6 6M-6 6L6 -6" : "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M0 -3V3M-3 0H3");
  return group;
}

export function place({ body, card, picture, on }) {
  const view = shown(body, picture, {
    tabindex: 0, role: "application", "aria-roledescription": "picture to point into", "aria-label": card.ask,
  });
  const said = make("p", { class: "pc-note", role: "status" }, body);
  let point = null, spot = null;

  const put = (px, py) => {
    point = view.from(px, py);
    spot?.remove();
    spot = mark(view.svg, "yours", view.at(point));
    said.textContent = `Your place: ${inWords(point)}`;
  };
  on(view.svg, "click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(view.svg.getScreenCTM().inverse());
    put(at.x, at.y);
    view.box.focus({ preventScroll: true });
  });
  return {
    first: view.box,
    hint: "Click, or move a mark with arrow keys; then Enter",
    key(event) {
      const way = WAYS[event.key];
      if (!way) return false;
      const { left, top, width, height } = picture;
      const far = event.shiftKey ? 5 : 1;
      const [px, py] = point ? view.at(point) : [left + width / 2, top + height / 2];
      put(px + (point ? far * way[0] * view.step[0] : 0), py - (point ? far * way[1] * view.step[1] : 0));
      return true;
    },
    guess: () => point.map((value) => Number(value.toPrecision(4))),
    ready: () => (point ? "" : "Point into the picture first."),
    complain(words) { said.textContent = words; },
  };
}

place.told = ({ body, answer, guess, picture }) => {
  const view = shown(body, picture);
  mark(view.svg, "right", view.at(answer.right));
  if (guess !== null) mark(view.svg, "yours", view.at(guess));
  const line = make("p", { class: "pc-note" }, body);
  if (guess !== null) make("span", {}, line, `\u2715 your guess (${inWords(guess)})`);
  make("span", {}, line, "\u2295 right");
};
