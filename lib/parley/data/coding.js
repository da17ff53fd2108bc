"use strict";
// A coder's work is kept in `work`: for each row, by its order, what was said of it. Everything shown is drawn from it.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const ROLES = ["source", "cue", "content"];
const LABELS = ["for", "against", "neutral", "can't tell"];
const TEXTS = { mentions: ["polarity", "holder", "side", "others", "note", "saw"], sentences: ["kind", "speaker", "side", "named", "nested", "via", "note"] };
const STORE = `parley-coding:${data.digest}:${data.coder}`;
const touch = matchMedia("(pointer: coarse)").matches;

for (const part of [data.mentions, data.sentences]) {
  const at = Object.fromEntries(part.columns.map((name, i) => [name, i]));
  part.list = part.rows.map((cells, i) => {
    const [slice, row, sentence, shown] = part.views[i];
    return { cells, order: cells[at.order], check: cells[at.check], article: cells[at.article_id], text: data.slices[slice].text, row, sentence, shown };
  });
}

let work = { mode: data.mentions.list.length ? "mentions" : "sentences", at: { mentions: 0, sentences: 0 }, mentions: {}, sentences: {} };
let unsaved = false; // since the last export, where the browser keeps nothing
let pick = null; // the words selected: { anchor, focus }, numbers of tokens
let cursor = 0;
let tokens = [];
let answer = null; // what to do once a question is answered

// --- the rows and what was said of them

const part = () => data[work.mode];
const rowAt = () => part().list[work.at[work.mode]];
const said = (row = rowAt(), mode = work.mode) => work[mode][row?.order] || {};
function entry() {
  const row = rowAt();
  const one = (work[work.mode][row.order] ||= work.mode === "mentions" ? {} : { items: [], item: 0 });
  if (!$("about").hidden) one.saw = "yes";
  return one;
}
const item = () => said().items?.[said().item];
const hasWords = (one) => ROLES.some((role) => one[role]?.length);
function isCoded(row, mode = work.mode) {
  const one = said(row, mode);
  return mode === "mentions" ? Boolean(one.polarity) : Boolean(one.coded) || (one.items || []).some(hasWords);
}
const counted = (mode = work.mode) => data[mode].list.filter((row) => isCoded(row, mode)).length;
const skipped = (mode = work.mode) => data[mode].list.filter((row) => said(row, mode).skipped && !isCoded(row, mode));
function beginning(mode) {
  const end = data[mode].list.findIndex((row) => !isCoded(row, mode));
  return end < 0 ? data[mode].list : data[mode].list.slice(0, end);
}

// --- keeping

function keep() {
  try {
    localStorage.setItem(STORE, JSON.stringify(work));
    $("kept").textContent = "Kept in this browser after each key. Clearing its data loses it: export when you stop.";
  } catch (error) {
    const full = error && error.name === "QuotaExceededError";
    const told = unsaved;
    unsaved = true;
    $("kept").textContent = `This browser keeps nothing (its storage is ${full ? "full" : "denied"}). Coding goes on; export before you close the page.`;
    if (!told) note($("kept").textContent);
  }
}
function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE));
    if (kept && kept.mentions && kept.sentences && kept.at) work = { ...work, ...kept };
  } catch { /* denied, or not ours: keep() will say so */ }
  for (const mode of ["mentions", "sentences"]) work.at[mode] = Math.max(0, Math.min(work.at[mode] | 0, data[mode].list.length - 1));
  if (!part()?.list.length) work.mode = data.mentions.list.length ? "mentions" : "sentences";
}
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
addEventListener("storage", (event) => {
  if (event.key === STORE) note("This sheet is being coded in another tab too. Close one of them: the last to write wins.");
});

// --- saying

function say(words) { $("said").textContent = ""; setTimeout(() => { $("said").textContent = words; }, 20); }
function note(words) { if ($("notice").textContent !== words) $("notice").textContent = words; $("notice").hidden = !words; }
function ask(words, yes, no, then) {
  $("ask-text").textContent = words;
  $("ask-yes").textContent = yes;
  $("ask-no").textContent = no;
  answer = then;
  $("ask").hidden = false;
  $("ask-yes").focus();
}
for (const [id, given] of [["ask-yes", true], ["ask-no", false]]) {
  $(id).addEventListener("click", () => { $("ask").hidden = true; const then = answer; answer = null; then?.(given); });
}
const many = (n, one) => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;

// --- drawing

