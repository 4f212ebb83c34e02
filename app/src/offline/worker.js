// Without a network: the benefit check opens once it has been open with one, pages of places are shown as they were when they were
// last looked at, with the whole of a list and in it each street, and in place of every other page comes one that says what can be done. Only what is the same for everybody is kept: never an answer, and of pages only those that say of when
// they are. Where nothing can be kept, everything comes from the network as ever. The server writes VERSION, PATHS, MOST and
// PATIENCE above this text.
const CHECK = "check";
const CHECK_PAGES = ["/benefits/check", "/en/benefits/check"];
const STORE = `places-${VERSION}`;
const HELP = ["/offline", "/en/offline"];
const BUNDLES = "/api/v1/bundles/by-hash/";
const OF_WHEN = '<div hidden class="as-of">';
const NOT_SENT = '<div hidden class="not-sent">';
const SEEN = '<div class="seen" hidden></div>';
// What the page for the time without a network says and is asked, in its query.
const FORGET = "forget";
const FORGOTTEN = "forgotten";
// Pages of a list that are fetched with its first one.
const AHEAD = 10;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(Promise.all(HELP.map(fetchAndKeep)));
});

// What older versions kept goes, and what is open is kept again.
addEventListener("activate", (event) => event.waitUntil(begin()));

async function begin() {
  const old = (await caches.keys()).filter((name) => name !== CHECK && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
  const open = await clients.matchAll({ type: "window" });
  await Promise.all(open.filter(({ url }) => isOfPlaces(new URL(url).pathname)).map(({ url }) => fetchAndKeep(url)));
}

addEventListener("fetch", (event) => {
  const { method, mode, referrer, url } = event.request;
  const { origin, pathname, searchParams } = new URL(url);
  if (origin !== location.origin) return;
  // What another site sends reaches the server as that site's, and not through here.
  if (method === "POST" && mode === "navigate" && isOfResidents(pathname) && referrer.startsWith(`${origin}/`)) {
    event.respondWith(fetch(event.request).catch(() => help(pathname, sayNotSent)));
  }
  if (method !== "GET") return;
  const check = CHECK_PAGES.find((page) => pathname === page || pathname.startsWith(`${page}/`));
  if (check) {
    const otherwise = (failure) => (mode === "navigate" ? help(pathname) : Promise.reject(failure));
    event.respondWith(fetch(event.request).catch(() => keptCheck(check)).catch(otherwise));
  } else if (mode === "navigate" && HELP.includes(pathname) && searchParams.has(FORGET)) {
    event.respondWith(forget().then(() => Response.redirect(`${pathname}?${FORGOTTEN}=1`)));
  } else if (mode === "navigate" && (isOfPlaces(pathname) || ["/", "/en", ...HELP].includes(pathname))) {
    event.respondWith(now(event));
  } else if (mode === "navigate" && isOfResidents(pathname)) {
    event.respondWith(fetch(event.request).catch(() => help(pathname)));
  } else if (pathname.startsWith("/assets/") || pathname.startsWith(BUNDLES) || (pathname.startsWith("/api/v1/policy/") && searchParams.has("hash"))) {
    // Their names change with what is in them, so what is kept is what would come.
    event.respondWith(found(event.request).then((file) => file ?? fetch(event.request)));
  }
});

function isOfPlaces(pathname) {
  const path = inChinese(pathname);
  return PATHS.some((place) => path === place || path.startsWith(`${place}/`));
}

// Staff and screens that hang in an office have other words.
function isOfResidents(pathname) {
  return !/^\/(staff|display|kiosk|screen)(\/|$)/.test(inChinese(pathname));
}

function inChinese(pathname) {
  return pathname.replace(/^\/en(?=\/|$)/, "");
}

// Whoever shares the device leaves nothing of what they looked at; what can be done without a network stays.
async function forget() {
  const store = await caches.open(STORE).catch(() => undefined);
  const pages = ((await store?.keys()) ?? []).filter(({ url }) => isOfPlaces(new URL(url).pathname));
  await Promise.all(pages.map((page) => store.delete(page, { ignoreVary: true })));
}

// The network has some seconds; then, or where the server cannot answer, comes what was kept. What comes later is kept all the same.
async function now(event) {
  const { url } = event.request;
  const coming = fetch(event.request);
  const copy = coming.then((answer) => answer.clone());
  event.waitUntil(copy.then((answer) => keep(url, answer)).catch(() => {}));
  const waited = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const soon = await Promise.race([coming, waited]).catch(() => undefined);
  if (soon && soon.status < 500) return soon;
  return (await kept(url)) ?? soon ?? coming.catch(() => otherwise(url));
}

async function otherwise(url) {
  return (await inWholeList(url).catch(() => undefined)) ?? help(new URL(url).pathname);
}

// Whoever asks for a street and no more is led to where it stands in the list of all streets, where that was kept.
async function inWholeList(url) {
  const { pathname, searchParams } = new URL(url);
  const street = searchParams.get("street");
  if (!/^\d+$/.test(street ?? "") || [...searchParams.keys()].length > 1) return undefined;
  const store = await caches.open(STORE);
  const pages = (await store.keys()).map((page) => new URL(page.url)).filter((page) => page.pathname === pathname);
  const whole = pages.filter((page) => [...page.searchParams.keys()].every((name) => name === "page"));
  const number = (page) => Number(page.searchParams.get("page") ?? 1);
  for (const page of whole.sort((one, other) => number(one) - number(other))) {
    const html = await (await store.match(page, { ignoreVary: true })).text();
    if (html.includes(` id="street-${street}"`)) return Response.redirect(`${pathname}${page.search}#street-${street}`);
  }
  return undefined;
}

function fetchAndKeep(url) {
  return fetch(url).then((answer) => keep(url, answer)).catch(() => {});
}

// Keeps a page that says of when it is, with its files; nothing that was typed, not even what was looked for by name.
async function keep(url, answer) {
  // What has closed for good or is not shown any more is not shown from here either.
  if (answer.status === 404 || answer.status === 410) await (await caches.open(STORE)).delete(url, { ignoreVary: true });
  const asked = new URL(url, location).searchParams;
  if (answer.status !== 200 || answer.redirected || asked.has("q") || asked.has(FORGOTTEN)) return;
  const html = await answer.clone().text();
  if (!html.includes(OF_WHEN)) return;
  const store = await caches.open(STORE);
  for (const [, file] of html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
    if (!(await store.match(file, { ignoreVary: true }))) await store.add(file);
  }
  // Takes the place of what was kept before only where there is room for it.
  await store.put(url, answer);
  const pages = (await store.keys()).filter(({ url }) => isOfPlaces(new URL(url).pathname));
  await Promise.all(pages.slice(0, Math.max(0, pages.length - MOST)).map((page) => store.delete(page, { ignoreVary: true })));
  await keepHelpAlike(store, new URL(url, location).pathname, html);
  await keepAllOfIt(store, asked, html);
}

// The places of a list in one file with what finds among them, and where nothing is looked for the pages that follow.
async function keepAllOfIt(store, asked, html) {
  for (const [, file] of html.matchAll(/ data-(?:list|wasm|typed)="([^"]+)"/g)) {
    if (!(await store.match(file, { ignoreVary: true }))) await store.add(file).catch(() => {});
  }
  const lists = (await store.keys()).filter(({ url }) => new URL(url).pathname.startsWith(BUNDLES));
  await Promise.all(lists.slice(0, Math.max(0, lists.length - PATHS.length)).map((list) => store.delete(list, { ignoreVary: true })));
  const next = html.match(/ href="([^"]+)" rel="next"/)?.[1];
  const isWhole = [...asked.keys()].every((name) => name === "page");
  if (next && isWhole && Number(asked.get("page") ?? 1) < AHEAD) await fetchAndKeep(next);
}

