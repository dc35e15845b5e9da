// Search on any static host: the index comes in small files, loaded when a question needs them.
// The rules of words and files are those of src/render/search; `form` counts changes of them.
const FORM = 1;
const SHOWN = 20;

const root = document.querySelector("[data-search]");
const base = root.dataset.search;
const form = root.querySelector("form");
const input = form.elements.q;
const status = root.querySelector(".search-status");
const results = root.querySelector(".search-results");
const more = root.querySelector(".search-more");
const template = root.querySelector("template");
const files = new Map();

const load = (name) => {
  if (!files.has(name)) {
    const file = fetch(base + name).then((reply) => {
      if (!reply.ok) throw new Error(name);
      return reply.json();
    });
    file.catch(() => files.delete(name));
    files.set(name, file);
  }
  return files.get(name);
};

const ALONE = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2ffff}]/gu;

const wordsOf = (text) => {
  const folded = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(ALONE, " $& ");
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => [...word].slice(0, 32).join("")).filter((word) => word.length > 1 || word.match(ALONE));
};

const fileOf = (word, count) => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode([...word].slice(0, 3).join(""))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash % count;
};

// Page to score: for the word itself, its plain plural or singular, and what it begins.
const pagesOf = async (word, index, mayGoOn) => {
  const words = await load(`words-${fileOf(word, index.files)}.json`);
  const scores = new Map();
  const add = (list, share) => {
    let page = -1;
    const rarity = Math.log(1 + index.pages / list.length);
    for (const number of list) {
      page += number >> 2;
      const score = share * rarity * (1 + (number & 3));
      if (score > (scores.get(page) ?? 0)) scores.set(page, score);
    }
  };
  const stem = word.length > 4 ? word.replace(/(?:ies|es|s)$/, "") : word;
  for (const [other, list] of Object.entries(words)) {
    if (other === word) add(list, 1);
    else if (stem.length > 2 && other.startsWith(stem) && other.length - stem.length <= 3) add(list, 0.7);
    else if (mayGoOn && word.length > 2 && other.startsWith(word)) add(list, 0.5);
  }
  return scores;
};

const pagesWith = (list) => {
  let page = 0;
  return new Set(list.map((distance) => (page += distance)));
};

const find = async (question, chosen) => {
  const [index, facets] = await Promise.all([load("index.json"), load("facets.json")]);
  if (index.form !== FORM) throw new Error("form");
  const common = new Set(index.common);
  const asked = wordsOf(question);
  const words = asked.filter((word) => !common.has(word));
  const filters = chosen.map(([name, title]) => pagesWith(facets[name].find((entry) => entry[0] === title)?.[1] ?? []));
  let scores = null;
  for (const word of words) {
    const found = await pagesOf(word, index, word === asked.at(-1));
    if (scores === null) {
      scores = found;
    } else {
      scores = new Map([...scores].filter(([page]) => found.has(page)).map(([page, score]) => [page, score + found.get(page)]));
    }
  }
  if (scores === null) {
    if (filters.length === 0 && asked.length === 0) return null;
    const all = filters.length ? [...filters[0]] : [...Array(index.pages).keys()];
    scores = new Map(all.map((page) => [page, 0]));
  }
  const pages = [...scores].filter(([page]) => filters.every((filter) => filter.has(page)));
  pages.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return { pages: pages.map(([page]) => page), perFile: index.per_file };
};

const entryOf = async (page, perFile) => (await load(`pages-${Math.floor(page / perFile)}.json`))[page % perFile];

const dayOf = (date) => {
  const day = new Date(date);
  if (!date || Number.isNaN(day.valueOf())) return date;
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: "long", timeZone: "UTC" }).format(day);
};

const item = ([title, url, description, date, byline]) => {
  const node = template.content.cloneNode(true);
  const link = node.querySelector("a");
  link.href = url;
  link.textContent = title;
  node.querySelector(".search-meta").textContent = [dayOf(date), byline].filter(Boolean).join(" · ");
  node.querySelector(".search-description").textContent = description;
  return node;
};

let turn = 0;
let shown = SHOWN;
let pause;

// Answers what the form asks now: an answer that was still to come would put the results up once more, and take the
// focus from the one that the reader has gone to.
const search = async () => {
  clearTimeout(pause);
  const mine = ++turn;
  const selects = [...form.querySelectorAll("select")];
  const chosen = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
  const query = new URLSearchParams([["q", input.value.trim()], ...chosen].filter(([, value]) => value));
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  try {
    const found = await find(input.value, chosen);
    const entries = found ? await Promise.all(found.pages.slice(0, shown).map((page) => entryOf(page, found.perFile))) : [];
    if (mine !== turn) return;
    results.replaceChildren(...entries.map(item));
    more.hidden = !found || found.pages.length <= shown;
    const count = found ? found.pages.length : 0;
    status.textContent = !found ? "" : count === 0 ? status.dataset.none : `${count} ${count === 1 ? status.dataset.one : status.dataset.many}`;
  } catch {
    if (mine === turn) status.textContent = status.dataset.failed;
  }
};

const fill = async () => {
  const asked = new URLSearchParams(location.search);
  input.value = asked.get("q") ?? "";
  const facets = await load("facets.json");
  for (const select of form.querySelectorAll("select")) {
    const entries = facets[select.name] ?? [];
    const name = (title) => title.charAt(0).toLocaleUpperCase() + title.slice(1);
    select.append(...entries.map(([title, pages]) => new Option(`${name(title)} (${pages.length})`, title)));
    select.value = asked.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
    select.closest(".search-filter").hidden = entries.length < 2;
  }
};

form.hidden = false;
const searchAfresh = () => {
  shown = SHOWN;
  return search();
};
form.addEventListener("submit", (event) => {
  event.preventDefault();
  searchAfresh();
});
form.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(searchAfresh, 120);
});
// Arrows go from the question through the results and back, Escape begins again, and `/` leads to the question.
const step = (event) => {
  const links = [input, ...results.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 1, End: links.length - 1 }[event.key];
  if (at < 0 || next === undefined || !links[next] || (at === 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  links[next].focus();
};
root.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key !== "Escape") return step(event);
  const isInForm = form.contains(event.target);
  if (event.target instanceof HTMLSelectElement || (!isInForm && !results.contains(event.target))) return;
  event.preventDefault();
  if (isInForm) {
    input.value = "";
    searchAfresh();
  }
  input.focus();
});
document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  input.focus();
  input.select();
});
more.addEventListener("click", async () => {
  shown += SHOWN;
  await search();
  results.children[shown - SHOWN]?.querySelector("a")?.focus();
});
fill().then(search, () => {
  status.textContent = status.dataset.failed;
});
