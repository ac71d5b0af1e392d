"use strict";
/* Shared by all parts of the page: the data, making elements (text only, never HTML), dates, names. */
var controlmap = (function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"];
  var DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

  /* el("p", {class: "x"}, "text", child): strings become text nodes; on* takes a listener. */
  function el(tag, attributes) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (value === null || value === undefined || value === false) return;
      if (name.slice(0, 2) === "on") made.addEventListener(name.slice(2), value);
      else made.setAttribute(name, value === true ? "" : value);
    });
    add(made, Array.prototype.slice.call(arguments, 2));
    return made;
  }

  function add(parent, children) {
    children.forEach(function (child) {
      if (child === null || child === undefined || child === "") return;
      if (Array.isArray(child)) add(parent, child);
      else parent.appendChild(typeof child === "object" ? child : document.createTextNode(child));
    });
    return parent;
  }

  function fill(parent) {
    while (parent.firstChild) parent.removeChild(parent.firstChild);
    return add(parent, Array.prototype.slice.call(arguments, 1));
  }

  /* Text of unknown direction, kept from turning the text around it. */
  function name(text, attributes) {
    return el("bdi", Object.assign({dir: "auto"}, attributes), text);
  }

  function link(address, text) {
    if (!/^https?:\/\//i.test(address || "")) return name(text);
    return el("a", {href: address, target: "_blank", rel: "noopener noreferrer nofollow"}, name(text));
  }

  function svg(tag, attributes) {
    var made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }

  function longDate(iso) {
    var p = iso.split("-").map(Number), week = new Date(Date.UTC(p[0], p[1] - 1, p[2])).getUTCDay();
    return DAYS[week] + ", " + p[2] + " " + MONTHS[p[1] - 1] + " " + p[0];
  }

  function shortDate(iso) {
    var p = iso.split("-").map(Number);
    return p[2] + " " + MONTHS[p[1] - 1].slice(0, p[1] === 9 ? 4 : 3) + " " + p[0];
  }

  function monthOf(iso) {
    var p = iso.split("-").map(Number);
    return MONTHS[p[1] - 1].slice(0, 3) + " " + p[0];
  }

  /* Letters only, without marks, article and case: how names are compared in the search. */
  function folded(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0652\u0670]/g, "").toLowerCase()
      .replace(/[\u0622\u0623\u0625]/g, "\u0627").replace(/ı/g, "i").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  function side(id) {
    return data.sides[id || ""] || data.sides[""];
  }

  /* Rows of a table as objects: numbers in pooled columns stand for texts that all tables share. */
  function table(packed) {
    var pooled = packed.columns.map(function (name) { return packed.pooled.indexOf(name) >= 0; });
    function text(value) { return Array.isArray(value) ? value.map(text) : data.texts[value]; }
    return packed.rows.map(function (values, at) {
      var row = {at: at};
      packed.columns.forEach(function (name, i) {
        var value = values[i] === undefined ? null : values[i];
        row[name] = value !== null && pooled[i] ? text(value) : value;
      });
      return row;
    });
  }
  ["places", "states", "changes", "claims", "unplaced"].forEach(function (name) { data[name] = table(data[name]); });
  ["states", "changes", "claims"].forEach(function (name) {
    data[name].forEach(function (row) { row.spot = row.place === null ? null : data.places[row.place]; });
  });
  data.states.forEach(function (state) {
    state.outline = data.outlines[state.place] || null;
    state.rivals = state.rivals || [];
  });
  var byName = {};
  data.places.forEach(function (spot) {
    byName[spot.id] = spot;
    spot.corners = spot.area ? cornersOf(data.outlines[spot.at].coordinates) : [[spot.lat, spot.lon]];
  });

  /* South-west and north-east of nested [lon, lat] lists. */
  function cornersOf(nested) {
    var pairs = nested.flat(Infinity), lons = pairs.filter(function (v, i) { return i % 2 === 0; }), lats = pairs.filter(function (v, i) { return i % 2; });
    return [[Math.min.apply(null, lats), Math.min.apply(null, lons)], [Math.max.apply(null, lats), Math.max.apply(null, lons)]];
  }
  function spot(id) { return Object.prototype.hasOwnProperty.call(byName, id) ? byName[id] : null; }

  /* How much larger than usual the reader wants text to be. */
  function em() {
    return parseFloat(window.getComputedStyle(document.documentElement).fontSize) / 16 || 1;
  }

  function plural(count, one, many) {
    return count + " " + (count === 1 ? one : many);
  }

  function byId(id) {
    return document.getElementById(id);
  }

  return {data: data, el: el, fill: fill, name: name, link: link, svg: svg, longDate: longDate, shortDate: shortDate,
    monthOf: monthOf, folded: folded, side: side, spot: spot, em: em, plural: plural, byId: byId};
})();
