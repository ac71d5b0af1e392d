/* Time: a slider with one bar a day, buttons, keys and play. */
controlmap.time = (function (cm) {
  var el = cm.el, days = cm.data.dates, bars = cm.byId("bars"), at = 0, timer = null, chosen = null, pieces = [];
  var STEP = 1400; // milliseconds a day stays when playing

  function build(onChoose) {
    chosen = onChoose;
    var top = Math.max.apply(null, days.map(function (d) { return d[1]; }).concat([1]));
    days.forEach(function (d, i) {
      var far = i > 0 && Date.parse(d[0]) - Date.parse(days[i - 1][0]) > 86400000;
      var bar = el("span", {"class": "bar"}), piece = el("span", {"class": "step" + (far ? " far" : ""), title: cm.shortDate(d[0]) + ": " + cm.plural(d[1], "change", "changes")}, bar);
      bar.style.height = (8 + 92 * Math.sqrt(d[1] / top)) + "%";
      pieces.push(piece);
      bars.appendChild(piece);
    });
    bars.setAttribute("aria-valuemin", 0);
    bars.setAttribute("aria-valuemax", Math.max(0, days.length - 1));
    bars.addEventListener("pointerdown", function (event) { bars.setPointerCapture(event.pointerId); stop(); point(event); });
    bars.addEventListener("pointermove", function (event) { if (event.buttons) point(event); });
    cm.byId("earlier").addEventListener("click", function () { stop(); go(at - 1); });
    cm.byId("later").addEventListener("click", function () { stop(); go(at + 1); });
    cm.byId("play").addEventListener("click", play);
    cm.byId("play").hidden = Boolean(cm.data.day) || days.length < 2;
    document.addEventListener("keydown", key);
    window.addEventListener("resize", labels);
    labels();
  }

  /* Month names below the bars, as many as there is room for; gaps where days lie apart, as far as there is room. */
  function labels() {
    var last = -1000, month = "", need = 66 * cm.em(), share = bars.clientWidth / Math.max(1, days.length);
    bars.style.setProperty("--gap", share < 4 ? "0px" : Math.min(14, share * 0.3) + "px");
    pieces.forEach(function (piece, i) {
      var old = piece.querySelector(".month"), here = cm.monthOf(days[i][0]), left = piece.offsetLeft, end = left + need > bars.scrollWidth;
      if (old) old.remove();
      if (here !== month && left - (end ? piece.offsetLeft + need - bars.scrollWidth : 0) - last > need) {
        piece.appendChild(el("span", {"class": "month" + (end ? " end" : "")}, here));
        last = left;
        month = here;
      }
    });
  }

  function point(event) {
    var x = event.clientX, best = 0, near = Infinity;
    pieces.forEach(function (piece, i) {
      var box = piece.getBoundingClientRect(), away = Math.abs(x - (box.left + box.right) / 2);
      if (away < near) { near = away; best = i; }
    });
    go(best);
  }

  function key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    var where = {ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: days.length - 1}[event.key];
    if ((event.key === "Home" || event.key === "End") && event.target !== bars) return;
    if (where !== undefined) { stop(); go(where); event.preventDefault(); }
    if (event.key === " " && !/^(BUTTON|SUMMARY|A|INPUT)$/.test(event.target.tagName) && !event.target.closest("[role=button]")) { play(); event.preventDefault(); }
  }

  function go(i) {
    if (!days.length) return;
    var wanted = Math.max(0, Math.min(days.length - 1, i));
    if (wanted !== at) chosen(days[wanted][0]);
  }

  function play() {
    if (timer || cm.data.day || days.length < 2) return stop();
    if (at === days.length - 1) go(0);
    timer = window.setInterval(function () { if (at >= days.length - 1) stop(); else go(at + 1); }, STEP);
    face();
  }

  function stop() {
    window.clearInterval(timer);
    timer = null;
    face();
  }

  function face() {
    var button = cm.byId("play");
    button.textContent = timer ? "❚❚" : "▶";
    button.setAttribute("aria-label", timer ? "Stop" : "Play the dates");
  }

  /* Shows a day as the chosen one. */
  function mark(iso) {
    var piece;
    at = Math.max(0, days.findIndex(function (d) { return d[0] === iso; }));
    pieces.forEach(function (piece, i) { piece.classList.toggle("now", i === at); });
    piece = pieces[at];
    if (piece && (piece.offsetLeft < bars.scrollLeft || piece.offsetLeft > bars.scrollLeft + bars.clientWidth - 8)) {
      bars.scrollLeft = piece.offsetLeft - bars.clientWidth / 2;
    }
    bars.setAttribute("aria-valuenow", at);
    bars.setAttribute("aria-valuetext", days.length ? cm.longDate(iso) : "no dates");
    cm.byId("earlier").disabled = at <= 0;
    cm.byId("later").disabled = at >= days.length - 1;
  }

  return {build: build, mark: mark, playing: function () { return timer !== null; }};
})(controlmap);
