{ // The search box of every page: the words of the whole report, in search-index.js, which is loaded when the box is used.
const MOST = 20, AROUND = 90;
const box = document.getElementById("find"), list = document.getElementById("found"), said = box.parentNode.querySelector("output");
let index = null, asked = false;
const load = () => {
  if (asked) return;
  asked = true;
  loadScript("search-index.js", () => { said.textContent = "search-index.js is not beside this page"; });
};
window.parleyWords = data => {
  index = data.lines.map(([page, anchor, heading, text]) => {
    const [name, title] = data.pages[page], folded = fold(`${title} ${heading} ${text}`);
    return {href: `${name}.html${anchor && "#" + encodeURIComponent(anchor)}`, title, heading, text, folded};
  });
  show();
};
const marked = (text, words) => { // the words' surroundings, with each of them marked
  const folded = fold(text), same = folded.length === text.length;
  const first = same ? Math.min(...words.map(word => folded.indexOf(word)).filter(at => at >= 0), text.length) : text.length;
  const from = first > AROUND && first < text.length ? text.lastIndexOf(" ", first - AROUND / 2) + 1 : 0;
  const piece = text.slice(from, from + 2 * AROUND), span = document.createElement("span");
  let at = 0;
  const hits = same ? words.flatMap(word => [...fold(piece).matchAll(word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))]
    .map(hit => [hit.index, hit.index + word.length])).sort((a, b) => a[0] - b[0]) : [];
  if (from) span.append("… ");
  for (const [start, end] of hits) {
    if (start < at) continue;
    const mark = document.createElement("mark");
    mark.textContent = piece.slice(start, end);
    span.append(piece.slice(at, start), mark);
    at = end;
  }
  span.append(piece.slice(at), from + piece.length < text.length ? " …" : "");
  return span;
};
const show = () => {
  const words = wordsOf(box.value);
  list.replaceChildren();
  list.hidden = !words.length || !index;
  said.textContent = words.length && !index && !said.textContent ? "loading" : said.textContent;
  if (!words.length) said.textContent = "";
  if (list.hidden) return;
  const hits = index.filter(line => words.every(word => line.folded.includes(word)));
  hits.sort((a, b) => (a.text !== a.heading) - (b.text !== b.heading));
  const places = hits.length === 1 ? "1 place" : `${hits.length} places`;
  said.textContent = hits.length > MOST ? `${places}, the first ${MOST} below` : places;
  for (const hit of hits.slice(0, MOST)) {
    const link = document.createElement("a"), where = document.createElement("b");
    link.href = hit.href;
    where.textContent = hit.heading ? `${hit.title} › ${hit.heading}` : hit.title;
    link.append(where, hit.text === hit.heading ? "" : marked(hit.text, words));
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  }
  const corpus = document.createElement("a");
  corpus.href = `search.html?q=${encodeURIComponent(box.value)}`;
  corpus.textContent = `Search the quotes and mentions of the corpus for “${box.value.trim()}”`;
  list.append(document.createElement("li"));
  list.lastChild.append(corpus);
};
box.addEventListener("focus", load);
box.addEventListener("input", () => { load(); show(); });
box.parentNode.addEventListener("keydown", event => { // arrows go through the places, Escape closes them
  const stops = [box, ...list.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (event.key === "Escape") { box.value = ""; show(); box.focus(); }
  if (step && at >= 0 && stops[at + step]) { stops[at + step].focus(); event.preventDefault(); }
});
list.addEventListener("click", event => { if (event.target.closest("a")) { box.value = ""; show(); } });
}
