// Wakes the islands of this page: nothing is loaded on a page that has none.
// `hydrate()` comes first; outer islands before inner ones, each inner one inside its parent's reactive owner.
const files = document.querySelector("script[data-module]")?.dataset;

if (files && document.querySelector("leptos-island")) {
  const browserHalf = await import(files.module);
  await browserHalf.default({ module_or_path: files.wasm }).catch(
    // Leaving the page breaks the download off. What still stands a second later has really failed.
    (failure) => new Promise((_, fail) => setTimeout(fail, 1000, failure)),
  );
  browserHalf.hydrate();
  const parents = [];
  const wake = async (element) => {
    const name = element.localName;
    if (name === "leptos-children") parents.push(element.$$on_hydrate);
    if (name === "leptos-island") {
      const start = browserHalf[element.dataset.component];
      if (!start) console.error(`The browser half knows no island ${element.dataset.component}.`);
      parents.at(-1)?.();
      await start?.(element);
      element.dataset.hydrated = "";
    }
    for (const child of element.children) await wake(child);
    if (name === "leptos-children") parents.pop();
  };
  await wake(document.body);
}
