/* Names on the map: set one after another, the important ones first; one that would cover another is left out. */
controlmap.Names = (function (cm) {
  var SANS = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  var FONTS = {
    changed: {weight: 700, size: 13, height: 17}, held: {weight: 500, size: 12, height: 16},
    town: {weight: 400, size: 11, height: 15}, country: {weight: 600, size: 12, height: 16, caps: true}
  };

  // Names considered at most, by importance: more than a screen can show, and few enough to be quick.
  var MOST = 500, widths = {};

  function overlap(a, b) { return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]; }

  /* Boxes already taken, looked up by the squares of a grid that they touch. */
  function Taken() {
    var SQUARE = 64, squares = {};
    function each(box, visit) {
      for (var x = Math.floor(box[0] / SQUARE); x <= Math.floor(box[2] / SQUARE); x += 1) {
        for (var y = Math.floor(box[1] / SQUARE); y <= Math.floor(box[3] / SQUARE); y += 1) if (visit(x + "," + y)) return true;
      }
      return false;
    }
    this.add = function (box) { each(box, function (key) { (squares[key] = squares[key] || []).push(box); }); };
    this.meets = function (box) {
      return each(box, function (key) { return (squares[key] || []).some(function (other) { return overlap(box, other); }); });
    };
  }

  /* Where a name may stand: beside its mark, and for changes of the day farther off, with a line to the mark. */
  function spots(p, width, height, r, far) {
    if (!r) return [[p.x - width / 2, p.y - height / 2]];
    var gap = r + 4, out = [[p.x + gap, p.y - height / 2], [p.x - gap - width, p.y - height / 2],
      [p.x - width / 2, p.y - gap - height + 2], [p.x - width / 2, p.y + gap - 2],
      [p.x + gap * 0.7, p.y - gap - height * 0.5], [p.x + gap * 0.7, p.y + gap - height * 0.5],
      [p.x - gap * 0.7 - width, p.y - gap - height * 0.5], [p.x - gap * 0.7 - width, p.y + gap - height * 0.5]];
    if (far) [26, 44, 64].forEach(function (away) {
      [0, 30, -30, 180, 150, -150, 60, -60, 120, -120, 90, -90].forEach(function (turn) {
        var x = p.x + Math.cos(turn * Math.PI / 180) * (gap + away), y = p.y + Math.sin(turn * Math.PI / 180) * (gap + away);
        out.push([Math.abs(turn) < 90 ? x : Math.abs(turn) > 90 ? x - width : x - width / 2, y - height / 2, [x, y]]);
      });
    });
    return out;
  }

  return L.Layer.extend({
    /* wanted() -> [{text, lat, lon, r, style, needs}] by importance; covers() -> boxes in pixels to keep free */
    initialize: function (wanted, covers) {
      this._wanted = wanted;
      this._covers = covers;
      this._pen = document.createElement("canvas").getContext("2d");
    },
    onAdd: function (map) {
      this._box = cm.el("div", {"class": "names leaflet-zoom-hide", "aria-hidden": "true"});
      map.getPane("names").appendChild(this._box);
    },
    onRemove: function () { this._box.remove(); },
    _width: function (text, font) {
      var scale = cm.em();
      var key = font.weight + " " + font.size * scale + " " + text;
      if (widths[key]) return widths[key];
      this._pen.font = font.weight + " " + font.size * scale + "px " + SANS;
      widths[key] = this._pen.measureText(font.caps ? text.toUpperCase() : text).width * (font.caps ? 1.32 : 1) + 2;
      return widths[key];
    },
    set: function () {
      if (!this._map) return;
      var self = this, map = this._map, size = map.getSize(), taken = new Taken(), box = this._box, scale = cm.em();
      var towns = 0, most = Math.round(size.x * size.y / 26000), lines = [];
      cm.fill(box);
      this._covers().forEach(taken.add);
      function inside(p) { return p.x > -20 && p.y > -20 && p.x < size.x + 20 && p.y < size.y + 20; }
      function free(rect) {
        if (rect[0] < 2 || rect[1] < 2 || rect[2] > size.x - 2 || rect[3] > size.y - 2) return false;
        return !taken.meets(rect);
      }
      var all = this._wanted().filter(function (one) {
        one.at = map.latLngToContainerPoint([one.lat, one.lon]);
        return inside(one.at);
      });
      var tried = 0;
      all.forEach(function (one) {
        if (one.r && one.style !== "town") taken.add([one.at.x - one.r, one.at.y - one.r, one.at.x + one.r, one.at.y + one.r]);
      });
      all.forEach(function (one) {
        if (one.style === "town" && towns >= most || one.style === "held" && tried > MOST) return;
        tried += 1;
        var font = FONTS[one.style], width = self._width(one.text, font), height = font.height * scale;
        if (one.needs && one.needs < width) return;
        var found = spots(one.at, width, height, one.r, one.style === "changed").find(function (s) {
          return free([s[0], s[1], s[0] + width, s[1] + height]);
        });
        if (!found) return;
        if (one.style === "town") {
          towns += 1;
          self._put(cm.el("span", {"class": "dot"}), one.at.x - 1.5, one.at.y - 1.5);
        }
        taken.add([found[0] - 2, found[1], found[0] + width + 2, found[1] + height]);
        if (found[2]) lines.push([one.at, found[2], one.r]);
        self._put(cm.el("span", {"class": "name " + one.style}, cm.name(one.text)), found[0], found[1]);
      });
      lines.forEach(function (line) { self._lead(line[0], line[1], line[2]); });
    },
    _put: function (item, x, y) {
      L.DomUtil.setPosition(item, this._map.containerPointToLayerPoint(L.point(Math.round(x), Math.round(y))));
      this._box.appendChild(item);
    },
    /* A thin line from a mark to its name. */
    _lead: function (from, to, r) {
      var dx = to[0] - from.x, dy = to[1] - from.y, long = Math.sqrt(dx * dx + dy * dy), bar = cm.el("span", {"class": "lead"});
      var start = this._map.containerPointToLayerPoint(L.point(from.x + dx * r / long, from.y + dy * r / long));
      bar.style.width = Math.max(0, long - r - 1) + "px";
      bar.style.transform = "translate(" + start.x + "px," + start.y + "px) rotate(" + Math.atan2(dy, dx) + "rad)";
      this._box.insertBefore(bar, this._box.firstChild);
    }
  });
})(controlmap);
