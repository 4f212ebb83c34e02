// Puts the nearest places first, and finds those whose name is being typed, on this device alone: it asks for the list, which is
// the same for everybody, and tells nobody where it is or what is typed.
const files = document.querySelector("script[data-typed]").dataset;
// Places shown at a time; how many come before what else one can do, where none is near; how many while somebody types.
const [PAGE, FEW, TYPED] = [20, 5, 6];
// Milliseconds: for which a list counts as the newest, that a phone has to find itself, and between two letters.
const [FRESH, PATIENCE, PAUSE] = [60_000, 15_000, 150];

// When this page was drawn, on the device's own clock, and when its list came.
let [began, came] = [Date.now(), 0];
let [places, here, busy, pause] = [];
// Whether what is typed is found too, which is more to load.
let searches = false;
// The list that is sorted, and how many of it are shown.
let [sorted, shown] = [undefined, 0];

begin();

function begin() {
  began = Date.now();
  the("near").hidden = false;
}

addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-act], .chip");
  if (pressed?.dataset.act === "near") find();
  if (pressed?.dataset.act === "more") more();
  if (pressed?.dataset.act === "undo") undo();
  if (pressed?.matches(".chip") && sorted) turn(event, pressed.href);
});

addEventListener("focusin", ({ target }) => {
  if (target.id === "q") open(true).catch(() => {});
});

addEventListener("input", ({ target }) => {
  if (target.id !== "q") return;
  clearTimeout(pause);
  pause = setTimeout(type, PAUSE, target);
});

addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape" && target.id === "q") typed("", []);
});

// Asks the phone where it is, and sorts by that.
async function find() {
  if (busy) return;
  busy = true;
  tell("asking");
  if (Date.now() - came > FRESH) places = undefined;
  try {
    const [list, where] = await Promise.all([open(is_typed()), position()]);
    here = where;
    show(list);
  } catch ({ message }) {
    tell(message);
  }
  busy = false;
}

function position() {
  if (!navigator.geolocation || !isSecureContext) return Promise.reject(new Error("unsupported"));
  const wishes = { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: FRESH };
  return new Promise((found, lost) => {
    const why = ({ code }) => lost(new Error([, "denied", "unavailable", "timeout"][code]));
    navigator.geolocation.getCurrentPosition(({ coords }) => found(coords), why, wishes);
  });
}

// The list, once a page; whatever failed is tried again.
function open(to_search) {
  if (to_search && !searches) [searches, places] = [true, undefined];
  places ??= load().catch((failure) => {
    places = undefined;
    throw failure;
  });
  return places;
}

async function load() {
  const [code, bundle] = await Promise.all([get(searches ? files.typed : files.wasm).then((sent) => sent.arrayBuffer()), fetched()]);
  // Nothing of ours is called from there.
  const nothing = { __wbindgen_init_externref_table() {} };
  const imports = { "./near_bg.js": nothing, "./typed_bg.js": nothing };
  const { exports } = (await WebAssembly.instantiate(code, imports)).instance;
  write(exports, bundle);
  if (!exports.open(document.documentElement.lang === "en")) throw new Error("format");
  came = Date.now();
  return exports;
}

async function fetched() {
  const { list, latest } = the("near").dataset;
  const newest = async () => (await (await get(latest)).json()).href;
  // Whoever comes back to a page after a while is told of what was closed meanwhile; without a network the list is as it was.
  const address = Date.now() - began > FRESH ? await newest().catch(() => list) : list;
  let sent = await get(address);
  if (sent.status === 404) sent = await get(await newest());
  if (!sent.ok) throw new Error("network");
  return new Uint8Array(await sent.arrayBuffer());
}

function get(address) {
  return fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
}

function show(list) {
  const found = nearest(list, 0, PAGE);
  if (!found.is_sorted) {
    tell("unsorted");
    const [title, what] = the("near").querySelectorAll("[role=status] p");
    [title.textContent, what.textContent] = [found.heading, found.notes[0]];
    return;
  }
  [sorted, shown] = [list, 0];
  tell();
  // The server has drawn what would give something.
  if (found.count === 0) return by_street(true);
  const box = the("near-answer");
  const heading = box.querySelector("h2");
  heading.textContent = found.heading;
  box.querySelector(".near-notes").replaceChildren(...found.notes.map(paragraph));
  box.querySelector(".near-otherwise").hidden = !found.is_far;
  box.querySelector(".place-list").replaceChildren();
  add(found, found.is_far ? FEW : PAGE);
  by_street(false);
  heading.focus();
}

function nearest(list, from, most) {
  const { latitude, longitude, accuracy } = here;
  ask(list, new URLSearchParams(location.search));
  return read(list, list.nearest(now(), latitude, longitude, accuracy, from, most));
}

function more() {
  const first = add(nearest(sorted, shown, PAGE), PAGE);
  // Whoever reads on by keyboard goes on at the first that is new.
  first?.querySelector("a").focus();
}

function add({ rows, count }, most) {
  const box = the("near-answer");
  const items = rows.slice(0, most).map((row) => place(row).firstElementChild);
  box.querySelector(".place-list").append(...items);
  shown += items.length;
  box.querySelector("[data-act=more]").hidden = shown >= count;
  return items[0];
}

function undo() {
  [sorted, here] = [];
  by_street(true);
  the("near").querySelector("[data-act=near]")?.focus();
}

