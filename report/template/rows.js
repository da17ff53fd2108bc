{ // Search the rows of rows-attributions.js and rows-mentions.js. What they hold is text: it is never read as HTML.
const PAGE = 50;
const MARKS = {attributions: [["b", "source"], ["u", "cue"], ["mark", "content"]], mentions: [["mark", "keyword"]]};
const SIGNS = {for: "▲ for", against: "▼ against", neutral: "○ neutral"};
const SHOWN = { // field of a row, name of the column
  attributions: [["id", "attribution"], ["date", "date"], ["outlet", "outlet"], ["speaker", "speaker"], ["side", "side"],
    ["kind", "kind"], ["passage", "passage"]],
  mentions: [["id", "mention"], ["date", "date"], ["outlet", "outlet"], ["family", "family"], ["polarity", "polarity"],
    ["holder", "holder"], ["side", "side"], ["passage", "sentence"]],
};
const CHOICES = {attributions: ["side", "outlet", "year", "kind"], mentions: ["family", "polarity", "side", "outlet", "year"]};
const PEOPLE = {attributions: ["speaker"], mentions: ["holder", "speaker"]};
const SEARCHED = {attributions: ["passage", "speaker", "side", "outlet"], mentions: ["passage", "holder", "speaker", "side", "outlet", "family"]};
const SAVED = { // the columns of the CSV files in data/, as far as the rows have them
  attributions: ["article_id", "outlet", "date", "speaker", "side", "source_text", "cue_text", "content_text", "kind", "quoted",
    "named", "via", "sentence", "counted", "nested", "attribution_id", "citation"],
  mentions: ["article_id", "outlet", "date", "keyword", "family", "polarity", "holder", "side", "speaker", "speaker_side",
    "quoted", "sentence", "cue", "others", "counted", "attribution_id", "mention_id", "start", "citation"],
};
const node = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), {textContent: text}, more);
const get = id => document.getElementById(id);
const form = get("ask"), filters = get("filters"), said = get("said"), table = get("rows"), turn = get("turn");
const choices = [...form.querySelectorAll("[name=table]")], loaded = Object.create(null), waiting = Object.create(null);
let now = null, columns = [], found = [], page = 0, sorted = {field: "id", down: false}, only = null;

// A table of rows: every field as its different values, as they are written, and the number of each row's value.
window.parleyRows = data => {
  const rows = data.article.length, fields = {};
  const field = (name, values, codes, labels = values) => {
    fields[name] = {values, labels, codes: Int32Array.from(codes), folded: labels.map(fold), rank: null};
  };
  const ofArticles = (name, own) => {
    const values = [...new Set(own)], number = new Map(values.map((value, n) => [value, n]));
    field(name, values, data.article.map(article => number.get(own[article])));
  };
  for (const [name, [values, codes]] of Object.entries(data.fields))
    field(name, values, codes, data.labels[name] || (name === "polarity" ? values.map(value => SIGNS[value] || value) : values));
  ofArticles("outlet", data.articles.map(article => article[1]));
  ofArticles("date", data.articles.map(article => article[2]));
  ofArticles("year", data.articles.map(article => article[2].slice(0, 4) || "undated"));
  field("passage", data.passages, data.passage);
  loaded[data.name] = {...data, rows, fields, ids: new Map(data.id.map((id, row) => [data.articles[data.article[row]][0] + id, row]))};
  (waiting[data.name] || []).forEach(go => go());
};
const need = (name, go) => {
  if (loaded[name]) return go();
  (waiting[name] ||= []).push(go);
  if (waiting[name].length > 1) return;
  said.textContent = "loading";
  loadScript(`rows-${name}.js`, () => { said.textContent = `rows-${name}.js is not beside this page`; });
};

const valueOf = (name, row) => now.fields[name].values[now.fields[name].codes[row]];
const labelOf = (name, row) => now.fields[name].labels[now.fields[name].codes[row]];
const flag = (name, row) => Boolean(now.flags[1][row] & (1 << now.flags[0].indexOf(name)));
const article = row => now.articles[now.article[row]];
const idOf = row => article(row)[0] + now.id[row];
const citation = row => `${article(row)[3]}${now.start[row]})`;
const parts = (row, n) => { // the stretches of the passage with the n-th mark
  const edges = now.marks[row][n], passage = valueOf("passage", row), texts = [];
  for (let i = 0; i < edges.length; i += 2) texts.push(passage.slice(edges[i], edges[i + 1]));
  return texts.join(" … ");
};
const rankOf = name => { // the order of a field's values; what is missing comes last
  const field = now.fields[name];
  if (!field.rank) {
    const order = Array.from(field.values, (_, n) => n), {compare} = new Intl.Collator("en", {numeric: true});
    const keys = name === "passage" ? field.folded.map(text => text.replace(/^[^\p{L}\p{N}]+/u, "")) : field.folded;
    const before = name === "passage" ? (a, b) => (a < b ? -1 : +(a > b)) : compare; // long texts, whose marks tell nothing
    order.sort((a, b) => before(keys[a], keys[b]));
    field.rank = new Int32Array(order.length);
    order.forEach((value, place) => { field.rank[value] = place; });
  }
  return field.rank;
};

