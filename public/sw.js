// Lets the benefit check open without a network, once it has been open with one. Only what is the same for everybody
// is kept: the page, its files and the rules; never an answer.
const STORE = "check";
const PAGES = ["/benefits/check", "/en/benefits/check"];

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname, searchParams } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  const page = PAGES.find((page) => pathname === page || pathname.startsWith(`${page}/`));
  if (page) {
    event.respondWith(fetch(event.request).catch(() => keptPage(page)));
  } else if (pathname.startsWith("/assets/") || (pathname.startsWith("/api/v1/policy/") && searchParams.has("hash"))) {
    // Their names change with what is in them, so what is kept is what would come.
    event.respondWith(kept(event.request).catch(() => fetch(event.request)));
  }
});

async function kept(request) {
  const found = await caches.match(request, { cacheName: STORE });
  return found ?? Promise.reject(new Error("not kept"));
}

// The page says on itself that it is the one that was kept, since its day and its figures are of then.
async function keptPage(page) {
  const found = await kept(page);
  const html = (await found.text()).replace('id="check"', 'id="check" data-kept');
  const headers = new Headers(found.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(html, { headers });
}
