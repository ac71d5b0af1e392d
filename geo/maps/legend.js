/* Legend: the sides and layers with their counts, to switch on and off; and the key on the map itself. */
controlmap.legend = (function (cm) {
  var el = cm.el, marks = cm.marks, MOST = 9, DAY = "Changed on this day", NAMES = {
    partly_held: "Held in part", contested: "Fighting inside", disputed: "Reports disagree", besieged: "Under siege"
  };

  function check(id, icon, label, count, value, change) {
    return el("li", {}, el("label", {"class": "check"},
      el("input", {type: "checkbox", checked: value, id: id, onchange: function (event) { change(event.target.checked); }}),
      el("span", {}, icon, el("span", {"class": "label"}, label), count === null ? null : el("span", {"class": "count"}, String(count)))));
  }

  function example(condition, ids) {
    return {condition: condition, controller: ids[0], rivals: ids.slice(1, 2)};
  }

  /* seen: {held: {side: count}, odd: {condition: count}, zones, changes}; switches: {hidden, on, side(id, yes), layer(name, yes)} */
  function panel(seen, switches, ids) {
    var focused = document.activeElement && document.activeElement.id, on = switches.on;
    cm.fill(cm.byId("legend"), el("h2", {}, "Places by side"),
      el("ul", {"class": "sides"}, ids.map(function (id) {
        return check("side-" + (id || "nobody"), marks.sideIcon(id, 18), cm.name(cm.side(id).name, {title: cm.side(id).bloc || null}), seen.held[id], !switches.hidden[id],
          function (yes) { switches.side(id, yes); });
      })),
      el("h3", {"class": "switches"}, "Layers"),
      el("ul", {"class": "sides switches"},
        check("layer-changes", marks.changeIcon(seen.pair[0], seen.pair[1], 18), DAY + " (ring: before, fill: after)", seen.changes, on.changes, function (yes) { switches.layer("changes", yes); }),
        ["contested", "disputed", "besieged"].map(function (name) {
          return check("layer-" + name, marks.stateIcon(example(name, seen.pair), 18), NAMES[name], seen.odd[name] || 0, on[name], function (yes) { switches.layer(name, yes); });
        }),
        check("layer-areas", marks.zoneIcon([cm.side(ids[0]).colour], 18), "Areas (edges estimated)", seen.zones, on.areas, function (yes) { switches.layer("areas", yes); }),
        check("layer-names", el("span", {"class": "aa"}, "Aa"), "Names", null, on.names, function (yes) { switches.layer("names", yes); }),
        check("layer-online", el("span", {"class": "aa"}, "⇅"), "Online base map", null, on.online, function (yes) { switches.layer("online", yes); })),
      el("p", {"class": "note switches"}, "The online base is off until you ask: switching it on sends requests to OpenStreetMap, which will see your address and the area you look at."));
    if (focused && cm.byId(focused)) cm.byId(focused).focus();
  }

  /* The key on the map: what is in view, and how marks are to be read. Left out where it would hide the map. */
  function key(seen, ids, width, height) {
    var box = cm.byId("key"), sides = ids.filter(function (id) { return seen.held[id]; }), odd = Object.keys(NAMES).filter(function (c) { return seen.odd[c]; });
    cm.fill(cm.byId("key"),
      sides.length ? el("li", {"class": "caption"}, "Reported in control") : null,
      sides.slice(0, MOST).map(function (id) {
        return el("li", {}, marks.sideIcon(id, 16), cm.name(cm.side(id).name), el("span", {"class": "count"}, String(seen.held[id])));
      }),
      sides.length > MOST ? el("li", {"class": "more"}, "and " + cm.plural(sides.length - MOST, "more side", "more sides")) : null,
      odd.map(function (c) {
        return el("li", {}, marks.stateIcon(example(c, seen.pair), 16), NAMES[c], el("span", {"class": "count"}, String(seen.odd[c])));
      }),
      seen.zones ? el("li", {}, marks.zoneIcon([cm.side(ids[0]).colour], 16), "Area, edge estimated", el("span", {"class": "count"}, String(seen.zones))) : null,
      seen.changes ? el("li", {}, marks.changeIcon(seen.pair[0], seen.pair[1], 16), "Ring: before, fill: after", el("span", {"class": "count"}, String(seen.changes))) : null);
    box.hidden = !box.firstChild;
    if (!document.body.classList.contains("paper")) box.hidden = box.hidden || box.offsetWidth > width * 0.36 || box.offsetHeight > height - 40;
  }

  /* How to read the map, in words. */
  function about() {
    cm.fill(cm.byId("about"), el("details", {}, el("summary", {}, "How to read this map"),
      el("p", {}, "Every mark says what was reported, not what was seen: a source said on some day that a side holds or took a place. Click a mark for the sentences behind it."),
      el("p", {}, "Colour and shape stand for the side. Sides that are close to each other share both and differ in the mark cut out of the shape. A yellow shield is a side that the registry does not know; its name is what the report calls it."),
      el("p", {}, "A change of the day has a ring in the colour of the side that lost the place around a mark of the side that has it now. A broken grey ring: nobody says who had it. A hollow mark: the holder left, and no taker is named."),
      el("p", {}, "Two colours in one mark: both sides are inside, or both are said to hold it (broken edge: reports disagree). A jagged mark: fighting inside. A dotted ring: under siege."),
      el("p", {}, "Hatched shapes are areas that a report gives in words, such as “the western countryside”. Their edges are estimates. Hatched marks stand for whole provinces or districts."),
      el("p", {}, el("a", {href: (cm.data.day ? "../" : "") + "report.html"}, "Build report: what was read, and what is on no map and why"))));
  }

  return {panel: panel, key: key, about: about};
})(controlmap);
