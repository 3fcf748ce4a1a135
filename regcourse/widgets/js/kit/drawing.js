// SVG elements, and panels that carry data to pixels.

const SVG = "http://www.w3.org/2000/svg";

function dressed(element, attributes, parent, words) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words !== null) element.textContent = words;
  if (parent) parent.appendChild(element);
  return element;
}

export const draw = (tag, attributes = {}, parent = null, words = null) =>
  dressed(document.createElementNS(SVG, tag), attributes, parent, words);

export const make = (tag, attributes = {}, parent = null, words = null) =>
  dressed(document.createElement(tag), attributes, parent, words);

// One drawing of a row. Its share of the row is its own width, so that all have the same scale.
export function picture(parent, width, height, label) {
  return draw("svg", {
    viewBox: `0 0 ${width} ${height}`, class: "rc-picture", role: "group", "aria-label": label,
    style: `--width: ${width}; --height: ${height}`,
  }, parent);
}

export function polyline(points, closed = false) {
  let path = "";
  for (const [x, y] of points) path += `${path ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`;
  return closed ? `${path}Z` : path;
}

export function moveTo(circle, [x, y]) {
  circle.setAttribute("cx", x);
  circle.setAttribute("cy", y);
}

// Data to pixels for a rectangle of the drawing; x may be logarithmic.
export function panel(left, top, width, height, x, y, log = false) {
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
export function clipped(parent, p) {
  return draw("svg", {
    x: p.left, y: p.top, width: p.width, height: p.height,
    viewBox: `${p.left} ${p.top} ${p.width} ${p.height}`,
  }, parent);
}

export function crossedAxes(parent, p) {
  const group = draw("g", { class: "rc-axis" }, parent);
  for (const ends of [[[p.x[0], 0], [p.x[1], 0]], [[0, p.y[0]], [0, p.y[1]]]])
    draw("path", { d: polyline(ends.map(p.at)) }, group);
}

// Axes left and below, light grid, ticks as [value, label].
export function frame(parent, p, xlabel, ylabel, xticks, yticks) {
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

export function roundTicks(low, high, count) {
  const rough = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find((m) => m * unit >= rough * 0.999);
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= high / step + 1e-9; k += 1)
    ticks.push([k * step, String(Number((k * step).toPrecision(6)))]);
  return ticks;
}

// The area to press or drag in, so that the slider goes there.
export function pressable(parent, p) {
  return draw("rect", {
    x: p.left, y: p.top, width: p.width, height: p.height, class: "rc-scrub",
  }, parent);
}

// Where an event is, in the drawing's own units.
export function inside(svg, event) {
  const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(
    svg.getScreenCTM().inverse(),
  );
  return [spot.x, spot.y];
}
