/* Marks: shapes per bloc, fills per condition, for the map and for the legend. */
controlmap.marks = (function (cm) {
  var defs = null, made = {};
  var INK = "#23211d", PAPER = "#ffffff", NONE = "#8a8a84";
  var SIZES = {country: 13, region: 12, governorate: 12, province: 12, district: 10, city: 10, town: 8.5, settlement: 7.5,
    neighbourhood: 6.5, village: 6.5};
  // Kinds that are no spot on the ground: their mark is hatched, like an area.
  var WIDE = ["country", "region", "governorate", "province", "district"];

  /* Corners of each shape on a circle of radius 1, the first at `turn` degrees from the top. */
  function ring(corners, turn, inner) {
    var out = [], count = inner ? corners * 2 : corners;
    for (var i = 0; i < count; i += 1) {
      var far = inner && i % 2 ? inner : 1, angle = (turn + i * 360 / count - 90) * Math.PI / 180;
      out.push([Math.cos(angle) * far, Math.sin(angle) * far]);
    }
    return out;
  }
  var arm = 0.38;
  var SHAPES = {
    square: {points: ring(4, 45), scale: 1.2}, diamond: {points: ring(4, 0), scale: 1.28},
    triangle: {points: ring(3, 0), scale: 1.38, low: 0.12}, down: {points: ring(3, 60), scale: 1.38, low: -0.12},
    pentagon: {points: ring(5, 0), scale: 1.15}, hexagon: {points: ring(6, 0), scale: 1.1},
    shield: {points: [[-0.9, -0.85], [0.9, -0.85], [0.9, 0.15], [0, 1.05], [-0.9, 0.15]], scale: 1.1, low: -0.1},
    star: {points: ring(5, 0, 0.5), scale: 1.4}, burst: {points: ring(10, 0, 0.72), scale: 1.3},
    cross: {points: [[-arm, -1], [arm, -1], [arm, -arm], [1, -arm], [1, arm], [arm, arm], [arm, 1], [-arm, 1],
      [-arm, arm], [-1, arm], [-1, -arm], [-arm, -arm]], scale: 1.1}
  };

  function circle(x, y, r) {
    return "M" + (x - r) + "," + y + "a" + r + "," + r + " 0 1,0 " + 2 * r + ",0a" + r + "," + r + " 0 1,0 " + -2 * r + ",0z";
  }

  function bar(x, y, w, h) {
    return "M" + (x - w) + "," + (y - h) + "h" + 2 * w + "v" + 2 * h + "h" + -2 * w + "z";
  }

  /* What is cut out of the shapes of sides that share one: none, dot, bar, upright bar, ring. */
  var CUTS = [
    function () { return ""; },
    function (x, y, r) { return circle(x, y, r * 0.36); },
    function (x, y, r) { return bar(x, y, r * 0.52, r * 0.2); },
    function (x, y, r) { return bar(x, y, r * 0.2, r * 0.52); },
    function (x, y, r) { return circle(x, y, r * 0.54) + circle(x, y, r * 0.28); }
  ];

  /* SVG path of a shape around a point. */
  function outline(shape, x, y, r, cut) {
    var known = SHAPES[shape], hole = cut ? CUTS[cut](x, y + (known && known.low || 0) * r, r) : "";
    if (!known) return circle(x, y, r) + hole;
    return "M" + known.points.map(function (p) {
      return (x + p[0] * r * known.scale).toFixed(1) + "," + (y + p[1] * r * known.scale).toFixed(1);
    }).join("L") + "z" + hole;
  }

  var Glyph = L.CircleMarker.extend({
    _updatePath: function () {
      var p = this._point, o = this.options;
      this._renderer._setPath(this, this._empty() ? "M0 0" : outline(o.shape, p.x, p.y, this._radius, o.cut));
    }
  });

  function definitions() {
    if (!defs) {
      var box = cm.svg("svg", {width: 0, height: 0, "aria-hidden": "true", "class": "defs"});
      defs = box.appendChild(cm.svg("defs"));
      document.body.appendChild(box);
    }
    return defs;
  }

  function once(id, build) {
    if (!made[id]) { definitions().appendChild(build(id)); made[id] = true; }
    return "url(#" + id + ")";
  }

  /* Equal stripes of several colours, by default side by side; `slant` leans them. */
  function split(colours, slant) {
    var id = "split" + (slant ? "s" : "") + colours.join("").replace(/#/g, "_");
    return once(id, function () {
      var gradient = cm.svg("linearGradient", slant ? {id: id, x1: 0, y1: 0, x2: 1, y2: 1} : {id: id});
      colours.forEach(function (colour, i) {
        [i, i + 1].forEach(function (at) {
          gradient.appendChild(cm.svg("stop", {offset: at / colours.length, "stop-color": colour}));
        });
      });
      return gradient;
    });
  }

  /* Hatching in the colours of the sides, for areas whose edge is an estimate. */
  function hatch(colours, fine) {
    var id = "hatch" + (fine ? "f" : "") + colours.join("").replace(/#/g, "_");
    return once(id, function () {
      var step = fine ? 4.5 : 7, size = step * colours.length;
      var pattern = cm.svg("pattern", {id: id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)"});
      if (fine) pattern.appendChild(cm.svg("rect", {x: 0, y: 0, width: size, height: size, fill: PAPER}));
      colours.forEach(function (colour, i) {
        pattern.appendChild(cm.svg("rect", {x: i * step, y: 0, width: 2.4, height: size, fill: colour}));
      });
      return pattern;
    });
  }

  function coloursOf(state) {
    var sides = [state.controller].concat(state.rivals || []).filter(Boolean), seen = [];
    sides.forEach(function (id) {
      var colour = cm.side(id).colour;
      if (seen.indexOf(colour) < 0) seen.push(colour);
    });
    return seen.length ? seen : [NONE];
  }

  /* Yellow needs a dark edge to stand out from paper. */
  function edge(side) { return side.shape === "shield" ? INK : PAPER; }

  /* {shape, cut, fill, stroke, weight, dash} for a state. */
  function look(state) {
    var who = cm.side(state.controller), colours = coloursOf(state), two = colours.length > 1 ? colours : [colours[0], PAPER];
    var wide = state.spot && WIDE.indexOf(state.spot.kind) >= 0;
    if (state.condition === "contested") return {shape: "burst", fill: split(two, true), stroke: INK, weight: 1.2, dash: null};
    if (state.condition === "disputed") return {shape: who.shape, fill: split(two), stroke: INK, weight: 1.6, dash: "3 2"};
    if (!state.controller) return {shape: "circle", fill: PAPER, stroke: NONE, weight: 2, dash: null};
    if (state.condition === "partly_held") return {shape: who.shape, fill: wide ? hatch(two) : split(two.slice(0, 2)), stroke: INK, weight: 1, dash: null};
    if (wide) return {shape: who.shape, fill: hatch([who.colour], true), stroke: who.colour, weight: 2, dash: null};
    return {shape: who.shape, cut: who.cut, fill: who.colour, stroke: edge(who), weight: 1.4, dash: null};
  }

  function radius(kind) {
    return SIZES[kind] || 6.5;
  }

  /* A small drawing of a mark, for legend and lists. */
  function icon(parts, size) {
    var side = size || 18, drawing = cm.svg("svg", {viewBox: "-10 -10 20 20", "aria-hidden": "true", "class": "icon"});
    drawing.style.width = drawing.style.height = side / 16 + "rem";
    parts.forEach(function (part) {
      var path = cm.svg("path", {d: outline(part.shape, 0, 0, part.r || 6, part.cut), fill: part.fill, stroke: part.stroke, "stroke-width": part.weight, "fill-rule": "evenodd"});
      if (part.dash) path.setAttribute("stroke-dasharray", part.dash);
      drawing.appendChild(path);
    });
    return drawing;
  }

  function stateIcon(state, size) {
    var style = look(state), parts = [];
    if (state.condition === "besieged") parts.push(siege(8.4));
    parts.push(Object.assign({r: state.condition === "besieged" ? 5 : 6.5}, style));
    return icon(parts, size);
  }

  function siege(r) {
    return {shape: "circle", fill: "none", stroke: INK, weight: 2.6, dash: "1.6 2.6", r: r};
  }

  function sideIcon(id, size) {
    var who = cm.side(id);
    if (!id) return icon([{shape: "circle", fill: PAPER, stroke: NONE, weight: 2, r: 5.5}], size);
    return icon([{shape: who.shape, cut: who.cut, fill: who.colour, stroke: edge(who), weight: 0.8, r: 6.8}], size);
  }

  /* Ring: who had it. Fill: who has it now. */
  function changeIcon(before, after, size) {
    var loser = cm.side(before), taker = cm.side(after);
    return icon([
      {shape: taker.shape, fill: PAPER, stroke: before ? loser.colour : NONE, weight: 2, r: 7.4, dash: before ? null : "2 2"},
      {shape: taker.shape, fill: after ? taker.colour : PAPER, stroke: edge(taker), weight: taker.shape === "shield" ? 0.6 : 0, r: 4.6}
    ], size);
  }

  function zoneIcon(colours, size) {
    var drawing = icon([], size);
    drawing.appendChild(cm.svg("rect", {x: -8, y: -6.5, width: 16, height: 13, fill: hatch(colours), stroke: colours[0], "stroke-dasharray": "3 2"}));
    return drawing;
  }

  return {Glyph: Glyph, hatch: hatch, look: look, radius: radius, coloursOf: coloursOf, edge: edge, stateIcon: stateIcon,
    sideIcon: sideIcon, changeIcon: changeIcon, zoneIcon: zoneIcon, siege: siege, INK: INK, PAPER: PAPER, NONE: NONE};
})(controlmap);