const search = () => { // the rows that have every word in one of their fields, and every choice
  const tests = [], {rows, fields, name} = now;
  for (const word of wordsOf(form.words.value))
    tests.push(SEARCHED[name].map(own => [fields[own].codes, Uint8Array.from(fields[own].folded, text => text.includes(word))]));
  for (const word of wordsOf(form.person.value))
    tests.push(PEOPLE[name].map(own => [fields[own].codes, Uint8Array.from(fields[own].folded, text => text.includes(word))]));
  for (const own of CHOICES[name]) {
    const wanted = form.elements[own]?.value;
    if (wanted) tests.push([[fields[own].codes, Uint8Array.from(fields[own].values, value => value === wanted)]]);
  }
  const counted = form.counted.checked ? 1 << now.flags[0].indexOf("counted") : 0, hits = new Int32Array(rows);
  let n = 0;
  for (let row = 0; row < rows; row++)
    if ((now.flags[1][row] & counted) === counted && tests.every(test => test.some(([codes, has]) => has[codes[row]]))) hits[n++] = row;
  found = hits.subarray(0, n);
  if (sorted.field !== "id") {
    const rank = rankOf(sorted.field), {codes, values} = fields[sorted.field], way = sorted.down ? -1 : 1;
    const lacks = row => values[codes[row]] === "";
    found.sort((a, b) => lacks(a) - lacks(b) || way * (rank[codes[a]] - rank[codes[b]]) || a - b);
  } else if (sorted.down) found.reverse();
};

const passageOf = row => { // the passage with its marks, which may stand within one another
  const passage = valueOf("passage", row), marks = MARKS[now.name], edges = now.marks[row], cell = document.createDocumentFragment();
  const cuts = [...new Set([0, passage.length, ...edges.slice(0, marks.length).flat()])].sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i++) {
    let piece = document.createTextNode(passage.slice(cuts[i], cuts[i + 1]));
    marks.forEach(([tag, role], n) => {
      for (let k = 0; k < edges[n].length; k += 2)
        if (edges[n][k] <= cuts[i] && cuts[i + 1] <= edges[n][k + 1]) {
          const around = node(tag, "", {className: role});
          around.append(piece);
          piece = around;
          break;
        }
    });
    cell.append(piece);
  }
  cell.append(node("br"), node("small", citation(row), {className: "citation"}));
  return cell;
};
const show = () => {
  const rows = only === null ? found : [only], from = page * PAGE, body = table.tBodies[0];
  const total = `${now.rows.toLocaleString("en")} ${now.name === "mentions" ? "keyword mentions" : "quotes"}`;
  said.textContent = only === null ? `${found.length.toLocaleString("en")} of ${total}` : `one of ${total}, by its link`;
  const [first, last, all] = [from + 1, Math.min(from + PAGE, rows.length), rows.length].map(n => n.toLocaleString("en"));
  table.caption.textContent = rows.length ? `Rows ${first} to ${last} of ${all}` : "No row has all this";
  for (const head of table.tHead.rows[0].cells)
    head.ariaSort = sorted.field !== head.dataset.field ? null : sorted.down ? "descending" : "ascending";
  body.replaceChildren(...Array.from(rows.slice(from, from + PAGE), row => {
    const line = node("tr", "", {id: idOf(row)});
    for (const [name, label] of columns) {
      const cell = line.insertCell();
      if (name === "id") cell.append(node("a", idOf(row), {href: `#${encodeURIComponent(idOf(row))}`}));
      else if (name === "passage") cell.append(passageOf(row));
      else cell.textContent = labelOf(name, row) + (name === "kind" && flag("nested", row) ? ", nested" : "");
      if (name === "date") cell.className = "date";
      if (name !== "id") cell.dataset.label = label;
    }
    return line;
  }));
  turn.hidden = rows.length <= PAGE;
  turn.querySelector("span").textContent = `page ${page + 1} of ${Math.max(1, Math.ceil(rows.length / PAGE))}`;
  get("back").disabled = !page;
  get("on").disabled = from + PAGE >= rows.length;
};
const fresh = () => { // after a change of what is asked; a row that its link showed gives way to the others
  page = 0;
  if (only !== null) { location.hash = now.name; return; }
  search();
  show();
};
const sortBy = field => {
  sorted = {field, down: sorted.field === field && !sorted.down};
  fresh();
};

