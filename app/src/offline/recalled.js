// Takes the place of the worker that earlier visits installed, forgets everything that was kept, and goes.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

// Whatever of it fails, the rest is done: it goes also where a store cannot be opened.
async function leave() {
  const names = await caches.keys().catch(() => []);
  await Promise.allSettled([...names.map((name) => caches.delete(name)), registration.unregister()]);
}
