/* Search: a place by any of its names, in any script, whatever its accents. */
controlmap.search = function (pick) {
  var cm = controlmap, el = cm.el, input = cm.byId("search"), list = cm.byId("found"), hits = [], at = -1, MOST = 8;
  var index = cm.data.places.map(function (spot) {
    return {spot: spot, names: [spot.name].concat(spot.names || []).map(function (text) { return [cm.folded(text), text]; })};
  });

  /* The best of a place's names: the same, then one that begins so, then a word of it, then any part. */
  function best(one, wanted) {
    var found = null;
    one.names.forEach(function (pair, order) {
      var where = pair[0].indexOf(wanted);
      if (where < 0) return;
      var rank = pair[0] === wanted ? 0 : where === 0 ? 1 : pair[0][where - 1] === " " ? 2 : 3;
      if (!found || rank < found.rank) found = {spot: one.spot, rank: rank, as: order ? pair[1] : ""};
    });
    return found;
  }

  function find() {
    var wanted = cm.folded(input.value);
    hits = wanted ? index.map(function (one) { return best(one, wanted); }).filter(Boolean) : [];
    hits.sort(function (a, b) { return a.rank - b.rank || (a.spot.name < b.spot.name ? -1 : 1); });
    hits = hits.slice(0, MOST);
    at = -1;
    list.hidden = !wanted;
    input.setAttribute("aria-expanded", String(!list.hidden));
    cm.fill(list, hits.map(function (hit, i) {
      return el("li", {role: "option", id: "hit" + i, "aria-selected": "false", onpointerdown: function (event) { event.preventDefault(); take(i); }},
        cm.name(hit.spot.name), hit.as ? [" ", cm.name(hit.as, {"class": "alias"})] : null,
        el("span", {"class": "within"}, [hit.spot.kind].concat((hit.spot.within || []).slice(0, 1)).join(", ")));
    }), wanted && !hits.length ? el("li", {"class": "none"}, "No place of this name has a report here") : null);
  }

  function move(to) {
    at = hits.length ? (to + hits.length) % hits.length : -1;
    Array.prototype.forEach.call(list.children, function (item, i) { item.setAttribute("aria-selected", String(i === at)); });
    input.setAttribute("aria-activedescendant", at >= 0 ? "hit" + at : "");
  }

  function close() { list.hidden = true; input.setAttribute("aria-expanded", "false"); }

  function take(i) {
    if (!hits[i]) return;
    input.value = hits[i].spot.name;
    close();
    pick(hits[i].spot);
  }

  input.addEventListener("input", find);
  input.addEventListener("focus", function () { if (input.value) { input.select(); find(); } });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") { move(at + 1); event.preventDefault(); }
    if (event.key === "ArrowUp") { move(at - 1); event.preventDefault(); }
    if (event.key === "Enter") take(Math.max(at, 0));
    if (event.key === "Escape") close();
  });
};
