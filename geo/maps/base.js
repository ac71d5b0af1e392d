/* Base: the offline land and water, and the online tiles a reader may ask for. */
controlmap.base = (function (cm) {
  var TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
  var STYLES = {
    land: {stroke: false, fill: true, fillColor: "#f6f2e9", fillOpacity: 1, fillRule: "evenodd"},
    lakes: {stroke: true, color: "#a9c1cb", weight: 0.7, fill: true, fillColor: "#d3e0e5", fillOpacity: 1},
    rivers: {stroke: true, color: "#a3c0cc", weight: 1.2, fill: false},
    provinces: {stroke: true, color: "#b9b09f", weight: 0.9, dashArray: "3 3", fill: false},
    coast: {stroke: true, color: "#8fa9b3", weight: 0.9, fill: false},
    borders: {stroke: true, color: "#837b6e", weight: 1.3, fill: false}
  };

  function pane(map, name, order, inert) {
    var made = map.createPane(name);
    made.style.zIndex = order;
    if (inert) made.style.pointerEvents = "none";
    return made;
  }

  /* [x, y, dx, dy ...] in steps -> [[x, y] ...] in steps */
  function corners(flat) {
    var out = [], x = 0, y = 0;
    for (var i = 0; i < flat.length; i += 2) { x += flat[i]; y += flat[i + 1]; out.push([x, y]); }
    return out;
  }

  function degrees(line, steps) {
    return line.map(function (c) { return [c[1] / steps, c[0] / steps]; });
  }

  /* The edges of land that are a coast: not those along which a part of the base was cut. */
  function coast(ring, part) {
    var out = [], now = [];
    for (var i = 1; i < ring.length; i += 1) {
      var a = ring[i - 1], b = ring[i];
      var cut = a[0] === b[0] && part.xs.indexOf(a[0]) >= 0 || a[1] === b[1] && part.ys.indexOf(a[1]) >= 0;
      if (cut) { if (now.length) out.push(now); now = []; }
      else { if (!now.length) now.push(a); now.push(b); }
    }
    if (now.length) out.push(now);
    return out;
  }

  function shapes(part, name) {
    var lines = (name === "coast" ? part.land : part[name]).map(corners);
    if (name === "coast") lines = lines.reduce(function (all, ring) { return all.concat(coast(ring, part)); }, []);
    return lines.map(function (line) { return degrees(line, part.steps); });
  }

  /* Draws the vector base; returns {tiles(on)} to switch the online layer. */
  function draw(map) {
    pane(map, "ground", 150, true);
    pane(map, "lines", 210, true);
    var renderers = {ground: L.svg({pane: "ground", padding: 0.5}), lines: L.svg({pane: "lines", padding: 0.5})};
    var land = [], tiles = null;
    Object.keys(STYLES).forEach(function (name) {
      var where = name === "land" || name === "lakes" ? "ground" : "lines";
      var style = Object.assign({interactive: false, smoothFactor: 0.6, pane: where, renderer: renderers[where]}, STYLES[name]);
      cm.data.base.parts.forEach(function (part) {
        var found = shapes(part, name);
        if (!found.length) return;
        var layer = (where === "ground" ? L.polygon(found, style) : L.polyline(found, style)).addTo(map);
        if (name !== "borders") land.push(layer);
      });
    });
    return {
      /* The only place from which the page ever asks another computer for anything. */
      tiles: function (on) {
        if (on && !tiles) tiles = L.tileLayer(TILES, {maxZoom: 19, crossOrigin: false, className: "tiles"});
        land.forEach(function (layer) { if (on) layer.remove(); else layer.addTo(map); });
        if (tiles && on) tiles.addTo(map);
        if (tiles && !on) tiles.remove();
      }
    };
  }

  return {draw: draw, pane: pane};
})(controlmap);
