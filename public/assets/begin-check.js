// Begins the benefit check in the browser: from here on no answer leaves the page. Where this fails, the form that
// the server has drawn goes on working.
const files = document.querySelector("script[data-module][src*='begin-check']")?.dataset;
const root = document.getElementById("check");

if (files && root) {
  const { policy } = root.dataset;
  const [check, rules] = await load(files, policy).catch(
    // Leaving the page breaks the downloads off. What still stands a second later has really failed.
    (failure) => new Promise((_, fail) => setTimeout(fail, 1000, failure)),
  );
  check.begin(root, new Uint8Array(rules));
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

// Keeps the page, its files and the rules for the next time without a network, and forgets those of earlier versions.
async function keep(policy) {
  if (!navigator.onLine || !("serviceWorker" in navigator)) return;
  const page = location.pathname.replace(/\/\d+$/, "");
  const assets = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
  const wanted = new Set([page, policy, ...assets.filter((path) => path.startsWith("/assets/"))]);
  const store = await caches.open("check");
  const known = (await store.keys()).map(({ url }) => url.slice(location.origin.length));
  const pages = (path) => path.endsWith("/benefits/check");
  await Promise.all(known.filter((path) => !wanted.has(path) && !pages(path)).map((path) => store.delete(path)));
  await store.addAll([...wanted].filter((path) => !known.includes(path) || pages(path)));
  await navigator.serviceWorker.register("/sw.js");
}
