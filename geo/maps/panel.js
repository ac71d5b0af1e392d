/* Panel: what is said of a day and of a place, who said it, and what is on no map. */
controlmap.panel = (function (cm) {
  var el = cm.el, data = cm.data, claimsAt = {};
  data.claims.forEach(function (claim) {
    if (claim.spot) (claimsAt[claim.place] = claimsAt[claim.place] || []).push(claim);
  });

  function who(id, withIcon) {
    var side = el("span", {"class": "who"});
    if (withIcon) side.appendChild(controlmap.marks.sideIcon(id, 15));
    side.appendChild(cm.name(cm.side(id).name));
    return side;
  }

  function placeButton(spot, pick, extra) {
    return el("button", {type: "button", "class": "goto", onclick: function () { pick(spot); }}, cm.name(spot.name), extra);
  }

  /* from -> to, each with the words of the article where they differ from the actor's name */
  function passage(claim) {
    function side(id, text, basis) {
      var named = id ? who(id, true) : el("span", {"class": "nobody"}, "not stated");
      return el("span", {"class": "side", title: basis || null}, named, text ? el("span", {"class": "words"}, " (“", cm.name(text), "”)") : null);
    }
    if (!claim.change) return claim.to || claim.from ? el("p", {"class": "passage"}, side(claim.to || claim.from, claim.toText || claim.fromText, claim.toBasis || claim.fromBasis)) : null;
    return el("p", {"class": "passage"}, side(claim.from, claim.fromText, claim.fromBasis), el("span", {"class": "arrow", "aria-label": "to"}, " → "),
      side(claim.to, claim.toText, claim.toBasis));
  }

  function quoted(parts) {
    if (!parts) return null;
    return el("blockquote", {}, el("bdi", {dir: "auto"}, "“", parts.map(function (part, i) {
      return i % 2 ? el("mark", {}, part) : part;
    }), "”"));
  }

  function source(claim) {
    return el("p", {"class": "source"}, claim.url ? cm.link(claim.url, claim.publisher) : cm.name(claim.publisher),
      claim.published ? ", published " + cm.shortDate(claim.published) : ", no date of publication",
      claim.by ? [". According to ", cm.name(claim.by)] : null,
      claim.title ? [". ", el("cite", {}, cm.name(claim.title))] : null);
  }

  function row(label) {
    var value = Array.prototype.slice.call(arguments, 1).filter(Boolean);
    return value.length ? [el("dt", {}, label), el("dd", {}, value)] : null;
  }

  function sure(value) {
    return (value >= 0.75 ? "high" : value >= 0.5 ? "medium" : "low") + " (" + Math.round(value * 100) + " of 100)";
  }

  function card(claim) {
    var day = claim.date ? cm.shortDate(claim.date) : "no date";
    var bounds = claim.bounds ? ", between " + cm.shortDate(claim.bounds[0]) + " and " + cm.shortDate(claim.bounds[1]) : "";
    return el("article", {"class": "claim " + claim.status},
      el("p", {"class": "what"}, el("strong", {}, claim.kind), el("span", {"class": "status"}, data.statuses[claim.status]), el("span", {"class": "on"}, day)),
      passage(claim), quoted(claim.quote), source(claim),
      el("details", {}, el("summary", {}, "How this was read"), el("dl", {},
        row("Named as", claim.as ? cm.name(claim.as) : null, claim.count ? " (" + claim.count + " places)" : null),
        row("Place", claim.placed), row("Date", (claim.dated || "") + bounds),
        row("From", claim.fromBasis), row("To", claim.toBasis),
        row("Confidence", claim.sure !== null ? sure(claim.sure) : null, claim.because ? ": " + claim.because : null),
        row("Told", claim.told > 1 ? claim.told + " times in this article" : null))));
  }

  function group(title, claims, note) {
    if (!claims.length) return null;
    return el("section", {"class": "group"}, el("h3", {}, title), note ? el("p", {"class": "note"}, note) : null, claims.map(card));
  }

  function known(ids) {
    return (ids || []).map(function (id) { return data.claims[id]; });
  }

  /* Everything said of a place, seen from one day. */
  function place(spot, day, state, close) {
    var used = {}, box = cm.byId("place"), head;
    function take(claims) {
      return claims.filter(function (claim) { var fresh = !used[claim.at]; used[claim.at] = true; return fresh; });
    }
    var all = (claimsAt[spot.at] || []).slice().sort(function (a, b) { return (b.date || "") < (a.date || "") ? -1 : 1; });
    var today = take(all.filter(function (c) { return c.change && c.date === day && (c.status === "reported" || c.status === "background"); }));
    var against = take(known(state && state.against)), behind = take(known(state && state.claims));
    var plain = all.filter(function (c) { return c.status === "reported" && !used[c.at]; });
    var earlier = take(plain.filter(function (c) { return c.date && c.date <= day; })), later = take(plain.filter(function (c) { return !c.date || c.date > day; }));
    var others = ["denied", "planned", "hypothetical", "background"].map(function (status) {
      return group(data.statuses[status], take(all.filter(function (c) { return c.status === status; })));
    });
    cm.fill(box,
      el("button", {type: "button", "class": "close", onclick: close}, "‹ Back to the day"),
      head = el("h2", {tabindex: "-1"}, cm.name(spot.name), spot.local ? [" ", cm.name(spot.local, {"class": "local"})] : null),
      el("p", {"class": "within"}, [spot.kind].concat(spot.within || []).join(", "), spot.area ? ". The edge drawn is " + (spot.area === 2 ? "that of the gazetteer." : "an estimate.") : "", !spot.unsure ? null : (spot.area ? " " : ". ") + spot.unsure),
      verdict(state), group("Reported on this day", today), group("Reports behind this", behind),
      group("Reports that disagree", against), group("Earlier reports", earlier), group("Later reports", later),
      others.some(Boolean) ? el("div", {"class": "others"}, el("h3", {"class": "part"}, "Not counted as changes"),
        el("p", {"class": "note"}, "Denied, planned, supposed or told as background: these do not move the map on the day they were published."), others) : null);
    box.hidden = false;
    cm.byId("day").hidden = true;
    return head;
  }

  function verdict(state) {
    if (!state) return el("p", {"class": "verdict"}, "No report says who is in control on this day.");
    var sides = (state.rivals || []).filter(function (id) { return id !== state.controller; });
    return el("div", {"class": "verdict"},
      el("p", {}, controlmap.marks.stateIcon(state, 22), el("span", {}, el("strong", {}, state.controller ? who(state.controller) : "Nobody reported in control"),
        el("br"), data.conditions[state.condition], " since " + cm.shortDate(state.start),
        state.previous ? [", before that ", who(state.previous)] : null)),
      sides.length ? el("p", {"class": "note"}, "Also named: ", sides.map(function (id, i) { return [i ? ", " : "", who(id, true)]; })) : null,
      state.basis ? el("p", {"class": "note"}, state.basis) : null,
      el("p", {"class": "note"}, cm.plural(state.sources, "independent source", "independent sources"),
        state.last ? ", last reported " + cm.shortDate(state.last) : ""));
  }

  /* The changes of a day, by taker. */
  function day(iso, changes, pick, pageLink) {
    var groups = {}, order = [];
    changes.forEach(function (change) {
      var key = (change.after || "") + "|" + (change.before || "");
      if (!groups[key]) { groups[key] = []; order.push(key); }
      groups[key].push(change);
    });
    order.sort(function (a, b) { return groups[b].length - groups[a].length || (a < b ? -1 : 1); });
    cm.fill(cm.byId("day"),
      el("h2", {}, "Reported on this day"),
      changes.length ? null : el("p", {"class": "note"}, iso ? "No change of control is reported for this day." : "No change of control is reported."),
      order.map(function (key) {
        var first = groups[key][0];
        return el("div", {"class": "move"},
          el("p", {"class": "who-whom"}, controlmap.marks.changeIcon(first.before, first.after, 20),
            el("span", {}, first.after ? [el("strong", {}, who(first.after)), first.before ? [" from ", who(first.before)] : null] :
              first.before ? [el("strong", {}, "Given up by ", who(first.before)), "; no taker named"] : el("strong", {}, "Given up; no side named"))),
          el("ul", {"class": "places"}, groups[key].map(function (change) {
            return el("li", {}, placeButton(change.spot, pick, change.sources > 1 ? el("span", {"class": "count"}, " " + change.sources + " sources") : null));
          })));
      }),
      pageLink);
  }

  /* Reports on no map, grouped by reason. */
  function unplaced() {
    var groups = {}, count = data.unplacedInAll, report = (data.day ? "../" : "") + "report.html";
    data.unplaced.forEach(function (one) { (groups[one.reason] = groups[one.reason] || []).push(one); });
    cm.fill(cm.byId("unplaced"), !count ? null : el("details", {},
      el("summary", {}, "Reports on no map (" + count + ")"),
      el("p", {"class": "note"}, "Sentences that speak of control and could not be drawn, and why. ",
        data.unplaced.length < count ? "The first " + data.unplaced.length + " are listed here; " : null, "the ",
        el("a", {href: report}, "build report"), " has them all."),
      Object.keys(groups).sort().map(function (reason) {
        return el("details", {"class": "reason"}, el("summary", {}, reason + " (" + groups[reason].length + ")"), groups[reason].map(function (one) {
          return el("article", {"class": "claim"}, one.as ? el("p", {"class": "what"}, el("strong", {}, cm.name(one.as))) : null,
            quoted(one.quote), source(one), one.detail ? el("p", {"class": "note"}, one.detail) : null);
        }));
      })));
  }

  return {place: place, day: day, unplaced: unplaced, who: who};
})(controlmap);