// Text of the corpus is only ever set as text; marks that would turn the line around are left out.
const visible = (text) => text.replace(/[\u202A-\u202E\u2066-\u2069]/g, "");
function node(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = visible(text);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function draw() {
  const row = rowAt(), mode = work.mode;
  $("to-mentions").setAttribute("aria-current", mode === "mentions");
  $("to-sentences").setAttribute("aria-current", mode === "sentences");
  $("mention-part").hidden = mode !== "mentions";
  $("sentence-part").hidden = mode !== "sentences";
  $("sure-part").hidden = mode !== "mentions";
  $("work").hidden = !row;
  $("export").lastChild.textContent = mode === "mentions" ? "export mentions.csv" : "export attributions.csv";
  $("holds").textContent = part().rows.length < part().of
    ? `This page holds the first ${part().rows.length.toLocaleString("en")} of ${many(part().of, "row")}; the sheet beside it has all. The beginning of the order is all that a sample needs.` : "";
  if (!row) { $("heading").textContent = mode === "mentions" ? "No keyword mention to code" : "No sentence to code"; return; }
  $("heading").textContent = `${mode === "mentions" ? "Mention" : "Sentence"} ${row.order} of ${part().of.toLocaleString("en")}`;
  $("jump").max = part().list.length;
  pick = null;
  $("about").hidden = true;
  $("reveal").setAttribute("aria-expanded", "false");
  (mode === "mentions" ? drawMention : drawSentence)(row);
  refresh();
  $("passage").querySelector(".keyword, .sentence")?.scrollIntoView({ block: "nearest" });
}

function drawMention(row) {
  const passage = $("passage"), { text, row: [start, end] } = row;
  const first = row.sentence[0], last = Math.max(row.sentence[1], end); // keywords may end behind a split sentence
  passage.replaceChildren();
  for (const [a, b] of row.shown) {
    const paragraph = node("p", "", { dir: "auto", class: "context" });
    const piece = (from, to) => text.slice(Math.max(a, from), Math.max(a, Math.min(b, to)));
    if (first < b && last > a) {
      const sentence = node("span", "", { class: "sentence" });
      const stop = Math.max(b, last);
      sentence.append(visible(piece(first, start)), node("mark", text.slice(start, end), { class: "keyword" }), visible(text.slice(end, Math.min(last, stop))));
      paragraph.append(visible(piece(a, first)), sentence, visible(piece(last, b)));
    } else paragraph.append(visible(text.slice(a, b)));
    passage.append(paragraph);
  }
  const one = said();
  for (const [id, name] of MENTION_FIELDS) $(id).value = one[name] || "";
}

const TOKEN = /[\p{L}\p{N}_]+(?:(?:[-‑]|['’](?!s(?![\p{L}\p{N}_])))[\p{L}\p{N}_]+)*|['’]s(?![\p{L}\p{N}_])|[^\s\p{L}\p{N}_]/gu;
function drawSentence(row) {
  const passage = $("passage"), [start, end] = row.sentence, { text } = row;
  passage.replaceChildren();
  tokens = [];
  const words = node("div", "", { id: "words", role: "listbox", tabindex: "0", "aria-multiselectable": "true", "aria-label": "Words of the sentence and of what follows" });
  const fill = (a, b, label, kind) => {
    if (!text.slice(a, b).trim()) return;
    const group = node("div", "", { role: "group", "aria-label": label, dir: "auto", class: kind });
    let from = a;
    for (const found of text.slice(a, b).matchAll(TOKEN)) {
      const at = a + found.index;
      if (at > from) group.append(visible(text.slice(from, at)));
      const word = node("span", found[0], { role: "option", id: `w${tokens.length}`, "aria-selected": "false" });
      word.dataset.n = tokens.length;
      from = at + found[0].length;
      tokens.push({ a: at, b: from, word });
      group.append(word);
    }
    words.append(group);
  };
  for (const [a, b] of row.shown) {
    if (b <= start || a < start) passage.append(node("p", text.slice(a, Math.min(b, start)).trim(), { dir: "auto", class: "context" }));
    if (b <= start) continue;
    if (a <= start) fill(start, end, "The sentence", "sentence");
    fill(Math.max(a, end), b, "What follows", "context");
  }
  passage.querySelectorAll("p:empty").forEach((empty) => empty.remove());
  passage.append(words);
  cursor = 0;
}

function refresh() {
  const row = rowAt(), one = said(), mode = work.mode, done = counted();
  const waiting = skipped().length;
  $("row-state").textContent = `${done.toLocaleString("en")} coded${waiting ? `, ${waiting} skipped` : ""}${isCoded(row) ? " · this one is" : ""}`;
  $("bar").max = part().list.length;
  $("bar").value = done;
  if (mode === "mentions") {
    for (const button of $("labels").children) button.setAttribute("aria-pressed", one.polarity === button.dataset.label);
    sure();
  } else refreshSentence(one);
}

function refreshSentence(one) {
  const items = one.items || [], own = item();
  $("nothing").setAttribute("aria-pressed", one.coded === "yes" && !items.some(hasWords));
  $("attribution").hidden = !own;
  $("undo").hidden = !own || !hasWords(own);
  $("remove").hidden = $("another").hidden = !own;
  $("adjust").hidden = !pick;
  $("turn").hidden = items.length < 2;
  $("attribution-number").textContent = items.length > 1 ? `Attribution ${one.item + 1} of ${items.length}` : "";
  if (own) {
    for (const [id, name] of SENTENCE_FIELDS) if (document.activeElement !== $(id)) $(id).value = own[name] || "";
    $("kind").lastChild.textContent = `kind: ${own.kind || "not said"}`;
    $("named").lastChild.textContent = `named: ${own.named === "false" ? "no" : "yes"}`;
    $("nested").lastChild.textContent = `nested: ${own.nested === "true" ? "yes" : "no"}`;
  }
  $("marked").replaceChildren(...items.map((each, n) => {
    const line = node("li", "", n === one.item ? { class: "own" } : {});
    for (const role of ROLES) if (each[role]?.length) line.append(node("span", role, { class: "small" }), " ", node(role === "source" ? "b" : role === "cue" ? "u" : "mark", words(each[role]), { class: role, dir: "auto" }), " ");
    if (!hasWords(each)) line.append("nothing marked yet");
    else if (each.speaker) line.append(`(${visible(each.speaker)}${each.side ? `, ${visible(each.side)}` : ""})`);
    return line;
  }));
  tokens.forEach(({ a, b, word }, n) => {
    const is = ROLES.filter((role) => own?.[role]?.some((span) => span.a <= a && b <= span.b));
    const inside = pick && n >= Math.min(pick.anchor, pick.focus) && n <= Math.max(pick.anchor, pick.focus);
    word.className = [...is.map((role) => `word-${role}`), inside ? "chosen" : "", n === cursor ? "here" : ""].join(" ").trim();
    word.setAttribute("aria-selected", Boolean(inside));
    if (is.length) word.setAttribute("aria-label", `${visible(word.textContent)}, ${is.join(" and ")}`);
    else word.removeAttribute("aria-label");
  });
  $("words")?.setAttribute("aria-activedescendant", `w${cursor}`);
}
const words = (spans) => spans.map((span) => span.text).join(" … ");

// --- how sure: Wilson's interval at the number of rows that counts once they are drawn from finitely many

const Z = 1.959964;
function wilson(share, n, of) {
  if (n >= of) return [share, share];
  const worth = (n * (of - 1)) / (of - n), square = (Z * Z) / worth;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / worth + square / (4 * worth));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
function toHalve(share, n, of) {
  const [low, high] = wilson(share, n, of), wanted = (high - low) / 2;
  let fewest = n, enough = of;
  while (enough - fewest > 1) {
    const tried = (fewest + enough) >> 1, [a, b] = wilson(share, tried, of);
    if (b - a <= wanted) enough = tried; else fewest = tried;
  }
  return high > low ? enough - n : 0;
}
function sure() {
  const { of, sample } = data.mentions, coded = beginning("mentions"), n = coded.length, all = counted("mentions");
  const percent = (share) => `${Math.round(100 * share)}%`;
  const beyond = all > n ? ` ${many(all - n, "row")} beyond a gap ${all - n === 1 ? "is" : "are"} not in the sample until row ${n + 1} is coded.` : "";
  $("sure-said").textContent = !sample ? "This sheet holds some articles of the study, not the beginning of its order, so shares are not estimated from it."
    : n === of ? `All ${many(of, "row")} coded: nothing is uncertain.`
    : !n ? "Nothing is coded from the first row on. Code in order: any beginning is a random sample."
    : `The first ${n.toLocaleString("en")} of ${many(of, "row")} ${n === 1 ? "is" : "are"} coded: a random sample.${beyond}`;
  $("sure-scroll").hidden = !sample || !n;
  $("sure").tBodies[0].replaceChildren(...LABELS.map((label) => {
    const count = coded.filter((row) => said(row, "mentions").polarity === label).length, line = node("tr");
    const [low, high] = wilson(count / n, n, of);
    line.append(node("th", label.replace("'", "’"), { scope: "row" }));
    for (const cell of [String(count), percent(count / n), `${percent(low)} to ${percent(high)}`, n === of ? "none" : toHalve(count / n, n, of).toLocaleString("en")]) line.append(node("td", cell, { class: "number" }));
    return line;
  }));
}

// --- moving

function show(index, words = "") {
  work.at[work.mode] = index;
  keep();
  note("");
  draw();
  const row = rowAt();
  $("heading").focus({ preventScroll: true });
  say(`${words}${$("heading").textContent}${row && isCoded(row) ? ", coded" : ""}.`);
}
function next(words = "") {
  const { list } = part(), at = work.at[work.mode];
  const open = (row) => !isCoded(row) && !said(row).skipped;
  let index = list.findIndex((row, i) => i > at && open(row));
  if (index < 0) index = list.findIndex(open);
  if (index < 0 && skipped().length) {
    index = list.indexOf(skipped().find((row) => list.indexOf(row) > at) || skipped()[0]);
    show(index, words);
    note(`Only skipped rows are left: ${skipped().length}.`);
  } else if (index < 0) {
    const last = part().rows.length < part().of ? "All that this page holds is coded; go on in the sheet if you like." : "All rows are coded.";
    refresh();
    note(`${last} Export the file.`);
    $("heading").focus();
  } else show(index, words);
}
function skip() {
  if (!isCoded(rowAt())) entry().skipped = true;
  next("Skipped. ");
}
function move(step) {
  const index = work.at[work.mode] + step;
  if (index >= 0 && index < part().list.length) show(index); else say("There is no row further back.");
}
function done() {
  if (work.mode === "mentions") {
    if (!said().polarity) return say("Give a label first, or skip.");
    return next();
  }
  const one = said(), items = one.items || [], lacking = items.find((each) => hasWords(each) && !each.content?.length);
  if (!items.some(hasWords)) return say("Mark source, cue and content, or say that there is nothing here, or skip.");
  if (lacking && !one.warned) { one.warned = true; note("No content is marked in one of the attributions; Enter again leaves it so."); return; }
  const own = entry();
  own.items = items.filter(hasWords);
  own.item = 0;
  own.coded = "yes";
  next("Done. ");
}
function toMode(mode) { work.mode = mode; show(work.at[mode]); }

// --- a mention

const MENTION_FIELDS = [["holder", "holder"], ["holder-side", "side"], ["others", "others"], ["mention-note", "note"]];
const SENTENCE_FIELDS = [["speaker", "speaker"], ["speaker-side", "side"], ["via", "via"], ["sentence-note", "note"]];
function label(name) {
  const one = entry();
  one.polarity = one.polarity === name ? "" : name;
  keep();
  refresh();
  say(one.polarity ? `${name}. Whose stance?` : "No label.");
  if (one.polarity && !touch) $("holder").focus();
}

// --- the words of a sentence

function selectTo(n, extend) {
  cursor = Math.max(0, Math.min(tokens.length - 1, n));
  pick = extend ? { anchor: pick ? pick.anchor : cursor, focus: cursor } : null;
  refreshSentence(said());
  tokens[cursor]?.word.scrollIntoView({ block: "nearest" });
}
function tap(n, extend) {
  cursor = n;
  const one = pick && pick.anchor === pick.focus;
  if (one && pick.anchor === n && !extend) pick = null;
  else if (pick && (one || extend)) pick = { anchor: pick.anchor, focus: n };
  else pick = { anchor: n, focus: n };
  refreshSentence(said());
}
function stretch(step) {
  if (!pick) return;
  const end = Math.max(pick.anchor, pick.focus) + step, start = Math.min(pick.anchor, pick.focus);
  pick = { anchor: start, focus: (cursor = Math.max(start, Math.min(tokens.length - 1, end))) };
  refreshSentence(said());
  say(tokens.slice(start, cursor + 1).map(({ word }) => word.textContent).join(" "));
}
let pressed = null;
const tokenOf = (target) => target instanceof Element && target.closest("#words [role=option]");
$("passage").addEventListener("pointerdown", (event) => {
  const word = tokenOf(event.target);
  pressed = word && event.pointerType === "mouse" && event.button === 0 ? { n: Number(word.dataset.n), moved: false } : null;
});
$("passage").addEventListener("pointermove", (event) => {
  const word = pressed && tokenOf(event.target);
  if (!word || (Number(word.dataset.n) === pressed.n && !pressed.moved)) return;
  pressed.moved = true;
  pick = { anchor: pressed.n, focus: (cursor = Number(word.dataset.n)) };
  refreshSentence(said());
});
$("passage").addEventListener("click", (event) => {
  const word = tokenOf(event.target), dragged = pressed?.moved;
  pressed = null;
  if (!word || dragged) return;
  tap(Number(word.dataset.n), event.shiftKey);
});
const line = (step) => {
  const here = tokens[cursor].word.getBoundingClientRect();
  const others = tokens.map(({ word }, n) => [n, word.getBoundingClientRect()]).filter(([, box]) => step * (box.top - here.top) > here.height / 2);
  if (!others.length) return step < 0 ? 0 : tokens.length - 1;
  const top = step * Math.min(...others.map(([, box]) => step * box.top));
  return others.filter(([, box]) => Math.abs(box.top - top) < here.height / 2).sort(([, a], [, b]) => Math.abs(a.left - here.left) - Math.abs(b.left - here.left))[0][0];
};
function arrow(event) {
  const to = { ArrowRight: () => cursor + 1, ArrowLeft: () => cursor - 1, ArrowDown: () => line(1), ArrowUp: () => line(-1), Home: () => 0, End: () => tokens.length - 1 }[event.key];
  if (!to || !tokens.length) return false;
  event.preventDefault();
  if (document.activeElement !== $("words")) { $("words").focus({ preventScroll: true }); if (!event.shiftKey) return selectTo(cursor, false), true; }
  if (event.shiftKey && !pick) pick = { anchor: cursor, focus: cursor };
  selectTo(to(), event.shiftKey);
  return true;
}

function mark(role) {
  if (!pick) return say("Select the words first: arrow keys with Shift, or tap the first word and the last.");
  const [first, last] = [Math.min(pick.anchor, pick.focus), Math.max(pick.anchor, pick.focus)];
  let span = { a: tokens[first].a, b: tokens[last].b };
  const one = entry();
  if (!one.items.length) one.items.push({});
  const own = one.items[one.item] || (one.items[(one.item = 0)] = {});
  const apart = (own[role] || []).filter((other) => {
    if (other.a === undefined || other.b < span.a || other.a > span.b) return true;
    span = { a: Math.min(span.a, other.a), b: Math.max(span.b, other.b) };
    return false;
  });
  const n = 1 + Math.max(0, ...ROLES.flatMap((name) => (own[name] || []).map((each) => each.n || 0)));
  own[role] = [...apart, { ...span, n }].sort((x, y) => (x.a ?? Infinity) - (y.a ?? Infinity));
  write(own[role]);
  if (role === "content") own.kind = kindOf(own.content) || own.kind;
  delete one.warned;
  pick = null;
  cursor = Math.min(tokens.length - 1, last + 1);
  keep();
  refresh();
  say(`${role}: ${words(own[role])}`);
}
// From the quotation marks around the marked words; the coder may say otherwise.
function kindOf(spans) {
  const { text } = rowAt();
  const inside = spans.map(({ a, b }) => text.slice(a, b)).join(" … ");
  const quoted = inside.match(/[“"„«][^”"»]*[”"»]?/g);
  if (!quoted) return "indirect";
  return /[\p{L}\p{N}]/u.test(inside.replace(/[“"„«][^”"»]*[”"»]?/g, "")) ? "mixed" : "direct";
}

// How a coder's words are written in a sheet, and found again in a text: as parley.codings.file.find_copied does.
const ALIKE = ['"“”„‟«»', "'‘’‚‛`´"];
function pattern(copied) {
  let source = copied.trim().split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("\\s+");
  for (const marks of ALIKE) source = source.replace(new RegExp(`[${marks}]`, "g"), `[${marks}]`);
  return new RegExp(source, "gu");
}
function search(copied, text, at) {
  const wanted = pattern(copied), starts = /^[\p{L}\p{N}]/u.test(copied.trim());
  for (wanted.lastIndex = at; ;) {
    const found = wanted.exec(text);
    if (!found) return null;
    if (!starts || !/[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, found.index - 2), found.index))) return [found.index, found.index + found[0].length];
    wanted.lastIndex = found.index + 1;
  }
}
function find(copied, text, at) {
  const told = copied.match(/^([^]*\S)\s+\((\d+)\)$/u);
  let found = search(copied, text, at);
  if (found || !told) return found;
  for (let left = Number(told[2]); left > 0; left--) {
    if (!(found = search(told[1], text, at))) return null;
    at = found[0] + 1;
  }
  return found;
}
function write(spans) {
  const { text, sentence: [start] } = rowAt();
  let at = start;
  for (const span of spans) {
    if (span.a === undefined) continue;
    const parts = [];
    for (const piece of text.slice(span.a, span.b).matchAll(/[^…]+/g)) {
      const copied = piece[0].trim().replace(/\s+/g, " ");
      if (!copied) continue;
      const place = span.a + piece.index + piece[0].length - piece[0].trimStart().length;
      let times = 0, found = null, from = at;
      do { found = search(copied, text, from); times++; from = found ? found[0] + 1 : 0; } while (found && found[0] < place);
      parts.push(times > 1 && found ? `${copied} (${times})` : copied);
      at = found ? found[1] : span.b;
    }
    span.text = parts.join(" … ");
  }
}
function locate(cell, row) {
  let at = row.sentence[0];
  return cell.split("…").map((piece) => piece.trim()).filter(Boolean).map((copied, i) => {
    const found = find(copied, row.text, at);
    if (found) at = found[1];
    return { ...(found ? { a: found[0], b: found[1] } : {}), text: copied, n: i + 1 };
  });
}

function undo() {
  const one = entry(), own = item();
  if (!own || !hasWords(own)) return;
  const newest = ROLES.flatMap((role) => (own[role] || []).map((span) => [span.n || 0, role, span])).sort((x, y) => y[0] - x[0])[0];
  own[newest[1]] = own[newest[1]].filter((span) => span !== newest[2]);
  write(own[newest[1]]);
  if (!one.items.some(hasWords)) one.coded = "";
  keep();
  refresh();
  say(`${newest[1]} taken back`);
}
function another() {
  const one = entry();
  if (!item() || !hasWords(item())) return say("Mark the first attribution before another.");
  one.items.push({});
  one.item = one.items.length - 1;
  keep();
  refresh();
  $("heading").focus({ preventScroll: true });
  say(`Attribution ${one.item + 1}.`);
}
function nothing() {
  const one = entry();
  const leave = () => { one.items = []; one.item = 0; one.coded = "yes"; next("Nothing here. "); };
  if (!(one.items || []).some(hasWords)) return leave();
  ask("Attributions are marked here. Remove them?", "Remove them", "Keep them", (yes) => { if (yes) leave(); else $("heading").focus(); });
}
function turn() { const one = entry(); one.item = (one.item + 1) % one.items.length; keep(); refresh(); say(`Attribution ${one.item + 1}.`); }
function removeOne() {
  const one = entry();
  one.items.splice(one.item, 1);
  one.item = Math.max(0, one.item - 1);
  if (!one.items.length) one.coded = "";
  keep();
  refresh();
  $("heading").focus({ preventScroll: true });
  say("Removed.");
}
function cycle(name, values) {
  const own = item();
  if (!own) return;
  entry();
  own[name] = values[(values.indexOf(own[name] || values[0]) + 1) % values.length];
  keep();
  refresh();
  say($(name).lastChild.textContent);
}

// --- fields, and names that complete themselves

function typed(id, name) {
  const one = entry(), where = work.mode === "mentions" ? one : item();
  if (where) where[name] = $(id).value;
  keep();
}
function known() {
  const names = new Map(data.names.map(([name, side, aliases]) => [name, { side, aliases }]));
  const used = (name, side) => { if (name && !(names.get(name)?.side)) names.set(name, { side: side || "", aliases: names.get(name)?.aliases || [] }); };
  // What is being typed just now is no name yet.
  const now = [said(), item()];
  for (const one of Object.values(work.mentions)) if (!now.includes(one)) used(one.holder, one.side);
  for (const one of Object.values(work.sentences)) for (const each of one.items || []) if (!now.includes(each)) used(each.speaker, each.side);
  if (!names.has("article")) names.set("article", { side: "", aliases: [] });
  return names;
}
function people(text) {
  const wanted = text.trim().toLowerCase();
  const rank = (name, aliases) => name.toLowerCase() === wanted ? 0 : name.toLowerCase().startsWith(wanted) ? 1
    : [name, ...aliases].some((one) => ` ${one.toLowerCase()}`.includes(` ${wanted}`)) ? 2 : 3;
  return [...known()].map(([name, { side, aliases }]) => ({ name, more: side, rank: rank(name, aliases) }))
    .filter((one) => wanted && one.rank < 3).sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name)).slice(0, 8);
}
function sides(text) {
  const wanted = text.trim().toLowerCase(), typedOnes = [...known().values()].map((one) => one.side);
  return [...new Set([...data.sides, "other", "unclear", ...typedOnes])].filter((side) => side && side.toLowerCase().replaceAll("_", " ").includes(wanted.replaceAll("_", " ")))
    .map((name) => ({ name, more: "" })).slice(0, 40);
}
function combine(id, name, options, accepted) {
  const input = $(id), list = node("ul", "", { role: "listbox", id: `${id}-list`, class: "choices", "aria-label": "Names" });
  let shown = [], lit = -1;
  list.hidden = true;
  input.after(list);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off", autocapitalize: "off", spellcheck: "false" })) input.setAttribute(key, value);
  const light = (n) => {
    lit = n;
    [...list.children].forEach((one, i) => one.setAttribute("aria-selected", i === n));
    if (n >= 0) { input.setAttribute("aria-activedescendant", `${id}-${n}`); list.children[n].scrollIntoView({ block: "nearest" }); } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); light(-1); };
  const open = () => {
    shown = options(input.value);
    list.replaceChildren(...shown.map((one, n) => {
      const made = node("li", one.name, { role: "option", id: `${id}-${n}`, "aria-selected": "false" });
      if (one.more) made.append(" ", node("small", one.more));
      made.addEventListener("pointerdown", (event) => event.preventDefault());
      made.addEventListener("click", () => take(n));
      return made;
    }));
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", Boolean(shown.length));
    light(shown.length && input.value.trim() ? 0 : -1);
  };
  const take = (n) => { if (n >= 0) input.value = shown[n].name; typed(id, name); close(); accepted(); };
  input.addEventListener("input", () => { typed(id, name); open(); refreshQuietly(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      if (shown.length) light((lit + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
    } else if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); take(list.hidden ? -1 : lit); }
    else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); close(); }
  });
}
function refreshQuietly() { if (work.mode === "sentences") refreshSentence(said()); }
function withSide(name, sideId, then) {
  const value = name.trim(), side = value && known().get(value)?.side;
  if (!value) return then();
  if (!$(sideId).value && side) { $(sideId).value = side; typed(sideId, "side"); }
  if ($(sideId).value || value === "article") return then();
  $(sideId).focus();
}
combine("holder", "holder", people, () => withSide($("holder").value, "holder-side", done));
combine("holder-side", "side", sides, done);
const backToWords = () => { $("heading").focus({ preventScroll: true }); refresh(); say("Enter: next sentence. A: another attribution."); };
combine("speaker", "speaker", people, () => withSide($("speaker").value, "speaker-side", backToWords));
combine("speaker-side", "side", sides, backToWords);
for (const [id, name, then] of [["others", "others", done], ["mention-note", "note", done], ["via", "via", backToWords], ["sentence-note", "note", backToWords]]) {
  $(id).addEventListener("input", () => typed(id, name));
  $(id).addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); then(); } });
}

