// Sends photographs and PDFs of papers in parts, says how far it is, and goes on where a connection broke, also after the page was
// loaded anew and the same files were chosen again. Without this script, or where it cannot go on, the form sends them whole.

// Milliseconds: before another try and at most, and for an answer.
const [PAUSE, LONGEST_PAUSE, PATIENCE] = [1_000, 30_000, 120_000];

// Papers of which files are on their way; the page shows all of them once the last is done.
let running = 0;

for (const form of document.querySelectorAll("form[data-parts]")) form.addEventListener("submit", begin);

async function begin(event) {
  const form = event.target;
  const files = [...form.elements.file.files];
  // What to do where nothing is chosen, the portal says.
  if (files.length === 0) return;
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.disabled) return;
  button.disabled = true;
  running += 1;
  tell(form, "refused", "");
  try {
    while (files.length > 0) {
      const refused = await send(form, files[0]);
      if (refused) return await refuse(form, files[0], refused);
      files.shift();
    }
  } catch {
    // Of those that are here already none is sent twice.
    const left = new DataTransfer();
    for (const file of files) left.items.add(file);
    form.elements.file.files = left.files;
    form.submit();
    return;
  } finally {
    running -= 1;
    button.disabled = false;
    form.querySelector("[data-coming]").hidden = true;
  }
  form.reset();
  if (running === 0) location.assign(form.dataset.then);
}

// Why a file is not taken; nothing once it was.
async function send(form, file) {
  const mark = `part ${form.dataset.parts} ${file.name} ${file.size} ${file.lastModified}`;
  let id = recall(mark);
  // Of a file that had begun before, nothing is sent with the first question: its answer says how much has come.
  let received = id ? undefined : 0;
  let pause = PAUSE;
  for (;;) {
    show(form, file, received === file.size ? "looks" : "sends", received);
    const answer = await (id ? part(form, id, received, await read(form, file, received)) : announce(form, file)).catch(() => undefined);
    if (!answer || answer.status >= 500 || answer.status === 429) {
      show(form, file, "waits", received);
      await later(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      // What was not answered may have come.
      received = id ? undefined : 0;
      continue;
    }
    if (answer.status === 404 && id) {
      // It is no more: too long ago, or it was no good.
      [id, received] = [undefined, 0];
      continue;
    }
    const told = await answer.json();
    if (told.message) return told.message;
    pause = PAUSE;
    ({ file: id, received } = told);
    keep(mark, told.whole ? undefined : id);
    if (told.whole) return undefined;
  }
}

function announce(form, { name, size }) {
  return post(form.dataset.parts, JSON.stringify({ name, size }));
}

function part(form, id, received = 0, bytes) {
  return post(`${form.dataset.parts}&file=${id}&offset=${received}`, bytes);
}

// The next part. A file that cannot be read any more is the form's, whose browser says so.
async function read(form, file, received) {
  return received === undefined ? "" : file.slice(received, received + Number(form.dataset.part)).arrayBuffer();
}

function post(address, body) {
  const headers = { "Content-Type": "application/octet-stream" };
  return fetch(address, { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE) });
}

// After a while, or as soon as there is a connection again.
function later(pause) {
  return new Promise((goOn) => {
    setTimeout(goOn, pause);
    addEventListener("online", goOn, { once: true });
  });
}

// Says why, and shows what came before the one that is no good.
async function refuse(form, { name }, why) {
  tell(form, "refused", filled(form.querySelector("[data-refused]").dataset.refused, { name, why }));
  form.reset();
  const page = await fetch(location.href).catch(() => undefined);
  if (!page?.ok) return;
  const drawn = new DOMParser().parseFromString(await page.text(), "text/html");
  const here = form.parentElement.querySelector("[data-sent]");
  here.replaceWith(drawn.getElementById(here.id) ?? here);
}

// In steps of ten, so that nobody is read every part.
function show(form, file, why, received = 0) {
  const box = form.querySelector("[data-coming]");
  const done = Math.floor((10 * received) / file.size) * 10;
  box.hidden = false;
  box.querySelector("progress").value = (100 * received) / file.size;
  const words = box.querySelector("[data-said]").dataset[why];
  tell(form, "said", filled(words, { name: file.name, done }));
}

function filled(words, gaps) {
  return words.replace(/{(\w+)}/g, (_, gap) => gaps[gap]);
}

function tell(form, where, words) {
  const said = form.querySelector(`[data-${where}]`);
  if (said.textContent !== words) said.textContent = words;
  said.hidden = words === "";
}

// Which file of the portal's it is, for as long as this tab is open.
function recall(mark) {
  try {
    return sessionStorage.getItem(mark) ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(mark, id) {
  try {
    if (id) sessionStorage.setItem(mark, id);
    else sessionStorage.removeItem(mark);
  } catch {
    // It begins anew where the page is loaded anew.
  }
}
