"use strict";
// What a page does beyond being read: the document of any day, the history of an item, the search.
// It works on the data of the element "told", builds every element by itself and puts words in as text only.
(() => {
  const told = JSON.parse(document.getElementById("told").textContent);
  const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
  const ERAS = [["2019-05-01", "令和", 2018], ["1989-01-08", "平成", 1988], ["1926-12-25", "昭和", 1925]];
  const FIRST = "0001-01-01";
  const LAST = "9999-12-31";

  const byId = (id) => document.getElementById(id);
  const readable = (text) => text.replace(/\r\n?/g, "\n").replace(CONTROL, "\ufffd");

  /** A new element: its attributes (class, id, ...), then texts and elements inside. */
  function make(tag, attributes, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...inside.filter((each) => each !== null));
    return element;
  }

  /** 2021-05-18 as the form prints it. */
  function wareki(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    const era = ERAS.find(([first]) => iso >= first);
    const of = era ? `${era[1]}${year - era[2] === 1 ? "元" : year - era[2]}` : `${year}`;
    return `${of}年${month}月${day}日`;
  }

  /** The day before. */
  function eve(iso) {
    const day = new Date(`${iso}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() - 1);
    return day.toISOString().slice(0, 10);
  }

  /** Words without the differences that a search does not look at. */
  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

  // --- the search ---------------------------------------------------------------------------------------

  const shownItems = () => [...document.querySelectorAll("#paper .item")];
  const rows = [...document.querySelectorAll("#changes tbody tr, #list tbody tr")];
  const foldedOf = new WeakMap();
  let asked = "";

  function foldedWords(element, words) {
    if (!foldedOf.has(element)) foldedOf.set(element, folded(words(element)));
    return foldedOf.get(element);
  }

  /** Hide what does not have the words asked for; the numbers of what has them. */
  function sieve(elements, words) {
    let found = 0;
    for (const element of elements) {
      const fits = asked === "" || foldedWords(element, words).includes(asked);
      if (element.hidden === fits) element.hidden = !fits;
      if (fits) found += 1;
    }
    return found;
  }

  function hideEmpty(selector, inside) {
    for (const element of document.querySelectorAll(selector)) {
      element.hidden = asked !== "" && element.querySelector(inside) === null;
    }
  }

  function search() {
    const words = byId("words").value.trim();
    asked = folded(words);
    const items = sieve(shownItems(), (each) => each.querySelector(".name").textContent + each.dataset.words);
    const found = sieve(rows, (each) => each.textContent);
    hideEmpty("#paper .heading", ".item:not([hidden])");
    hideEmpty("#paper .part", ".heading:not([hidden])");
    document.body.classList.toggle("searching", asked !== "");
    const counts = told.days ? `項目 ${items}件、変更箇所 ${found}件` : `評価書 ${found}件`;
    byId("count").textContent = asked === "" ? "" : `「${words}」 ${counts}`;
  }

  function searchField(called) {
    const field = make("input", { type: "search", id: "words", autocomplete: "off", spellcheck: "false" });
    field.addEventListener("input", search);
    return make("p", { class: "search", role: "search" }, make("label", { for: "words" }, called), field,
      make("output", { id: "count", "aria-live": "polite" }));
  }

  // --- the document on a day ----------------------------------------------------------------------------

  const versions = (told.versions || []).map(
    ([item, from, until, value, certainty, reason, rivals, since, row, anchor, floor], number) =>
      ({ number, item, from, until, value, certainty, reason, rivals, since, row, anchor, floor: floor === 1 }));
  const ofItem = new Map();
  for (const version of versions) {
    if (!ofItem.has(version.item)) ofItem.set(version.item, []);
    ofItem.get(version.item).push(version);
  }
  for (const each of ofItem.values()) each.sort((one, other) => one.from - other.from);

  const boxesOf = (value) => (value !== null && value < 0 ? told.boxes[-1 - value] : null);
  const wordsOf = (value) => (value === null ? "" : boxesOf(value) ? boxesOf(value)[1] : told.texts[value]);

  /** What an item says, as elements. */
  function said(value) {
    if (value === null) return [];
    const boxes = boxesOf(value);
    if (boxes === null) return [make("p", { class: "text" }, readable(told.texts[value]) || told.blank)];
    const [states] = boxes;
    const list = make("ul", { class: "boxes" });
    for (const [name, tick] of Object.entries(told.ticks)) {
      for (const label of states[name]) list.append(make("li", { class: name }, `${tick} ${readable(label)}`));
    }
    const other = states.other_text;
    return other ? [list, make("p", { class: "text" }, `（${readable(other)}）`)] : [list];
  }

  /** Why what an item says is not certain, and what else it may say. */
  function remarks(version) {
    const unsure = told.certainties[version.certainty];
    if (unsure === "") return [];
    const rivals = version.rivals.map((rival, n) => `候補${n + 1}: ${wordsOf(rival) || told.blank}`);
    return [`［${unsure}］${told.texts[version.reason]}`, ...rivals].map(
      (each) => make("p", { class: "remark" }, readable(each)));
  }

  const CERTAINTY = ["known", "partial", "unknown"];
  const elements = new Map(); // of items
  const shown = new Map(); // which version each of them shows

  /** The element of an item, which opens its history. */
  function elementOf(item) {
    if (elements.has(item)) return elements.get(item);
    const [, , label, further, important] = told.items[item];
    const history = `history-${item}`;
    const button = make("button", { type: "button", "aria-expanded": "false", "aria-controls": history },
      label, important ? make("span", { class: "important" }, " ※") : null);
    const panel = make("div", { class: "history", id: history, hidden: true });
    button.addEventListener("click", () => open(item, button, panel));
    const element = make("article", { id: `item-${item}` },
      make("div", { class: "name" }, further ? make("p", { class: "where" }, further) : null,
        make("h5", {}, button), make("p", { class: "turned-here" })),
      make("div", { class: "says" }), panel);
    elements.set(item, element);
    return element;
  }

  function write(version, place) {
    const element = elementOf(version.item);
    const here = version.from === place && turned.has(version.number);
    element.querySelector(".turned-here").textContent = here ? "この日から" : "";
    element.className = `item ${CERTAINTY[version.certainty]}${here ? " turned" : ""}`;
    if (shown.get(version.item) === version.number) return element;
    element.querySelector(".says").replaceChildren(...said(version.value), ...remarks(version));
    element.dataset.words = wordsOf(version.value);
    foldedOf.delete(element);
    shown.set(version.item, version.number);
    return element;
  }

  const headings = new Map();
  const parts = new Map();

  function headingOf(number) {
    if (!headings.has(number)) {
      const [, name] = told.headings[number];
      headings.set(number, make("section", { class: "heading" }, name ? make("h4", {}, name) : make("span", {})));
    }
    return headings.get(number);
  }

  function partOf(name) {
    if (!parts.has(name)) parts.set(name, make("section", { class: "part" }, make("h3", {}, name)));
    return parts.get(name);
  }

  /** Let *parent* have *children* behind the *kept* first ones, and move nothing that stands right. */
  function arrange(parent, children, kept) {
    children.forEach((child, n) => {
      if (parent.children[n + kept] !== child) parent.insertBefore(child, parent.children[n + kept] || null);
    });
    while (parent.children.length > children.length + kept) parent.lastElementChild.remove();
  }

  function group(list, of) {
    const found = new Map();
    for (const each of list) {
      if (!found.has(of(each))) found.set(of(each), []);
      found.get(of(each)).push(each);
    }
    return found;
  }

  // What turns at a place: items that say something else than before, or something for the first time.
  const turned = new Set();
  for (const all of ofItem.values()) {
    all.forEach((version, n) => {
      const before = n > 0 && all[n - 1].until === version.from ? all[n - 1] : null;
      const differs = before === null ? wordsOf(version.value) !== "" : !sameWords(before, version);
      if (version.from > 0 && differs) turned.add(version.number);
    });
  }

  /** The places at which the slider stops: the oldest state, where words turn or go, each 公表日. */
  function stopsOf() {
    const places = [0, ...versions.filter((each) => turned.has(each.number)).map((each) => each.from)];
    for (const all of ofItem.values()) {
      all.forEach((each, n) => {
        const goes = each.until < told.days.length && all[n + 1]?.from !== each.until;
        if (goes && wordsOf(each.value) !== "") places.push(each.until);
      });
    }
    for (const [from, of] of told.published) if (from > 0 && of === told.days[from]) places.push(from);
    return [...new Set(places)].sort((one, other) => one - other);
  }

  const stops = told.days ? stopsOf() : [];
  const now = { place: 0, day: null };

  /** The stop at a place or before it, by its number. */
  const stopAt = (place) => stops.filter((each) => each <= place).length - 1;

  /** The place of a day among the turning days. */
  function placeOf(day) {
    let place = 0;
    while (place + 1 < told.days.length && told.days[place + 1] <= day) place += 1;
    return place;
  }

  /** The day that stands for a place: its first; of the oldest state its last. */
  function dayOf(place) {
    if (told.days[place] === LAST) return place > 1 ? told.days[place - 1] : null;
    if (told.days[place] !== FIRST) return told.days[place];
    return told.oldest || (told.days[1] ? eve(told.days[1]) : null);
  }

  /** Show the document of a place; *day* is the day that was asked for, null for the one that stands for it. */
  function show(place, day) {
    now.place = place;
    now.day = day;
    const live = versions.filter((each) => each.from <= place && place < each.until);
    const byHeading = group(live, (each) => told.items[each.item][5]);
    const byPart = group([...byHeading.keys()], (number) => told.headings[number][0]);
    for (const [number, inside] of byHeading) {
      arrange(headingOf(number), inside.map((each) => write(each, place)), 1);
    }
    for (const [name, inside] of byPart) arrange(partOf(name), inside.map(headingOf), 1);
    arrange(byId("paper"), [...byPart.keys()].map(partOf), 0);
    tell(live.filter((each) => each.from === place && turned.has(each.number)));
    if (asked !== "") search();
  }

  /** Say which state is shown, and lead to the items that turned with it. */
  function tell(here) {
    const { place, day } = now;
    const last = place >= stops.at(-1);
    const stands = day || dayOf(last ? stops.at(-1) : place);
    let state = stands ? `${wareki(stands)} の記載` : "最新の記載";
    if (last && day === null) {
      state = told.days[stops.at(-1)] === LAST ? "最新の記載（変更日が未定の変更を含む）"
        : stands && place > 0 ? `最新の記載（${wareki(stands)} から）` : "最新の記載";
    } else if (place === 0) {
      state += "（台帳で分かる最も古い状態）";
    }
    const [, published] = told.published.filter(([from]) => from <= place).pop() || [0, null];
    const read = published && (last || (stands && published <= stands)) ? `公表されていた版: ${wareki(published)}` : "";
    const [end, why] = told.ended || [LAST, ""];
    const over = end <= (day || told.days[place]) ? `この事務は ${wareki(end)} に終了しています（${why}）` : "";
    byId("state").textContent = [state, read, over].filter(Boolean).join("　");
    byId("turned").replaceChildren(...(here.length ? [`この日に変わった項目 ${here.length}件: `] : []),
      ...here.map(({ item }) => make("a", { href: `#item-${item}` }, told.items[item][0])));
    byId("slider").value = String(stopAt(place));
    byId("slider").setAttribute("aria-valuetext", state);
    byId("day").value = stands || "";
    byId("earlier").disabled = place === 0;
    byId("later").disabled = last;
  }

  // --- the history of an item ---------------------------------------------------------------------------

  /** Open or close the history of an item. */
  function open(item, button, panel) {
    const opening = button.getAttribute("aria-expanded") === "false";
    if (opening && panel.childElementCount === 0) panel.append(...history(item));
    button.setAttribute("aria-expanded", String(opening));
    panel.hidden = !opening;
  }

  function history(item) {
    const list = make("ol", { reversed: true });
    const entries = [];
    for (const version of ofItem.get(item)) {
      const last = entries.at(-1);
      if (last && last.until === version.from && alike(last.version, version)) last.until = version.until;
      else entries.push({ version, until: version.until, before: last?.until === version.from ? last.version : null });
    }
    for (const each of entries) list.prepend(make("li", {}, ...entry(each)));
    return [make("p", { class: "path" }, told.items[item][0]), make("h6", {}, "この項目の履歴（新しい順）"), list];
  }

  /** Whether nothing that an item says turned, whatever the reason is. */
  function sameWords(one, other) {
    return one.value === other.value && one.certainty === other.certainty && one.rivals.join() === other.rivals.join();
  }

  const alike = (one, other) => sameWords(one, other) && one.anchor === other.anchor;

  function entry({ version, until, before }) {
    const from = told.days[version.from];
    const to = until < told.days.length ? `${wareki(eve(told.days[until]))}まで` : "";
    const when = from === FIRST ? to || "はじめから" : from === LAST ? "変更日未定" : `${wareki(from)}から${to}`;
    const inside = [make("p", { class: "when" }, when)];
    const words = told.words[String(version.number)];
    if (words && before) inside.push(marked(wordsOf(before.value), wordsOf(version.value), words));
    else if (before && before.value === version.value) inside.push(make("p", { class: "note" }, "記載は同じ"));
    else inside.push(...said(version.value));
    inside.push(...remarks(version));
    if (version.anchor !== "") inside.push(filed(version.anchor));
    return inside;
  }

  const ELEMENTS = [null, "del", "ins"];

  /** Both texts as one, with the words marked that went and that came. */
  function marked(before, after, words) {
    const element = make("p", { class: "text" });
    let was = 0;
    let became = 0;
    for (let n = 0; n < words.length; n += 2) {
      const [op, length] = [words[n], words[n + 1]];
      const text = readable(op === 1 ? before.slice(was, was + length) : after.slice(became, became + length));
      if (op !== 2) was += length;
      if (op !== 1) became += length;
      element.append(ELEMENTS[op] === null ? text : make(ELEMENTS[op], {}, text));
    }
    return element;
  }

  /** Which row began it, when that was filed and published, and why. */
  function filed(anchor) {
    const [, name, day, timing, published, reason] = told.rows.find((row) => row[0] === anchor);
    const facts = [["変更日", day], ["提出時期", timing || "記載なし"], ["公表日", published || "未公表"], ["説明", reason]];
    const list = make("dl", { class: "filed" },
      make("div", {}, make("dt", {}, "変更の行"), make("dd", {}, make("a", { href: `#${anchor}` }, name))));
    for (const [term, fact] of facts) {
      list.append(make("div", {}, make("dt", {}, term), make("dd", {}, readable(fact) || told.blank)));
    }
    return list;
  }

  // --- the controls -------------------------------------------------------------------------------------

  const MARKS = { published: "◇", before: "▲", after: "●", review: "○", end: "■" };

  /** What came when, in line with the slider; the list of revisions says the same. */
  function strip() {
    const places = group(told.marks, ([day]) => stopAt(placeOf(day)));
    const element = make("div", { class: "strip", "aria-hidden": "true" });
    const steps = Math.max(stops.length - 1, 1);
    for (const [place, marks] of places) {
      const kinds = [...new Set(marks.flatMap(([, each]) => each))];
      const signs = kinds.filter((kind) => MARKS[kind]).map((kind) => make("span", { class: kind }, MARKS[kind]));
      const mark = make("span", { class: "mark" }, ...signs);
      if (kinds.includes("flagged")) mark.append(make("span", { class: "flagged" }, "!"));
      mark.style.left = `${(place / steps) * 100}%`;
      element.append(mark);
    }
    return element;
  }

  function years() {
    const element = make("div", { class: "years", "aria-hidden": "true" });
    const steps = Math.max(stops.length - 1, 1);
    let above = "";
    let free = -1;
    stops.map((each) => told.days[each]).forEach((day, place) => {
      const year = day === FIRST || day === LAST ? "" : day.slice(0, 4);
      const at = (place / steps) * 100;
      if (year === "" || year === above || at < free) return;
      const mark = make("span", {}, year);
      mark.style.left = `${at}%`;
      element.append(mark);
      above = year;
      free = at + 6;
    });
    return element;
  }

  function control(id, label, attributes) {
    return [make("label", { for: id, class: "unseen" }, label), make("input", { id, ...attributes })];
  }

  /** Show a stop. */
  function stop(number) {
    show(stops[Math.min(Math.max(number, 0), stops.length - 1)], null);
  }

  function controls() {
    const earlier = make("button", { type: "button", id: "earlier" }, "◀ 前の変更");
    const later = make("button", { type: "button", id: "later" }, "次の変更 ▶");
    const slider = control("slider", "どの日の記載を示すか",
      { type: "range", min: "0", max: String(stops.length - 1), step: "1" });
    const day = control("day", "日を入力して選ぶ", { type: "date" });
    const legend = make("p", { class: "legend", "aria-hidden": "true" }, make("span", { class: "before" }, "▲事前"),
      make("span", { class: "after" }, "●事後"), make("span", { class: "published" }, "◇公表"),
      make("span", { class: "flagged" }, "!指摘"));
    earlier.addEventListener("click", () => stop(stopAt(now.place) - (now.place > stops[stopAt(now.place)] ? 0 : 1)));
    later.addEventListener("click", () => stop(stopAt(now.place) + 1));
    slider[1].addEventListener("input", () => stop(Number(slider[1].value)));
    day[1].addEventListener("change", () => {
      if (day[1].value) show(placeOf(day[1].value), day[1].value);
    });
    return [make("div", { class: "line" }, earlier, make("div", { class: "days" }, strip(), ...slider, years()), later),
      make("div", { class: "line" }, make("span", { class: "picked" }, ...day), legend, searchField("このページを検索"))];
  }

  /** Let references reach what the search hides, or what the document of the day does not have. */
  function reveal(event) {
    const link = event.target.closest("a[href^='#']");
    if (link === null) return;
    const id = link.getAttribute("href").slice(1);
    const item = /^item-(\d+)$/.exec(id);
    if (item !== null && byId(id) === null) show(ofItem.get(Number(item[1])).at(-1).until - 1, null);
    const target = byId(id);
    if (target !== null && target.closest("[hidden]") !== null) {
      byId("words").value = "";
      search();
    }
  }

  function days() {
    for (const turn of document.querySelectorAll(".turn[data-day]:not([data-day=''])")) {
      const button = make("button", { type: "button", class: "of-day" }, "この日の記載");
      button.setAttribute("aria-label", `${wareki(turn.dataset.day)} の記載を示す`);
      button.addEventListener("click", () => {
        show(placeOf(turn.dataset.day), turn.dataset.day);
        byId("document").scrollIntoView();
        byId("document").focus({ preventScroll: true });
      });
      turn.append(button);
    }
  }

  const bar = byId("controls");
  bar.setAttribute("role", "region");
  if (told.days) {
    bar.setAttribute("aria-label", "日を選ぶ・検索する");
    bar.append(...controls());
    byId("state").setAttribute("role", "status");
    byId("paper").replaceChildren();
    stop(stops.length - 1);
    days();
  } else {
    bar.setAttribute("aria-label", "検索する");
    bar.append(make("div", { class: "line" }, searchField("評価書の名前などで検索")));
  }
  bar.hidden = false;
  document.addEventListener("click", reveal);
})();
