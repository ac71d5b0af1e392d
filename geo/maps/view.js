/* View: which part of the world is worth looking at. */
controlmap.view = (function () {
  var CELL = 2, MANY = 12, TAIL = 0.08, MUCH = 1000; // a change counts for more than any number of places held

  /* Groups of points that lie apart, as the base map has them: points in touching cells of 2 degrees are one. */
  function groups(points) {
    var cells = {}, out = [];
    points.forEach(function (p) {
      var key = Math.floor(p.lat / CELL) + "," + Math.floor(p.lon / CELL);
      (cells[key] = cells[key] || []).push(p);
    });
    Object.keys(cells).sort().forEach(function (first) {
      if (!cells[first]) return;
      var group = [], waiting = [first];
      while (waiting.length) {
        var key = waiting.pop(), at = key.split(",").map(Number), found = cells[key];
        if (!found) continue;
        group = group.concat(found);
        delete cells[key];
        for (var i = -1; i <= 1; i += 1) for (var j = -1; j <= 1; j += 1) waiting.push((at[0] + i) + "," + (at[1] + j));
      }
      out.push(group);
    });
    return out;
  }

  function between(values) {
    var sorted = values.slice().sort(function (a, b) { return a - b; }), cut = sorted.length >= MANY ? Math.floor(sorted.length * TAIL) : 0;
    return [sorted[cut], sorted[sorted.length - 1 - cut]];
  }

  function bounds(points) {
    var lats = between(points.map(function (p) { return p.lat; })), lons = between(points.map(function (p) { return p.lon; }));
    return L.latLngBounds([lats[0], lons[0]], [lats[1], lons[1]]);
  }

  function boxOf(spot) {
    return L.latLngBounds(spot.corners);
  }

  /* held, changed: places. The group with most of the day's changes, without the few places far from the rest of it. */
  function focus(held, changed) {
    function point(spot, weight) { return {lat: spot.lat, lon: spot.lon, weight: weight, spot: spot}; }
    var points = held.map(function (spot) { return point(spot, 1); }).concat(changed.map(function (spot) { return point(spot, MUCH); }));
    if (!points.length) return null;
    var best = null, most = 0;
    groups(points).forEach(function (group) {
      var weight = group.reduce(function (sum, p) { return sum + p.weight; }, 0);
      if (weight > most) { most = weight; best = group; }
    });
    var box = bounds(best);
    best.forEach(function (p) { if (p.weight === MUCH || best.length === 1) box.extend(boxOf(p.spot)); });
    return box;
  }

  function all(spots) {
    var box = null;
    spots.forEach(function (spot) { box = box ? box.extend(boxOf(spot)) : boxOf(spot); });
    return box;
  }

  return {focus: focus, all: all};
})();
