// Begins the benefit check in the browser: from here on no answer leaves the page. Where this fails, the form that
// the server has drawn goes on working.
const files = document.querySelector("script[data-module][src*='begin-check']")?.dataset;
const root = document.getElementById("check");

if (files && root) {
  const [check, rules] = await Promise.all([
    import(files.module),
    fetch(root.dataset.policy).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status))),
  ]);
  await check.default({ module_or_path: files.wasm });
  check.begin(root, rules);
}
