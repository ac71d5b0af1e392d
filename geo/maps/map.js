/* Map: puts the parts together; the day, the place and the view are the whole state, and the address keeps them. */
controlmap.start = function (map) {
  var cm = controlmap, data = cm.data, marks = cm.marks, el = cm.el, view = cm.view;
  var day = data.day, place = null, base = null, names = null, ready = false, hidden = {}, drawn = {}, opened = null;
  var on = {changes: true, contested: true, disputed: true, besieged: true, areas: true, names: true, online: false};
  var layers = {areas: L.featureGroup(), control: L.featureGroup(), changes: L.featureGroup(), chosen: L.featureGroup()};
  var renderers = {}, holding = [], stateAt = {}, changed = [], moved = {};

  function holds(state) { return !day || state.start <= day && (!state.end || day <= state.end); }
  function fought(state) { return Object.prototype.hasOwnProperty.call(on, state.condition); }
  function shown(state) { return fought(state) ? on[state.condition] : !hidden[state.controller || ""]; }
  function stateOf(spot) { return stateAt[spot.at] || null; }

  /* What is true on the chosen day: worked out once a day. */
  function turn() {
    holding = data.states.filter(holds);
    stateAt = {};
    holding.forEach(function (state) { stateAt[state.place] = state; });
    changed = data.changes.filter(function (change) { return change.date === day; });
    moved = {};
    changed.forEach(function (change) { (moved[change.place] = moved[change.place] || []).push(change); });
  }
  function today() { return changed; }

  /* A test for places in view, made once for many of them. */
  function sight() {
    var box = map.getBounds(), west = box.getWest(), east = box.getEast(), south = box.getSouth(), north = box.getNorth();
    return function (spot) { return spot.lat >= south && spot.lat <= north && spot.lon >= west && spot.lon <= east; };
  }

  /* Marks -------------------------------------------------------------------------------------------- */
  function glyph(name, spot, r, style, options) {
    return new marks.Glyph([spot.lat, spot.lon], Object.assign({pane: name, renderer: renderers[name], radius: r, fillOpacity: 1, opacity: 1,
      shape: style.shape, cut: style.cut, color: style.stroke, weight: style.weight, dashArray: style.dash, fillColor: style.fill,
      bubblingMouseEvents: false}, options)).addTo(layers[name]);
  }

  /* Makes a mark something that can be clicked, hovered and reached by keyboard. */
  function reachable(layer, spot, words) {
    var path = layer.getElement();
    layer.spot = spot;
    layer.words = words;
    if (!path) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", words);
    path.setAttribute("data-place", spot.id);
  }

  function said(state) {
    var held = state.controller ? cm.side(state.controller).name : "nobody reported";
    return fought(state) || state.condition === "partly_held" ? held + ", " + data.conditions[state.condition].toLowerCase() : held;
  }

  function drawState(state) {
    var r = marks.radius(state.spot.kind), layer = glyph("control", state.spot, r, marks.look(state)), out = [layer];
    if (state.condition === "besieged") {
      out.push(glyph("control", state.spot, r + 4, {shape: "circle", stroke: marks.INK, weight: 4, dash: "2 3.5"}, {fill: false, interactive: false}));
    }
    reachable(layer, state.spot, state.spot.name + ": " + said(state));
    return out;
  }

  function drawZone(zone) {
    var colours = marks.coloursOf(zone);
    L.geoJSON(zone.outline, {pane: "areas", renderer: renderers.areas, style: {color: colours[0], weight: 1.3, opacity: 0.9, dashArray: "5 4",
      fillColor: marks.hatch(colours), fillOpacity: 0.48, bubblingMouseEvents: false}}).eachLayer(function (part) {
      part.addTo(layers.areas);
      reachable(part, zone.spot, zone.spot.name + (zone.spot.area === 2 ? " (area): " : " (area, edge estimated): ") + said(zone));
    });
  }

  /* Ring: who had it. Fill: who has it now. */
  function drawChange(change) {
    var spot = change.spot, before = cm.side(change.before), after = cm.side(change.after), r = marks.radius(spot.kind) + 1;
    var state = stateOf(spot), several = moved[change.place].length > 1;
    var odd = state && (several || fought(state) || state.condition === "partly_held" || !change.after);
    var style = odd ? marks.look(state) : {shape: after.shape, cut: after.cut, fill: change.after ? after.colour : marks.PAPER, stroke: marks.edge(after), weight: 1};
    glyph("changes", spot, r + 4.2, {shape: odd && style.shape === "burst" ? "circle" : after.shape, stroke: change.before ? before.colour : marks.NONE, weight: 2.8, dash: change.before ? null : "3 3", fill: marks.PAPER}, {interactive: false});
    reachable(glyph("changes", spot, r, style), spot, spot.name + ": " + (change.after ? after.name : "no taker named") + (change.before ? ", before: " + before.name : ""));
  }

  /* Height of an area in degrees: large ones are drawn first, so that small ones inside them can be clicked. */
  function span(spot) { return spot.corners[1][0] - spot.corners[0][0]; }

  /* Draws what the day and the switches ask for; marks that stay as they are are not made again. */
  function draw() {
    var wanted = {}, zones = [];
    ["areas", "changes", "chosen"].forEach(function (name) { layers[name].clearLayers(); });
    holding.forEach(function (state) {
      if (!shown(state)) return;
      if (state.outline) { if (on.areas) zones.push(state); return; }
      if (!(on.changes && moved[state.place])) wanted[state.at] = state;
    });
    zones.sort(function (a, b) { return span(b.spot) - span(a.spot) || a.at - b.at; }).forEach(drawZone);
    Object.keys(drawn).forEach(function (at) {
      if (wanted[at]) return;
      drawn[at].forEach(function (layer) { layers.control.removeLayer(layer); });
      delete drawn[at];
    });
    Object.keys(wanted).forEach(function (at) { if (!drawn[at]) drawn[at] = drawState(wanted[at]); });
    if (on.changes) today().forEach(function (change) { if (!hidden[change.after || ""]) drawChange(change); });
    if (place && !place.area) {
      glyph("chosen", place, marks.radius(place.kind) + 10, {shape: "circle", stroke: marks.INK, weight: 2}, {fill: false, interactive: false});
      if (place.radius > 2000) L.circle([place.lat, place.lon], {pane: "areas", renderer: renderers.areas, radius: place.radius, color: marks.INK, weight: 1, dashArray: "2 4", fill: false, interactive: false}).addTo(layers.chosen);
    }
  }

  /* Names by importance: the chosen place, changes of the day, other places, towns, countries. */
  function wantedNames() {
    var out = [], seen = {}, degree = 256 * Math.pow(2, map.getZoom()) / 360;
    if (!on.names) return out;
    function put(spot, style) {
      if (seen[spot.id]) return;
      seen[spot.id] = true;
      out.push({text: spot.name, lat: spot.lat, lon: spot.lon, r: spot === place && !spot.area ? marks.radius(spot.kind) + 11 : moved[spot.at] ? marks.radius(spot.kind) + 5 : spot.area ? 0 : marks.radius(spot.kind) + 1, style: style});
    }
    function large(a, b) { return marks.radius(b.kind) - marks.radius(a.kind) || a.at - b.at; }
    if (place) put(place, "changed");
    if (on.changes) today().map(function (c) { return c.spot; }).sort(large).forEach(function (spot) { put(spot, "changed"); });
    Object.keys(drawn).map(function (at) { return data.states[at].spot; }).sort(large).forEach(function (spot) { put(spot, "held"); });
    if (on.areas) holding.forEach(function (s) { if (s.outline && shown(s)) seen[s.spot.id] = true; });
    if (!on.online) data.base.countries.forEach(function (c) { out.push({text: c.name, lat: c.lat, lon: c.lon, r: 0, style: "country", needs: c.size * degree * 0.9}); });
    if (!on.online) data.towns.forEach(function (town) {
      if (!seen[town[3]]) out.push({text: town[0], lat: town[1], lon: town[2], r: 2, style: "town"});
    });
    return out;
  }

  /* Boxes on the map that names must keep clear of: key, buttons, scale, credit. */
  function covers() {
    var home = map.getContainer().getBoundingClientRect();
    return Array.prototype.map.call(document.querySelectorAll(".key, .zoom, .leaflet-control"), function (item) {
      var box = item.getBoundingClientRect();
      return [box.left - home.left - 4, box.top - home.top - 4, box.right - home.left + 4, box.bottom - home.top + 4];
    }).filter(function (box) { return box[2] - box[0] > 8; });
  }

  /* Legend ------------------------------------------------------------------------------------------- */
  function counted(keep) {
    var held = {}, odd = {}, zones = 0, first = today()[0], pair;
    holding.forEach(function (state) {
      if (!keep(state.spot)) return;
      if (state.outline) zones += 1;
      if (fought(state) || state.condition === "partly_held") odd[state.condition] = (odd[state.condition] || 0) + 1;
      if (!fought(state)) held[state.controller || ""] = (held[state.controller || ""] || 0) + 1;
    });
    var changed = today().filter(function (change) { return keep(change.spot); });
    changed.forEach(function (change) { held[change.after || ""] = held[change.after || ""] || 0; });
    var ids = Object.keys(held).sort(function (a, b) { return held[b] - held[a] || (cm.side(a).name < cm.side(b).name ? -1 : 1); });
    pair = first && first.before && first.after ? [first.before, first.after] : [ids[1] || ids[0] || "", ids[0] || ""];
    return {held: held, odd: odd, zones: zones, changes: changed.length, pair: pair, ids: ids};
  }

  var switches = {
    hidden: hidden, on: on,
    side: function (id, yes) { hidden[id] = !yes; draw(); names.set(); },
    layer: function (name, yes) {
      on[name] = yes;
      if (name === "online") { base.tiles(yes); credit(); }
      draw();
      names.set();
    }
  };

  function legend() { var all = counted(function () { return true; }); cm.legend.panel(all, switches, all.ids); }
  function key() { var seen = counted(sight()), size = map.getSize(); cm.legend.key(seen, seen.ids, size.x, size.y); }
  function credit() { cm.fill(credits.getContainer(), on.online ? "© OpenStreetMap contributors" : "Made with Natural Earth"); }

  /* Day, place, view --------------------------------------------------------------------------------- */
  function chooseDay(iso) {
    if (data.day && iso !== data.day) { window.location.href = iso + ".html" + address(iso); return; }
    day = iso;
    turn();
    if (cm.time.playing() && today().length && !spotsOf(today()).some(sight())) focus();
    show();
  }

  function choose(spot, move) {
    place = spot;
    show();
    if (!place) return;
    if (!map.getBounds().pad(-0.05).contains([place.lat, place.lon])) map.panTo([place.lat, place.lon], {animate: false});
    cm.byId("panel").scrollTop = 0;
    if (move && opened) opened.focus({preventScroll: true});
    if (window.matchMedia("(max-width: 47.5em)").matches) cm.byId("place").scrollIntoView({block: "start"});
  }
  function chooseWith(spot) { choose(spot, true); }

  function show() {
    var count = Object.keys(moved).length;
    cm.byId("date").textContent = day ? cm.longDate(day) : "No dated change";
    cm.byId("changed").textContent = cm.plural(count, "place", "places") + " reported to have changed hands";
    document.title = data.title + (day ? ", " + cm.shortDate(day) : "");
    cm.time.mark(day);
    draw();
    legend();
    cm.panel.day(day, today(), chooseWith, pageLink());
    if (place) opened = cm.panel.place(place, day, stateOf(place), function () { choose(null); });
    else { cm.byId("place").hidden = true; cm.byId("day").hidden = false; }
    settle();
  }

  /* What hangs on the view: the key, the changes out of sight, the address. */
  function settle() {
    var away = today().length - spotsOf(today()).filter(sight()).length, button = cm.byId("away");
    button.hidden = !away;
    button.textContent = away + " outside this view";
    key();
    if (names) names.set();
    remember();
  }

  function pageLink() {
    if (!day) return null;
    return el("p", {"class": "page"}, data.day ? el("a", {href: "../index.html#d=" + day}, "All dates on one map") : el("a", {href: "maps/" + day + ".html"}, "This day as a page of its own"));
  }

  function address(iso) {
    var c = map.getCenter(), parts = ["d=" + iso];
    if (place) parts.push("p=" + encodeURIComponent(place.id));
    parts.push("v=" + c.lat.toFixed(4) + "," + c.lng.toFixed(4) + "," + map.getZoom());
    return "#" + parts.join("&");
  }
  function remember() {
    var now = address(day || "");
    if (ready && now !== window.location.hash) window.history.replaceState(null, "", now);
  }
  function recall() {
    var asked = new URLSearchParams(window.location.hash.slice(1)), at = (asked.get("v") || "x").split(",").map(Number);
    if (!data.day && data.dates.some(function (d) { return d[0] === asked.get("d"); })) day = asked.get("d");
    place = cm.spot(asked.get("p"));
    turn();
    if (at.length !== 3 || !at.every(isFinite) || Math.abs(at[0]) > 85 || Math.abs(at[1]) > 540) return false;
    map.setView([at[0], at[1]], at[2], {animate: false});
    return true;
  }

  function fit(box) {
    var room = cm.byId("key").offsetWidth;
    if (box) map.fitBounds(box.pad(0.04), {maxZoom: 10, paddingTopLeft: [30, 30], paddingBottomRight: [30 + room, 40], animate: false});
  }
  function spotsOf(rows) { return rows.map(function (row) { return row.spot; }); }
  function focus() { fit(view.focus(spotsOf(holding), spotsOf(today()))); }
  function whole() { fit(view.all(holding.length || today().length ? spotsOf(holding).concat(spotsOf(today())) : data.places)); }

  /* Start -------------------------------------------------------------------------------------------- */
  [["areas", 350], ["control", 400], ["changes", 450], ["chosen", 460]].forEach(function (pane) {
    cm.base.pane(map, pane[0], pane[1], pane[0] === "chosen");
    renderers[pane[0]] = L.svg({pane: pane[0], padding: 0.3});
    layers[pane[0]].addTo(map);
  });
  cm.base.pane(map, "names", 500, true);
  map.keyboard.disable();
  base = cm.base.draw(map);
  L.control.scale({maxWidth: 140, imperial: true}).addTo(map);
  var credits = L.control.attribution({prefix: false}).addTo(map);
  ["areas", "control", "changes"].forEach(function (name) {
    layers[name].on("click", function (event) { choose(event.propagatedFrom.spot); });
    layers[name].bindTooltip(function (layer) { return el("span", {}, cm.name(layer.words)); }, {direction: "top", offset: [0, -8], opacity: 1});
  });
  map.getContainer().addEventListener("keydown", function (event) {
    var id = event.target.getAttribute("data-place");
    if (id === null || event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    choose(cm.spot(id), true);
  });
  cm.byId("title").textContent = data.title;
  if (data.known) cm.byId("kicker").textContent += ", as known on " + cm.shortDate(data.known);
  if (!day && data.dates.length) day = data.dates[data.dates.length - 1][0];
  cm.time.build(chooseDay);
  cm.search(function (spot) { map.setView([spot.lat, spot.lon], Math.max(map.getZoom(), 10), {animate: false}); choose(spot, true); });
  cm.panel.unplaced();
  cm.legend.about();
  credit();
  var placed = recall();
  key();
  if (!placed) { if (holding.length || today().length) focus(); else whole(); }
  names = new cm.Names(wantedNames, covers).addTo(map);
  ready = true;
  choose(place);
  map.on("moveend", settle);
  map.on("click", function () { if (place) choose(null); });
  window.addEventListener("hashchange", function () { recall(); choose(place); });
  cm.byId("closer").addEventListener("click", function () { map.zoomIn(); });
  cm.byId("wider").addEventListener("click", function () { map.zoomOut(); });
  cm.byId("whole").addEventListener("click", whole);
  cm.byId("away").addEventListener("click", function () { fit(view.all(spotsOf(today()))); });
  document.addEventListener("keydown", function (event) {
    var pan = {ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80]}[event.key];
    if (event.target.tagName === "INPUT" && event.target.type !== "checkbox") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey && pan) { map.panBy(pan); event.preventDefault(); }
    if (event.key === "+") map.zoomIn();
    if (event.key === "-") map.zoomOut();
    if (event.key === "Escape" && place) choose(null);
  });
  function paper(yes) {
    var seen = map.getBounds();
    document.body.classList.toggle("paper", yes);
    map.invalidateSize({animate: false, pan: false});
    map.fitBounds(seen, {animate: false});
  }
  window.addEventListener("beforeprint", function () { paper(true); });
  window.addEventListener("afterprint", function () { paper(false); });
};
