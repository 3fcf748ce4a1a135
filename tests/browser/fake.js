// A model without a kernel, as anywidget hands it to a figure, and a figure to go with it.

export function fakeModel(traits) {
  const heard = new Map();
  return {
    traits, heard, saved: [],
    get: (name) => traits[name],
    set(name, value) {
      traits[name] = value;
      for (const [names, act] of heard) if (names.split(" ").includes(`change:${name}`)) act();
    },
    save_changes() { this.saved.push({ ...traits }); },
    on: (names, act) => heard.set(names, act),
    off: (names) => heard.delete(names),
  };
}

// One slider from 0 to 10 and a point; `wrong` replaces any part of it.
export function toy(kit, wrong = {}) {
  const painted = [];
  return {
    painted,
    compute: (given, { x, spot }) => ({ x, spot, twice: given.by * x }),
    words: ({ x, twice }) => [`x = ${x}.`, `Twice that is ${twice}.`],
    controls: () => [{
      moves: "x", label: "x", steps: 10, value: (k) => k, step: (x) => Math.min(10, x),
      name: String, landmarks: [[0, "0"], [5, "5"], [10, "10"]],
    }],
    parts(row) {
      const svg = kit.picture(row, 100, 100, "a square");
      const box = kit.panel(0, 0, 100, 100, [0, 1], [0, 1]);
      return [{
        scrub: { svg, area: kit.pressable(svg, box), panel: box, moves: "x" },
        point: { svg, panel: box, parent: svg, moves: "spot", label: "spot", step: 0.1 },
        show: (found) => painted.push(found),
      }];
    },
    ...wrong,
  };
}

export const traits = () =>
  ({ given: { by: 2 }, start: { x: 1, spot: [0.5, 0.5] }, x: 4, spot: [0.2, 0.2] });
