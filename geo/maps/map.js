/* Map: puts the parts together; the day, the place and the view are the whole state, and the address keeps them. */
controlmap.start = function (map) {
  var cm = controlmap, data = cm.data, marks = cm.marks, el = cm.el;
  var day = data.day, place = null, base = null, names = null, fitted = false, hidden = {}, drawn = {};
  var on = {changes: true, contested: true, areas: true, names: true};
  var states = rows(data.control), zones = rows(data.areas), changes = rows(data.changes);
  var layers = {areas: L.layerGroup(), control: L.layerGroup(), changes: L.layerGroup(), chosen: L.layerGroup()};

  function rows(collection) {
    return collection.features.map(function (feature) {
      return Object.assign({shape: feature.geometry, spot: data.places[feature.properties.place_id]}, feature.properties);
    });
  }
  function holds(state) { return !day || state.start <= day && (!state.end || day <= state.end); }
  function today() { return changes.filter(function (change) { return change.date === day; }); }
  function fought(state) { return ["contested", "disputed", "besieged"].indexOf(state.condition) >= 0; }
  function stateOf(id) { return states.concat(zones).find(function (s) { return s.place_id === id && holds(s); }) || null; }

  function shown(state) {
    if (fought(state)) return on.contested;
    return !hidden[state.controller || ""];
  }

  /* Marks -------------------------------------------------------------------------------------------- */
  function glyph(group, pane, spot, shape, r, options) {
    return new marks.Glyph([spot.lat, spot.lon], Object.assign({pane: pane, renderer: renderers[pane], shape: shape, radius: r, fillOpacity: 1, opacity: 1, bubblingMouseEvents: false}, options)).addTo(group);
  }

  function reachable(layer, id, words) {
    var path = layer.getElement();
    if (!path) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", words);
    path.setAttribute("data-place", id);
    path.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); choose(id, true); }
    });
    layer.on("click", function () { choose(id); });
    layer.bindTooltip(el("span", {}, cm.name(words)), {direction: "top", offset: [0, -8], opacity: 1});
  }

  function drawState(state) {
    var style = marks.look(state), r = marks.radius(state.spot.kind);
    var layer = glyph(layers.control, "control", state.spot, style.shape, r, {color: style.stroke, weight: style.weight, dashArray: style.dash, fillColor: style.fill});
    if (state.condition === "besieged") {
      var ring = marks.siege(r + 4);
      glyph(layers.control, "control", state.spot, "circle", r + 4, {color: ring.stroke, weight: 4, dashArray: "2 3.5", fill: false, interactive: false});
    }
    reachable(layer, state.place_id, state.spot.name + ": " + said(state));
  }

  function said(state) {
    var held = state.controller ? cm.actor(state.controller).name : "nobody reported";
    return fought(state) ? held + ", " + data.conditions[state.condition].toLowerCase() : held;
  }

  function drawZone(zone) {
    var colours = marks.coloursOf(zone);
    var layer = L.geoJSON(zone.shape, {pane: "areas", renderer: renderers.areas, style: {color: colours[0], weight: 1.3, opacity: 0.9, dashArray: "5 4", fillColor: marks.hatch(colours), fillOpacity: 0.62, bubblingMouseEvents: false}}).addTo(layers.areas);
    layer.eachLayer(function (part) { reachable(part, zone.place_id, zone.spot.name + " (area, edge estimated): " + said(zone)); });
  }

  /* Ring: who had it. Fill: who has it now. */
  function drawChange(change, several) {
    var before = cm.actor(change.before), after = cm.actor(change.after), r = marks.radius(change.spot.kind) + 1;
    glyph(layers.changes, "changes", change.spot, after.shape, r + 4.2, {color: change.before ? before.colour : marks.NONE, weight: 2.8, dashArray: change.before ? null : "3 3", fillColor: marks.PAPER, interactive: false});
    var state = stateOf(change.place_id), style = state && (several || fought(state) || state.condition === "partly_held") ? marks.look(state) : null;
    var layer = glyph(layers.changes, "changes", change.spot, style ? style.shape : after.shape, r, {color: style ? style.stroke : marks.PAPER, weight: 1, dashArray: style && style.dash,
      fillColor: style ? style.fill : change.after ? after.colour : marks.PAPER});
    reachable(layer, change.place_id, change.spot.name + ": " + cm.actor(change.after).name + (change.before ? ", before: " + before.name : ""));
  }

  function draw() {
    Object.keys(layers).forEach(function (name) { layers[name].clearLayers(); });
    drawn = {};
    if (on.areas) zones.filter(function (z) { return holds(z) && shown(z); }).forEach(drawZone);
    var moved = {};
    today().forEach(function (change) { moved[change.place_id] = (moved[change.place_id] || 0) + 1; });
    states.filter(function (s) { return holds(s) && shown(s); }).forEach(function (state) {
      drawn[state.place_id] = state;
      if (!(on.changes && moved[state.place_id])) drawState(state);
    });
    if (on.changes) today().forEach(function (change) {
      if (hidden[change.after || ""]) return;
      drawn[change.place_id] = drawn[change.place_id] || change;
      drawChange(change, moved[change.place_id] > 1);
    });
    if (place && data.places[place] && !data.places[place].area) {
      var spot = data.places[place];
      glyph(layers.chosen, "chosen", spot, "circle", marks.radius(spot.kind) + 10, {color: marks.INK, weight: 2, fill: false, interactive: false});
      if (spot.radius > 2000) L.circle([spot.lat, spot.lon], {pane: "areas", renderer: renderers.areas, radius: spot.radius, color: marks.INK, weight: 1, dashArray: "2 4", fill: false, interactive: false}).addTo(layers.chosen);
    }
    if (names) names.set();
  }

  function wanted() {
    var out = [], seen = {}, moved = {};
    if (!on.names) return out;
    today().forEach(function (change) { moved[change.place_id] = true; });
    function put(id, style) {
      var spot = data.places[id];
      if (!spot || seen[id]) return;
      seen[id] = true;
      out.push({text: spot.name, lat: spot.lat, lon: spot.lon, r: spot.area ? 0 : marks.radius(spot.kind) + (moved[id] ? 5 : 1), style: style});
    }
    if (place) put(place, "changed");
    var ids = Object.keys(drawn).sort(function (a, b) { return marks.radius(data.places[b].kind) - marks.radius(data.places[a].kind) || (a < b ? -1 : 1); });
    ids.filter(function (id) { return moved[id]; }).forEach(function (id) { put(id, "changed"); });
    ids.forEach(function (id) { put(id, "held"); });
    data.towns.forEach(function (town) {
      if (!seen[town.id]) out.push({text: town.name, lat: town.lat, lon: town.lon, r: 2, style: "town"});
    });
    data.base.countries.forEach(function (country) { out.push({text: country.name, lat: country.lat, lon: country.lon, r: 0, style: "country"}); });
    return out;
  }

  /* Legend and layers -------------------------------------------------------------------------------- */
  function check(label, value, change, id) {
    return el("label", {"class": "check"}, el("input", {type: "checkbox", checked: value, id: id, onchange: function (event) { change(event.target.checked); }}), el("span", {}, label));
  }

  function legend() {
    var held = {}, odd = {contested: 0, disputed: 0, besieged: 0};
    states.concat(zones).filter(holds).forEach(function (state) {
      if (fought(state)) odd[state.condition] += 1;
      else held[state.controller || ""] = (held[state.controller || ""] || 0) + 1;
    });
    today().forEach(function (change) { held[change.after || ""] = held[change.after || ""] || 0; });
    var ids = Object.keys(held).sort(function (a, b) { return held[b] - held[a] || (cm.actor(a).name < cm.actor(b).name ? -1 : 1); });
    cm.fill(cm.byId("legend"), el("h2", {}, "Places by side"),
      el("ul", {"class": "sides"}, ids.map(function (id) {
        return el("li", {}, check([marks.actorIcon(id, 18), cm.panel.who(id), el("span", {"class": "count"}, String(held[id]))], !hidden[id], function (yes) { hidden[id] = !yes; draw(); }));
      })),
      el("h3", {}, "Layers"),
      el("ul", {"class": "sides"},
        el("li", {}, check([marks.changeIcon(ids[1] || ids[0], ids[0], 18), "Changes of the day (ring: before, fill: after)", el("span", {"class": "count"}, String(today().length))], on.changes, function (yes) { on.changes = yes; draw(); }, "layer-changes")),
        el("li", {}, check([marks.stateIcon({condition: "contested", controller: ids[0], rivals: ids.slice(1, 2)}, 18), "Fighting, dispute, siege", el("span", {"class": "count"}, String(odd.contested + odd.disputed + odd.besieged))], on.contested, function (yes) { on.contested = yes; draw(); }, "layer-contested")),
        el("li", {}, check([swatch(ids[0]), "Areas (edges estimated)", el("span", {"class": "count"}, String(zones.filter(holds).length))], on.areas, function (yes) { on.areas = yes; draw(); }, "layer-areas")),
        el("li", {}, check([el("span", {"class": "aa"}, "Aa"), "Names"], on.names, function (yes) { on.names = yes; draw(); }, "layer-names")),
        el("li", {}, check([el("span", {"class": "aa"}, "⇅"), "Online base map"], online, switchTiles, "layer-online"),
          el("p", {"class": "note"}, "Off until you ask: switching it on sends requests to OpenStreetMap, which will see your address and the area you look at."))));
    cm.fill(cm.byId("key"), ids.filter(Boolean).slice(0, 8).map(function (id) { return el("li", {}, marks.actorIcon(id, 16), cm.name(cm.actor(id).name)); }),
      ["contested", "disputed", "besieged"].filter(function (c) { return odd[c]; }).map(function (c) {
        return el("li", {}, marks.stateIcon({condition: c, controller: ids[0], rivals: ids.slice(1, 2)}, 16), data.conditions[c]);
      }));
  }

  function swatch(id) {
    var box = cm.svg("svg", {width: 18, height: 14, "class": "icon", "aria-hidden": "true"}), colour = cm.actor(id).colour;
    box.appendChild(cm.svg("rect", {x: 1, y: 1, width: 16, height: 12, fill: marks.hatch([colour]), stroke: colour, "stroke-dasharray": "3 2"}));
    return box;
  }

  var online = false;
  function switchTiles(yes) { online = yes; base.tiles(yes); credit(); }
  function credit() {
    credits.setPrefix(false);
    cm.fill(credits.getContainer(), online ? "© OpenStreetMap contributors" : "Made with Natural Earth");
  }

  /* Day, place, view --------------------------------------------------------------------------------- */
  function chooseDay(iso) {
    if (data.day && iso !== data.day) { window.location.href = iso + ".html" + address(iso); return; }
    day = iso;
    show();
  }

  function choose(id, focus) {
    place = id && data.places[id] ? id : null;
    show();
    if (!place) return;
    var spot = data.places[place], point = [spot.lat, spot.lon];
    if (!map.getBounds().pad(-0.05).contains(point)) map.panTo(point);
    cm.byId("panel").scrollTop = 0;
    if (focus && opened) opened.focus();
    if (window.matchMedia("(max-width: 760px)").matches) cm.byId("place").scrollIntoView({block: "start"});
  }

  var opened = null;
  function show() {
    var count = new Set(today().map(function (change) { return change.place_id; })).size;
    cm.byId("date").textContent = day ? cm.longDate(day) : "No dated change";
    cm.byId("summary").textContent = cm.plural(count, "place", "places") + " reported to have changed hands";
    document.title = data.title + (day ? ", " + cm.shortDate(day) : "");
    cm.time.mark(day);
    draw();
    legend();
    cm.panel.day(day, today(), function (id) { choose(id, true); }, pageLink());
    if (place) opened = cm.panel.place(place, day, stateOf(place), function () { choose(null); });
    else { cm.byId("place").hidden = true; cm.byId("day").hidden = false; }
    remember();
  }

  function pageLink() {
    if (!day) return null;
    return el("p", {"class": "page"}, data.day ? el("a", {href: "../index.html#d=" + day}, "All dates on one map") : el("a", {href: "maps/" + day + ".html"}, "This day as a page of its own"));
  }

  function address(iso) {
    var c = map.getCenter(), parts = ["d=" + iso];
    if (place) parts.push("p=" + encodeURIComponent(place));
    if (fitted) parts.push("v=" + c.lat.toFixed(4) + "," + c.lng.toFixed(4) + "," + map.getZoom());
    return "#" + parts.join("&");
  }
  function remember() {
    if (!fitted) return;
    var now = address(day || "");
    if (now !== window.location.hash) window.history.replaceState(null, "", now);
  }
  function recall() {
    var asked = new URLSearchParams(window.location.hash.slice(1)), view = (asked.get("v") || "").split(",").map(Number);
    if (!data.day && data.dates.some(function (d) { return d[0] === asked.get("d"); })) day = asked.get("d");
    place = data.places[asked.get("p")] ? asked.get("p") : null;
    if (view.length === 3 && view.every(isFinite) && Math.abs(view[0]) <= 85 && Math.abs(view[1]) <= 180 && asked.get("v")) {
      map.setView([view[0], view[1]], view[2], {animate: false});
      return true;
    }
    return false;
  }

  function whole() {
    var spots = states.concat(zones).filter(holds).map(function (s) { return s.spot; }).concat(today().map(function (c) { return c.spot; }));
    if (!spots.length) spots = Object.keys(data.places).map(function (id) { return data.places[id]; });
    if (spots.length) map.fitBounds(L.latLngBounds(spots.map(function (s) { return [s.lat, s.lon]; })).pad(0.08), {maxZoom: 11, padding: [24, 24], animate: false});
  }

  /* Search ------------------------------------------------------------------------------------------- */
  function search() {
    var input = cm.byId("search"), list = cm.byId("found"), hits = [], at = -1;
    var index = Object.keys(data.places).map(function (id) {
      var spot = data.places[id];
      return {id: id, spot: spot, names: [spot.name].concat(spot.names).map(function (text) { return [cm.folded(text), text]; })};
    });
    function find() {
      var wantedText = cm.folded(input.value);
      hits = [];
      if (wantedText) index.forEach(function (one) {
        var best = null;
        one.names.forEach(function (pair, order) {
          var where = pair[0].indexOf(wantedText), rank = where < 0 ? 9 : pair[0] === wantedText ? 0 : where === 0 ? 1 : pair[0][where - 1] === " " ? 2 : 3;
          if (rank < 9 && (!best || rank < best.rank)) best = {id: one.id, spot: one.spot, rank: rank, as: order ? pair[1] : ""};
        });
        if (best) hits.push(best);
      });
      hits.sort(function (a, b) { return a.rank - b.rank || (a.spot.name < b.spot.name ? -1 : 1); });
      hits = hits.slice(0, 8);
      at = -1;
      list.hidden = !wantedText;
      input.setAttribute("aria-expanded", String(!list.hidden));
      cm.fill(list, hits.map(function (hit, i) {
        return el("li", {role: "option", id: "hit" + i, "aria-selected": "false", onpointerdown: function (event) { event.preventDefault(); pick(i); }},
          cm.name(hit.spot.name), hit.as ? [" ", cm.name(hit.as, {"class": "alias"})] : null, el("span", {"class": "within"}, [hit.spot.kind].concat(hit.spot.within.slice(0, 1)).join(", ")));
      }), wantedText && !hits.length ? el("li", {"class": "none"}, "No place of this name has a report here") : null);
    }
    function move(to) {
      at = hits.length ? (to + hits.length) % hits.length : -1;
      Array.prototype.forEach.call(list.children, function (item, i) { item.setAttribute("aria-selected", String(i === at)); });
      input.setAttribute("aria-activedescendant", at >= 0 ? "hit" + at : "");
    }
    function close() { list.hidden = true; input.setAttribute("aria-expanded", "false"); }
    function pick(i) {
      if (!hits[i]) return;
      var spot = hits[i].spot;
      input.value = spot.name;
      close();
      map.setView([spot.lat, spot.lon], Math.max(map.getZoom(), 10), {animate: false});
      choose(hits[i].id, true);
    }
    input.addEventListener("input", find);
    input.addEventListener("focus", function () { if (input.value) { input.select(); find(); } });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") { move(at + 1); event.preventDefault(); }
      if (event.key === "ArrowUp") { move(at - 1); event.preventDefault(); }
      if (event.key === "Enter") pick(Math.max(at, 0));
      if (event.key === "Escape") close();
    });
  }

  /* Start -------------------------------------------------------------------------------------------- */
  var renderers = {};
  [["areas", 350], ["control", 400], ["changes", 450], ["chosen", 460]].forEach(function (pane) {
    cm.base.pane(map, pane[0], pane[1], pane[0] === "chosen");
    renderers[pane[0]] = L.svg({pane: pane[0], padding: 0.3});
  });
  cm.base.pane(map, "names", 500, true);
  map.keyboard.disable();
  base = cm.base.draw(map);
  L.control.scale({maxWidth: 140, imperial: true}).addTo(map);
  var credits = L.control.attribution({prefix: false}).addTo(map);
  Object.keys(layers).forEach(function (name) { layers[name].addTo(map); });
  cm.byId("title").textContent = data.title;
  if (!day && data.dates.length) day = data.dates[data.dates.length - 1][0];
  cm.time.build(chooseDay);
  if (!recall()) whole();
  fitted = true;
  names = new cm.base.Names(wanted).addTo(map);
  search();
  cm.panel.unplaced();
  credit();
  show();
  if (place) choose(place);
  map.on("moveend", remember);
  map.on("click", function () { if (place) choose(null); });
  window.addEventListener("hashchange", function () { recall(); show(); });
  cm.byId("closer").addEventListener("click", function () { map.zoomIn(); });
  cm.byId("wider").addEventListener("click", function () { map.zoomOut(); });
  cm.byId("whole").addEventListener("click", whole);
  document.addEventListener("keydown", function (event) {
    var pan = {ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80]}[event.key];
    if (event.target.tagName === "INPUT" && event.target.type !== "checkbox") return;
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