// The filters of a table: a box each for words and a person, a list each for what has few values.
const choose = name => {
  const kept = {words: form.words?.value ?? new URLSearchParams(location.search).get("q") ?? "", person: form.person?.value ?? ""};
  now = loaded[name];
  for (const choice of choices) choice.checked = choice.value === name;
  get("tables").hidden = choices.length < 2;
  columns = SHOWN[name].filter(([field]) => !CHOICES[name].includes(field) || now.fields[field].values.length > 1);
  const people = PEOPLE[name].join(" or "), labelled = (text, control) => {
    const label = node("label", `${text} `);
    label.append(control);
    return label;
  };
  const box = more => node("input", "", {type: "search", autocomplete: "off", spellcheck: false, ...more});
  const often = node("datalist", "", {id: "people"}), known = now.fields[PEOPLE[name][0]], times = new Int32Array(known.values.length);
  known.codes.forEach(code => { times[code]++; });
  const order = Array.from(known.values, (_, n) => n).filter(n => known.values[n]).sort((a, b) => times[b] - times[a]);
  often.append(...order.slice(0, 300).map(n => node("option", "", {value: known.values[n]})));
  const person = box({name: "person", value: kept.person});
  person.setAttribute("list", "people");
  filters.replaceChildren(labelled("Words", box({name: "words", value: kept.words})), labelled(people[0].toUpperCase() + people.slice(1), person), often);
  for (const own of CHOICES[name]) {
    const {values, labels, codes} = now.fields[own], sizes = new Int32Array(values.length);
    codes.forEach(code => { sizes[code]++; });
    if (values.length < 2) continue;
    const list = node("select", "", {name: own}), {compare} = new Intl.Collator("en", {numeric: true});
    const order = Array.from(values, (_, n) => n).sort((a, b) => compare(labels[a], labels[b]));
    list.append(new Option("all", ""), ...order.map(n => new Option(`${labels[n] || "none"} (${sizes[n].toLocaleString("en")})`, values[n])));
    filters.append(labelled(own[0].toUpperCase() + own.slice(1), list));
  }
  const counted = node("input", "", {type: "checkbox", name: "counted"}), last = node("label", "", {className: "check"});
  last.append(counted, " only rows that count");
  filters.append(last);
  for (const about of document.querySelectorAll(".about")) about.hidden = about.id !== `about-${name}`;
  if (!columns.some(([field]) => field === sorted.field)) sorted = {field: "id", down: false};
  table.tHead.rows[0].replaceChildren(...columns.map(([field, label]) => {
    const head = node("th", "", {scope: "col"});
    head.dataset.field = field;
    head.append(node("button", label, {type: "button", onclick: () => sortBy(field)}));
    return head;
  }));
};
const follow = () => { // the address names a table, or a row of one
  let wanted = "";
  try { wanted = decodeURIComponent(location.hash.slice(1)); } catch { wanted = location.hash.slice(1); }
  const names = choices.map(choice => choice.value);
  const name = names.includes(wanted) ? wanted : names.find(own => own === (/-k\d+[a-z]*$/.test(wanted) ? "mentions" : "attributions")) || names[0];
  need(name, () => {
    if (now !== loaded[name]) choose(name);
    const row = now.ids.get(wanted);
    search();
    page = 0;
    only = row === undefined ? null : row;
    show();
    if (only !== null) table.tBodies[0].rows[0].className = "here";
    if (wanted && only === null && !names.includes(wanted)) said.textContent += `; no row here is called ${wanted}`;
  });
};

const cellOf = (column, row) => {
  if (column === "article_id") return article(row)[0];
  if (column === "citation") return citation(row);
  if (column === "start") return String(now.start[row]);
  if (column === (now.name === "mentions" ? "mention_id" : "attribution_id")) return idOf(row);
  if (now.flags[0].includes(column)) return flag(column, row) ? "True" : "False";
  const mark = {source_text: 0, cue_text: 1, content_text: 2, keyword: 0, sentence: MARKS[now.name].length}[column];
  return mark === undefined ? valueOf(column, row) : parts(row, mark);
};
const harmless = cell => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell); // a spreadsheet would run it as a formula
const quoted = cell => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const save = () => {
  const columns = SAVED[now.name], rows = only === null ? Array.from(found) : [only];
  const lines = rows.map(row => columns.map(column => quoted(harmless(cellOf(column, row)))).join(","));
  const file = new Blob(["\ufeff", [columns.join(","), ...lines, ""].join("\n")], {type: "text/csv"});
  const link = node("a", "", {href: URL.createObjectURL(file), download: `${now.name}.csv`});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const turnTo = next => { page = next; show(); get("rows").parentNode.scrollIntoView(); };

form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("input", event => {
  if (event.target.name === "table") { location.hash = event.target.value; } else if (now) fresh();
});
get("clear").onclick = () => {
  for (const box of filters.querySelectorAll("input, select")) {
    if (box.type === "checkbox") box.checked = false;
    else box.value = "";
  }
  sorted = {field: "id", down: false};
  fresh();
};
get("save").onclick = () => { if (now) save(); };
get("back").onclick = () => turnTo(page - 1);
get("on").onclick = () => turnTo(page + 1);
addEventListener("hashchange", follow);
follow();
}