// Whoever reads in large print reads what to do without a network in large print too.
async function keepHelpAlike(store, pathname, html) {
  const size = (html) => html.match(/^<!DOCTYPE html><html [^>]*data-size="(\d+)"/)?.[1];
  const path = helpFor(pathname);
  const there = await store.match(path, { ignoreVary: true });
  if (pathname !== path && (!there || size(await there.text()) !== size(html))) await fetchAndKeep(path);
}

function helpFor(pathname) {
  return HELP[pathname === "/en" || pathname.startsWith("/en/") ? 1 : 0];
}

async function kept(url) {
  const page = await found(url, STORE);
  return page && isOfPlaces(new URL(url).pathname) ? changed(page, sayOfWhen) : undefined;
}

// Nothing where the browser has taken its store away, or gives none.
function found(request, cacheName) {
  return caches.match(request, { cacheName, ignoreVary: true }).catch(() => undefined);
}

function sayNotSent(html) {
  return html.replace("<html ", "<html data-not-sent ").replace(NOT_SENT, '<div class="not-sent">');
}

function sayOfWhen(html) {
  return html.replace("<html ", "<html data-kept ").replace(OF_WHEN, '<div class="as-of">');
}

// What can be done without a network, with what was looked at on this device in the same language.
async function help(pathname, say = sayOfWhen) {
  const page = helpFor(pathname);
  const there = await found(page, STORE);
  if (!there) return Response.error();
  const seen = await lines((path) => helpFor(path) === page);
  const list = seen.length ? `<ul class="links seen" role="list">${seen.join("")}</ul>` : SEEN;
  return changed(there, (html) => say(html).replace(SEEN, () => list));
}

// Links to the pages that are kept, the last one that was looked at first; a sheet is behind the page of its place, and more of a
// list behind its first page.
async function lines(isWanted) {
  const store = await caches.open(STORE);
  const line = async (request) => {
    const { pathname, search, searchParams } = new URL(request.url);
    if (!isOfPlaces(pathname) || !isWanted(pathname) || pathname.endsWith("/print") || searchParams.has("page")) return "";
    const html = await (await store.match(request, { ignoreVary: true })).text();
    const title = html.match(/<title>([^<]*) · [^<]*<\/title>/)?.[1];
    return title ? `<li><a href="${(pathname + search).replaceAll("&", "&amp;")}">${title}</a></li>` : "";
  };
  return (await Promise.all((await store.keys()).reverse().map(line))).filter(Boolean);
}

// The check's page says on itself that it is the one that was kept, since its day and its figures are of then.
async function keptCheck(page) {
  const there = await found(page, CHECK);
  if (!there) throw new Error("not kept");
  return changed(there, (html) => html.replace('id="check"', 'id="check" data-kept'));
}

async function changed(page, change) {
  const headers = new Headers(page.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(change(await page.text()), { headers });
}
