// The part of a rectangle in which a field is positive, as polygons along a grid.
// `field` takes many points and gives as many values.
export function positiveRegion(field, x, y, cells = 60) {
  const step = (x[1] - x[0]) / cells, rows = Math.ceil((y[1] - y[0]) / step);
  const line = (r) => {
    const points = Array.from({ length: cells + 1 }, (_, k) => [x[0] + k * step, y[0] + r * step]);
    const values = field(points);
    return points.map((point, k) => [point, values[k]]);
  };
  const found = [];
  let below = line(0);
  for (let r = 1; r <= rows; r += 1) {
    const above = line(r);
    let whole = null; // cells side by side that are positive all over make one rectangle
    for (let k = 0; k < cells; k += 1) {
      const corners = [below[k], below[k + 1], above[k + 1], above[k]];
      if (corners.every(([, value]) => value > 0)) {
        if (!whole) found.push(whole = [below[k][0], null, null, above[k][0]]);
        [whole[1], whole[2]] = [below[k + 1][0], above[k + 1][0]];
      } else {
        whole = null;
        const part = positivePart(corners, field);
        if (part.length) found.push(part);
      }
    }
    below = above;
  }
  return found;
}

// The part of one cell; each crossing of an edge is found by halving.
function positivePart(corners, field) {
  const part = [];
  corners.forEach(([point, value], k) => {
    const [next, after] = corners[(k + 1) % 4];
    if (value > 0) part.push(point);
    if (value > 0 === after > 0) return;
    let [low, high] = value > 0 ? [next, point] : [point, next];
    for (let halving = 0; halving < 6; halving += 1) {
      const middle = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
      if (field([middle])[0] > 0) high = middle;
      else low = middle;
    }
    part.push(high);
  });
  return part;
}
