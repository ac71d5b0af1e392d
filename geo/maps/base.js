/* Base: the offline land and water, names that do not overlap, and the online tiles a reader may ask for. */
controlmap.base = (function (cm) {
  var TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
  var STYLES = {
    land: {stroke: false, fill: true, fillColor: "#f6f2e9", fillOpacity: 1},
    lakes: {stroke: true, color: "#a9c1cb", weight: 0.7, fill: true, fillColor: "#d3e0e5", fillOpacity: 1},
    rivers: {stroke: true, color: "#a9c4cf", weight: 1.3, fill: false},
    provinces: {stroke: true, color: "#bdb5a5", weight: 0.8, dashArray: "3 3", fill: false},
    coast: {stroke: true, color: "#8fa9b3", weight: 0.9, fill: false},
    borders: {stroke: true, color: "#837b6e", weight: 1.4, fill: false}
  };

  function pane(map, name, order, inert) {
    var made = map.createPane(name);
    made.style.zIndex = order;
    if (inert) made.style.pointerEvents = "none";
    return made;
  }

  /* Draws the vector base; returns {tiles(on)} to switch the online layer. */
  function draw(map) {
    pane(map, "ground", 150, true);
    pane(map, "lines", 210, true);
    var ground = L.svg({pane: "ground", padding: 0.5}), lines = L.svg({pane: "lines", padding: 0.5}), land = [], tiles = null;
    Object.keys(STYLES).forEach(function (name) {
      var below = name === "land" || name === "lakes";
      var style = Object.assign({interactive: false, smoothFactor: 0.6}, STYLES[name]);
      style.pane = below ? "ground" : "lines";
      style.renderer = below ? ground : lines;
      var layer = L.geoJSON(cm.data.base[name], {style: style, interactive: false, pane: style.pane, renderer: style.renderer}).addTo(map);
      if (name !== "borders") land.push(layer);
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

  /* Names set one after another, the important ones first; one that would cover another is left out. */
  var Names = L.Layer.extend({
    initialize: function (wanted) { this._wanted = wanted; this._pen = document.createElement("canvas").getContext("2d"); },
    onAdd: function (map) {
      this._box = cm.el("div", {"class": "names leaflet-zoom-hide", "aria-hidden": "true"});
      map.getPane("names").appendChild(this._box);
      map.on("moveend zoomend resize", this.set, this);
      this.set();
    },
    onRemove: function (map) { map.off("moveend zoomend resize", this.set, this); this._box.remove(); },
    /* wanted() -> [{text, lat, lon, r, style}] by importance */
    set: function () {
      if (!this._map) return;
      var map = this._map, size = map.getSize(), taken = [], box = this._box, pen = this._pen, all = this._wanted();
      cm.fill(box);
      function free(rect) {
        if (rect[0] < 2 || rect[1] < 2 || rect[2] > size.x - 2 || rect[3] > size.y - 2) return false;
        return !taken.some(function (t) { return rect[0] < t[2] && rect[2] > t[0] && rect[1] < t[3] && rect[3] > t[1]; });
      }
      function spots(p, width, height, r) {
        if (!r) return [[p.x - width / 2, p.y - height / 2]];
        var gap = r + 4;
        return [[p.x + gap, p.y - height / 2], [p.x - gap - width, p.y - height / 2],
          [p.x - width / 2, p.y - gap - height + 2], [p.x - width / 2, p.y + gap - 2],
          [p.x + gap * 0.7, p.y - gap - height * 0.5], [p.x + gap * 0.7, p.y + gap - height * 0.5]];
      }
      all.forEach(function (one) {
        one.at = map.latLngToContainerPoint([one.lat, one.lon]);
        if (one.r) taken.push([one.at.x - one.r, one.at.y - one.r, one.at.x + one.r, one.at.y + one.r]);
      });
      all.forEach(function (one) {
        var font = FONTS[one.style];
        pen.font = font.font;
        var width = pen.measureText(font.caps ? one.text.toUpperCase() : one.text).width * (font.caps ? 1.3 : 1) + 2;
        var found = spots(one.at, width, font.height, one.r).find(function (s) {
          return free([s[0], s[1], s[0] + width, s[1] + font.height]);
        });
        if (!found) return;
        taken.push([found[0] - 2, found[1], found[0] + width + 2, found[1] + font.height]);
        var label = cm.el("span", {"class": "name " + one.style}, cm.name(one.text));
        L.DomUtil.setPosition(label, map.containerPointToLayerPoint(L.point(Math.round(found[0]), Math.round(found[1]))));
        box.appendChild(label);
      });
    }
  });
  var SANS = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  var FONTS = {
    changed: {font: "700 13px " + SANS, height: 17}, held: {font: "500 12px " + SANS, height: 16},
    town: {font: "400 11px " + SANS, height: 15}, country: {font: "600 12px " + SANS, height: 16, caps: true}
  };

  return {draw: draw, pane: pane, Names: Names};
})(controlmap);