function reveal() {
  const about = $("about"), row = rowAt();
  about.hidden = !about.hidden;
  $("reveal").setAttribute("aria-expanded", String(!about.hidden));
  if (about.hidden) return;
  const [outlet, date, headline] = data.articles[row.article];
  about.replaceChildren();
  for (const [term, words] of [["outlet", outlet], ["date", date], ["headline", headline], ["article", row.article]]) about.append(node("dt", term), node("dd", words || "not stated", { dir: "auto" }));
  if (!isCoded(row)) { entry(); keep(); }
  say(`${visible(outlet)}, ${date || "no date"}. ${visible(headline)}`);
}

// --- files

// A cell that a spreadsheet would run is made plain by an apostrophe, as in the sheets (parley.corpus.reading.harmless).
const harmless = (cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
const unguarded = (cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
function csv(mode) {
  const { columns, list } = data[mode], lines = [columns];
  for (const row of list) {
    const one = said(row, mode), fill = (labels) => columns.map((name, i) => (name in labels ? labels[name] : row.cells[i]) || "");
    if (mode === "mentions") lines.push(fill(Object.fromEntries(TEXTS.mentions.map((name) => [name, one[name] || ""]))));
    else {
      const items = (one.items || []).filter(hasWords), coded = isCoded(row, mode) ? "yes" : "", saw = one.saw || "";
      if (!items.length) lines.push(fill({ coded, saw, note: one.items?.[0]?.note || one.note || "" }));
      for (const each of items) {
        const cells = { coded, saw, named: "true", nested: "false" };
        for (const name of TEXTS.sentences) if (each[name]) cells[name] = each[name];
        for (const role of ROLES) cells[role] = words(each[role] || []);
        lines.push(fill(cells));
      }
    }
  }
  return "\ufeff" + lines.map((cells) => cells.map((cell) => quoted(harmless(cell))).join(",") + "\n").join("");
}
function save() {
  const mode = work.mode, name = mode === "mentions" ? "mentions.csv" : "attributions.csv";
  const link = node("a", "", { download: name, href: URL.createObjectURL(new Blob([csv(mode)], { type: "text/csv;charset=utf-8" })) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  unsaved = false;
  note(`Exported ${name}, ${many(counted(mode), "coded row")}. Put it into codings/${visible(data.coder)}/ in the place of the blank one.`);
}
function exportFile() {
  const left = skipped();
  if (!left.length) return save();
  ask(`${many(left.length, "skipped row")} ${left.length === 1 ? "comes" : "come"} first: a gap ends the sample.`, "Show them", "Export all the same", (show_) => (show_ ? show(part().list.indexOf(left[0])) : save()));
}
function cellsOf(text) {
  text = text.replace(/^\ufeff/, "");
  const head = text.split("\n", 1)[0], mark = head.includes(",") ? "," : head.includes(";") ? ";" : "\t";
  const rows = [[""]];
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i], row = rows[rows.length - 1];
    if (inside) {
      if (c !== '"') row[row.length - 1] += c;
      else if (text[i + 1] === '"') { row[row.length - 1] += c; i++; }
      else inside = false;
    } else if (c === '"' && row[row.length - 1] === "") inside = true;
    else if (c === mark) row.push("");
    else if (c === "\n") rows.push([""]);
    else if (c !== "\r") row[row.length - 1] += c;
  }
  return inside ? [] : rows.filter((row) => row.some(Boolean));
}
function readIn(text, name) {
  const [head = [], ...rows] = cellsOf(text), columns = head.map((cell) => cell.trim());
  const mode = columns.includes("polarity") ? "mentions" : columns.includes("coded") ? "sentences" : null;
  if (!mode || !columns.includes("order") || !columns.includes("check")) throw `${name}: expected a sheet with the columns order, check and polarity or coded, saved as CSV; nothing was read.`;
  const places = new Map(data[mode].list.map((row) => [`${row.order} ${row.check}`, row])), read = {};
  for (const [n, cells] of rows.entries()) {
    const cell = Object.fromEntries(columns.map((column, i) => [column, unguarded(cells[i] || "").trim()]));
    const row = places.get(`${cell.order} ${cell.check}`), where = `${name}: row ${n + 1} below the header`;
    const filled = mode === "mentions" ? cell.polarity : cell.coded || ROLES.some((role) => cell[role]);
    if (!row && filled && Number(cell.order) > data[mode].list.length) throw `${where} is coded, and beyond the ${many(data[mode].list.length, "row")} of this page; go on in the sheet itself. Nothing was read.`;
    if (!row && !(Number(cell.order) > data[mode].list.length)) throw `${where} is not of this sheet, or was numbered anew; expected a file exported here, or this coder's own sheet. Nothing was read.`;
    if (!row) continue;
    if (mode === "mentions") {
      const polarity = cell.polarity.toLowerCase().replace("’", "'");
      if (polarity && !LABELS.includes(polarity)) throw `${where}: polarity: expected for, against, neutral or can't tell, got “${cell.polarity}”. Nothing was read.`;
      read[row.order] = { ...Object.fromEntries(TEXTS.mentions.map((label) => [label, cell[label] || ""])), polarity };
    } else {
      const one = (read[row.order] ||= { items: [], item: 0, coded: "", saw: "", note: "" });
      if (/^(yes|true)$/i.test(cell.coded || "")) one.coded = "yes";
      one.saw ||= cell.saw || "";
      const each = Object.fromEntries(TEXTS.sentences.map((label) => [label, cell[label] || ""]));
      for (const flag of ["named", "nested"]) each[flag] = { yes: "true", no: "false" }[each[flag].toLowerCase()] || each[flag].toLowerCase();
      for (const role of ROLES) each[role] = locate(cell[role] || "", row);
      if (hasWords(each)) one.items.push(each); else one.note ||= each.note;
    }
  }
  const sameAs = (x) => JSON.stringify(mode === "mentions" ? TEXTS.mentions.map((label) => x[label] || "") : [Boolean(x.coded), (x.items || []).map((each) => ROLES.map((role) => words(each[role] || [])).concat(TEXTS.sentences.map((label) => each[label] || "")))]);
  const isFilled = (one) => (mode === "mentions" ? one.polarity : one.coded || one.items.length);
  const filled = Object.entries(read).filter(([, one]) => isFilled(one) || one.note || one.saw);
  const differing = filled.filter(([order, one]) => { const row = data[mode].list[Number(order) - 1] || {}; const mine = work[mode][order]; return mine && isCoded({ ...row, order }, mode) && sameAs(mine) !== sameAs(one); });
  const take = (theirs) => {
    for (const [order, one] of filled) if (theirs || !differing.some(([other]) => other === order)) work[mode][order] = one;
    work.mode = mode;
    show(work.at[mode]);
    note(`Read ${visible(name)}: ${many(filled.filter(([, one]) => isFilled(one)).length, "coded row")}.`);
  };
  if (!differing.length) return take(true);
  ask(`${many(differing.length, "row")} of ${name} ${differing.length === 1 ? "is" : "are"} coded differently here.`, "Take the file’s", "Keep what is here", take);
}
$("file").addEventListener("change", async () => {
  const [file] = $("file").files;
  if (!file) return;
  try {
    readIn(await file.text(), file.name);
  } catch (fault) {
    note(typeof fault === "string" ? fault : `${visible(file.name)} cannot be read; expected a file exported here, or this coder's own sheet, saved as CSV.`);
  }
  $("file").value = "";
});

// --- keys and buttons

const acts = {
  nothing, another, turn, remove: removeOne, undo, skip, reveal, export: exportFile, next: done,
  back: () => move(-1),
  kind: () => cycle("kind", ["", "direct", "indirect", "mixed"]),
  named: () => cycle("named", ["true", "false"]),
  nested: () => cycle("nested", ["false", "true"]),
  shorter: () => stretch(-1),
  longer: () => stretch(1),
  "to-mentions": () => toMode("mentions"),
  "to-sentences": () => toMode("sentences"),
  go: () => { const row = part().list.findIndex((one) => one.order === $("jump").value); if (row >= 0) show(row); else say(`Expected a row from 1 to ${part().list.length}.`); },
};
for (const [id, act] of Object.entries(acts)) $(id).addEventListener("click", act);
$("jump").addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); acts.go(); } });
for (const button of $("labels").children) button.addEventListener("click", () => label(button.dataset.label));
for (const button of $("roles").querySelectorAll("[data-role]")) button.addEventListener("click", () => mark(button.dataset.role));
for (const control of document.querySelectorAll("[data-key]")) {
  const { key } = control.dataset;
  control.setAttribute("aria-keyshortcuts", key);
  if (control.tagName === "BUTTON") {
    if (!control.firstElementChild) control.replaceChildren(document.createTextNode(control.textContent));
    control.prepend(node("kbd", { Backspace: "⌫", Enter: "⏎" }[key] || key, { "aria-hidden": "true" }));
  }
}
for (const kbd of document.querySelectorAll("label kbd")) kbd.setAttribute("aria-hidden", "true");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { target, key } = event, typing = target.matches("input:not([type=checkbox]), textarea, select");
  if (key === "Escape") {
    if (typing) $("heading").focus({ preventScroll: true });
    else if (pick) { pick = null; refresh(); }
    return;
  }
  if (typing || !rowAt() || !$("ask").hidden) return;
  if (work.mode === "sentences" && !target.matches("button, summary") && arrow(event)) return;
  if (work.mode === "sentences" && key === " " && target.id === "words") { event.preventDefault(); tap(cursor, false); return; }
  if (!$("keys").checked || (target.matches("button, input, a") && (key === "Enter" || key === " "))) return;
  const wanted = key.length === 1 ? key.toUpperCase() : key;
  const control = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === wanted && one.getClientRects().length);
  if (!control) return;
  event.preventDefault();
  if (control.tagName === "BUTTON") control.click(); else control.focus();
});

document.title = `Coding: ${visible(data.title)}`;
$("study").textContent = `${visible(data.title)} · ${visible(data.coder)}`;
recall();
keep();
draw();
