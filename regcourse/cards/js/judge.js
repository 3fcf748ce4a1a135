// What becomes of a guess: right or wrong, and the sentences for it. `_written.py` knows the same
// tolerances, so that no author writes a wrong answer that would be taken for the right one.

// A guess: the letters that were picked, sorted; a number; all letters in order; or [x, y].
export function judge(kind, answer, guess) {
  const right = isRight(kind, answer, answer.right, guess);
  return { outcome: right ? "right" : "wrong", said: sentences(kind, answer, guess, right) };
}

function isRight(kind, { within, factor }, right, guess) {
  if (kind === "place")
    return Math.hypot((guess[0] - right[0]) / within[0], (guess[1] - right[1]) / within[1]) <= 1;
  if (kind !== "number") return guess === right;
  if (within.length) return Math.abs(guess - right) <= within[0] * (1 + 1e-9);
  return guess * right > 0 && Math.max(guess / right, right / guess) <= factor * (1 + 1e-9);
}

function sentences(kind, answer, guess, right) {
  if (kind === "choice") return [answer.replies[guess]].filter(Boolean);
  if (kind === "choices") {
    // A sentence for each option that was picked or missed by mistake.
    const slips = Object.keys(answer.replies).filter((letter) =>
      guess.includes(letter) !== answer.right.includes(letter));
    return slips.sort().map((letter) => answer.replies[letter]);
  }
  if (right) return [];
  const known = answer.wrong.find(({ near }) => isRight(kind, answer, near, guess));
  return [(known ?? answer).reply];
}

// The right answer in words; `_still.py` says it in the same.
export function howRight({ kind, options, unit }, { right }) {
  const short = (value) => String(Number(value.toPrecision(3)));
  if (kind === "place") return `at (${right.map(short).join(", ")}).`;
  if (kind === "number") return `${short(right)}${unit ? ` ${unit}` : ""}.`;
  if (kind === "order") return `${[...right].join(", ")}.`;
  return [...right].map((letter) => `${letter}: ${options[letter]}`).join("; ");
}

// What somebody typed as a number: 0.5, 0,5, 50 %, 1/2, 5e-1; NaN if it is none.
export function numberIn(typed, unit = "") {
  let words = typed.trim().replace(/\u2212/g, "-").replace(",", ".");
  if (unit && words.endsWith(unit)) words = words.slice(0, -unit.length).trim();
  const [top, bottom = "1", ...more] = words.split("/").map((part) => part.trim());
  const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
  if (more.length || !number.test(top) || !number.test(bottom)) return NaN;
  const value = Number(top) / Number(bottom);
  return Number.isFinite(value) ? value : NaN;
}
