// Numbers as words. The twin of twins/words.py: change both or none.

// Two decimals, and never a minus before zero.
export function number(value) {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

// Three significant digits, and no zeros behind them.
export const plain = (value) => String(Number(value.toPrecision(3)));

// (0.90, -0.30)
export const point = (w) => `(${number(w[0])}, ${number(w[1])})`;

// A share of something, with two decimals: never none or all of it where it is only nearly so.
export function keptLabel(share) {
  const label = number(share);
  return label === "0.00" && share > 0 ? "<0.01" : label === "1.00" && share < 1 ? ">0.99" : label;
}

// The same as a percentage.
export function keptWords(share) {
  const percent = Math.floor(100 * share + 0.5);
  if (percent === 0 && share > 0) return "less than 1 %";
  return percent === 100 && share < 1 ? "more than 99 %" : `${percent} %`;
}