// Everything that the server has drawn by street, and what stands in its place.
function by_street(shown) {
  for (const part of document.querySelectorAll(".places > :is(.lead, .areas, .beside), #near > .hint")) part.hidden = !shown;
  the("near-answer").hidden = shown;
}

// A condition that is put on or taken off while the list is sorted leaves it sorted.
async function turn(event, address) {
  event.preventDefault();
  const page = await fetch(address).catch(() => undefined);
  if (!page?.ok) return tell("network");
  const drawn = new DOMParser().parseFromString(await page.text(), "text/html");
  for (const part of ["header", ".places"]) document.querySelector(part).replaceWith(drawn.querySelector(part));
  document.title = drawn.title;
  history.replaceState(null, "", address);
  places = undefined;
  begin();
  await open(is_typed()).then(show, ({ message }) => tell(message));
}

async function type(field) {
  const text = field.value;
  if (!text.trim()) return typed("", []);
  const list = await open(true).catch(() => undefined);
  // The form can be sent all the same.
  if (!list || field.value !== text) return;
  ask(list, new FormData(field.form));
  const { heading, notes, rows } = read(list, list.search(now(), TYPED));
  typed([heading, ...notes].join(" "), rows);
}

function typed(heading, rows) {
  const box = the("typed");
  const [said, list, blank] = box.children;
  const row = ({ id, name, place, of, state }) => {
    const item = blank.content.cloneNode(true);
    item.querySelector("a").href = address(id);
    item.querySelector(".day-row-date").textContent = name;
    item.querySelector(".day-row-left").textContent = `${place} · ${of}${state}`;
    return item;
  };
  said.textContent = heading;
  list.replaceChildren(...rows.map(row));
  list.hidden = rows.length === 0;
}

// One place, drawn as the server draws it.
function place(row) {
  const item = the("near-answer").querySelector("template").content.cloneNode(true);
  const put = (part, text) => {
    const element = item.querySelector(part);
    if (text) element.textContent = text;
    else element.remove();
    return element;
  };
  put(".place-name a", row.name).href = address(row.id);
  put(".place-far", row.far);
  put(".place-where", row.place);
  put(".place-of", row.of);
  const { invented } = the("near").dataset;
  put(".state", row.state).className = `state ${invented.split(" ").includes(row.id) ? "state-old" : row.class}`;
  put(".place-sure", row.sure).classList.toggle("place-unsure", row.is_weak === 1);
  put(".place-what", row.services);
  put(".place-silent", row.silent);
  const call = item.querySelector(".place-call");
  if (row.dial) {
    // An extension is asked for once somebody answers.
    const [number, extension] = row.dial.split("转");
    const through = document.documentElement.lang === "en" ? " ext. " : " 转 ";
    call.href = `tel:${number.replace(/[^\d+]/g, "")}`;
    put(".place-call .hidden-visually", ` ${row.name} `);
    put(".place-call .nowrap", extension ? number + through + extension : number);
  } else {
    call.remove();
  }
  return item;
}

// Whether the address looks for a name.
function is_typed() {
  return new URLSearchParams(location.search).has("q");
}

// What is asked: names and values by turns, each on a line of its own.
function ask(list, pairs) {
  const { booked, invented } = the("near").dataset;
  // All of these stand on the page, however long nobody has confirmed them.
  const all = [...pairs, ["booked", booked], ["kept", `${booked} ${invented}`]].flat();
  write(list, new TextEncoder().encode(all.map((text) => text.replaceAll("\n", " ")).join("\n")));
}

// Into the memory of the module.
function write(list, bytes) {
  const at = list.room(bytes.length);
  new Uint8Array(list.memory.buffer, at).set(bytes);
}

// An answer: a row of numbers in that memory. What is said is the number of a phrase of the page, and what stands in its gaps.
function read({ memory }, at) {
  const row = new Uint32Array(memory.buffer, at);
  const phrases = the("near").dataset.words.split("\n");
  let next = 0;
  const number = () => row[next++];
  const text = () => new TextDecoder().decode(new Uint8Array(memory.buffer, number(), number()));
  const clock = (minutes = number()) => [minutes / 60, minutes % 60].map((n) => `${Math.floor(n)}`.padStart(2, "0")).join(":");
  const words = () => phrases[number()].replace(/{(.)}/g, (_, gap) => ({ n: number, c: clock, t: text, s: words })[gap]());
  const many = (read) => Array.from({ length: number() }, read);
  const place = () => ({
    id: text(),
    name: text(),
    far: words(),
    place: words(),
    of: words(),
    state: words(),
    class: text(),
    sure: words(),
    is_weak: number(),
    services: words(),
    dial: text(),
    silent: words(),
  });
  return { count: number(), is_sorted: number(), is_far: number(), heading: words(), notes: many(words), rows: many(place) };
}

function paragraph(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

// Words that the server has left for what came of it; without a reason none.
function tell(why) {
  const near = the("near");
  const words = [...near.querySelectorAll("template")];
  const of = (why) => words.find((one) => one.dataset.why === why);
  const said = why ? (of(why) ?? of("network")).content.cloneNode(true) : "";
  near.querySelector("[role=status]").replaceChildren(said);
}

// Seconds on the civil clock: the portal's, and of the device's only what has passed on it.
function now() {
  return Number(the("near").dataset.now) + Math.floor((Date.now() - began) / 1000);
}

function address(id) {
  return `${the("near").dataset.path}/${id}`;
}

function the(id) {
  return document.getElementById(id);
}
