// Begins the benefit check in the browser: from here on no answer leaves the page. Where this fails, the form that
// the server has drawn goes on working.
const files = document.querySelector("script[data-module][src*='begin-check']")?.dataset;
const root = document.getElementById("check");
const PAGES = ["/benefits/check", "/en/benefits/check"];

if (files && root) {
  const { policy, kept } = root.dataset;
  // A page that was kept is asked today, whatever day it was kept on: in Shanghai it is eight hours later than UTC.
  if (kept !== undefined) root.dataset.device = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const [check, rules] = await load(files, policy).catch(
    // Leaving the page breaks the downloads off. What still stands a second later has really failed.
    (failure) => new Promise((_, fail) => setTimeout(fail, 1000, failure)),
  );
  const running = check.begin(root, new Uint8Array(rules));
  if (running) {
    addEventListener("submit", (event) => turn(event, running), { capture: true });
    root.addEventListener("change", stand_alone);
  }
  await keep(policy).catch(() => {});
}

async function load({ module, wasm }, policy) {
  const [check, rules] = await Promise.all([
    import(module),
    fetch(policy).then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status))),
  ]);
  await check.default({ module_or_path: wasm });
  return [check, rules];
}

// The switches of language and reading mode send the form, so that nothing is lost without scripts. Here they change
// what stands around the check, and no answer is sent.
async function turn(event, running) {
  const { target, submitter } = event;
  if (target.parentElement?.closest("#check") !== root || submitter?.name !== "action") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const [, act, value] = submitter.value.match(/^(\w+)-(.+)$/);
  const [, prefix, step] = location.pathname.match(/^(\/en)?\/benefits\/check(.*)$/);
  const speaks = act === "speak";
  const page = speaks ? PAGES.find((page) => page.startsWith("/en") === (value === "en")) : `${prefix ?? ""}${PAGES[0]}`;
  const switches = () => [...document.querySelectorAll("header .switch")];
  const place = switches().indexOf(submitter);
  const chosen = { method: "POST", body: new URLSearchParams({ elder: value, back: page }) };
  // Without a network everything stays as it is.
  const answer = await (speaks ? fetch(page) : fetch(`${prefix ?? ""}/preferences`, chosen)).catch(() => undefined);
  if (!answer?.ok) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const name of ["lang", "data-mode", "data-size"]) {
    const says = drawn.documentElement.getAttribute(name);
    if (says === null) document.documentElement.removeAttribute(name);
    else document.documentElement.setAttribute(name, says);
  }
  for (const part of [".skip", "header", "main .back", "footer"]) {
    document.querySelector(part)?.replaceWith(drawn.querySelector(part) ?? "");
  }
  if (speaks) {
    history.replaceState(null, "", page + step);
    running.speak(value);
  }
  switches()[place]?.focus();
}

// "Everyone" and "no one" leave no other box ticked.
function stand_alone({ target }) {
  if (!target.checked || !target.name.startsWith("who.")) return;
  const alone = ({ value }) => value === "all" || value === "none";
  for (const box of root.querySelectorAll(`[name="${target.name}"]`)) {
    if (box !== target && (alone(box) || alone(target))) box.checked = false;
  }
}

// Keeps the page in both languages, its files and the rules for the next time without a network, and forgets those of
// earlier versions; nothing where the server has recalled that.
async function keep(policy) {
  if (root.dataset.keeps === undefined || !navigator.onLine || !("serviceWorker" in navigator)) return;
  const assets = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
  const wanted = new Set([...PAGES, policy, ...assets.filter((path) => path.startsWith("/assets/"))]);
  const store = await caches.open("check");
  const known = (await store.keys()).map(({ url }) => url.slice(location.origin.length));
  await Promise.all(known.filter((path) => !wanted.has(path)).map((path) => store.delete(path)));
  await store.addAll([...wanted].filter((path) => !known.includes(path) || PAGES.includes(path)));
  await navigator.serviceWorker.register("/sw.js");
}
