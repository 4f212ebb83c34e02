// Keeps what is typed into an application while it is typed, and says when. Without this script, or where it fails, the button
// keeps each page as ever.
//
// Until the portal has said that it kept something, a copy of it lies in sessionStorage: that is gone with this tab and seen by no
// other, so that whoever borrows the phone next finds nothing of it. In localStorage it would stay.
const form = document.querySelector("form[data-draft]");
const said = document.getElementById("keeping");
const COPY = `draft ${form?.dataset.draft}`;
// Milliseconds: after the last letter, before another try, for an answer, and that a press waits for what is still on its way.
const [PAUSE, AGAIN, PATIENCE, PRESS] = [1_500, 5_000, 30_000, 5_000];

if (form && said) begin();
// Two windows have said different things and one of both is being chosen: they stand in that form, and a copy would bring one back.
else if (form) forget();

function begin() {
  let version = form.elements.version.value;
  // What the portal has.
  let kept = drawn();
  // What was sent and never answered, so that nobody knows whether it was kept.
  let unsure, sending, timer;
  let [isOver, isLeaving] = [false, false];

  form.addEventListener("input", () => {
    remember(version, kept);
    soon(PAUSE);
  });
  addEventListener("online", keep);
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  // A page that the browser had laid aside shows what stood there then.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  form.addEventListener("submit", leave);
  tell("on");
  restore();

  function soon(delay) {
    clearTimeout(timer);
    timer = setTimeout(keep, delay);
  }

  function isAllKept() {
    return unsure === undefined && typed() === kept;
  }

  function keep() {
    sending ??= send().finally(() => (sending = undefined));
    return sending;
  }

  // Sends until the portal has what stands here. What was never answered is sent once more as it was: if it did arrive, the same
  // again changes nothing, while something newer would look as if another window had written it.
  async function send() {
    clearTimeout(timer);
    while (!isOver && !isAllKept()) {
      unsure ??= typed();
      const body = new URLSearchParams(unsure);
      body.set("version", version);
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        // A page that is closed has still sent it.
        keepalive: true,
        signal: AbortSignal.timeout(PATIENCE),
      }).catch(() => undefined);
      const told = answer?.ok && !answer.redirected ? await answer.json().catch(() => undefined) : undefined;
      if (!told) return failed(answer);
      [version, kept, unsure] = [told.version, unsure, undefined];
      if (isAllKept()) forget();
      else remember(version, kept);
      document.querySelector(".draft-kept").textContent = told.until;
      tell("kept", told.said);
    }
  }

  function failed(answer) {
    const isGone = answer?.redirected || answer?.status === 410;
    if (answer?.status === 409) {
      tell("two");
    } else if (isGone || answer?.status === 401 || answer?.status === 404) {
      tell("over");
    } else {
      tell("lost");
      return soon(AGAIN);
    }
    isOver = true;
    // Nothing is kept of a draft that is handed in or past its time. One that only has to be opened again takes its copy back.
    if (isGone) forget();
  }

  // What is typed is kept before the form goes, or it would meet what is still on its way as if that were another window's.
  async function leave(event) {
    const { submitter } = event;
    if (isLeaving) return event.preventDefault();
    if (!sending && (isOver || isAllKept())) return go();
    event.preventDefault();
    isLeaving = true;
    await Promise.race([keep(), new Promise((on) => setTimeout(on, PRESS))]);
    isLeaving = false;
    form.removeEventListener("submit", leave);
    go();
    form.requestSubmit(submitter);
  }

  function go() {
    form.elements.version.value = version;
  }

  // Puts back what the portal never said it had kept, to the page as it was seen then: where another window has written since, both
  // answers are shown.
  function restore() {
    const copy = recall();
    if (copy) {
      const [before, mine, here] = [copy.kept, copy.typed, kept].map((all) => new URLSearchParams(all));
      const names = new Set([...before.keys(), ...mine.keys()].filter((name) => form.elements.namedItem(name)));
      const lost = [...names].filter((name) => differ(before, mine, name) && differ(here, mine, name));
      for (const name of lost) put(name, mine.getAll(name));
      if (lost.length > 0) {
        version = copy.version;
        tell("back");
        return soon(AGAIN);
      }
      forget();
    }
    // A browser puts back by itself what was typed before the page was loaded anew.
    if (!isAllKept()) keep();
  }
}

// What stands in the fields now.
function typed() {
  const all = new URLSearchParams(new FormData(form));
  all.delete("version");
  return all.toString();
}

// What the portal had drawn into them.
function drawn() {
  const all = new URLSearchParams();
  for (const field of form.elements) {
    const isField = field.matches("input, textarea") && field.name && field.name !== "version";
    if (!isField || (isBox(field) && !field.defaultChecked)) continue;
    all.append(field.name, isBox(field) ? field.value : field.defaultValue);
  }
  return all.toString();
}

function put(name, values) {
  for (const field of form.elements) {
    if (field.name !== name) continue;
    if (isBox(field)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

function isBox({ type }) {
  return type === "radio" || type === "checkbox";
}

function differ(one, other, name) {
  return String(one.getAll(name)) !== String(other.getAll(name));
}

function tell(why, text = said.dataset[why]) {
  if (said.textContent !== text) said.textContent = text;
  said.hidden = false;
  said.classList.toggle("draft-lost", ["lost", "two", "over"].includes(why));
}

function remember(version, kept) {
  try {
    sessionStorage.setItem(COPY, JSON.stringify({ version, kept, typed: typed() }));
  } catch {
    // A browser that keeps nothing: it is sent all the same.
  }
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(COPY));
  } catch {
    return undefined;
  }
}

function forget() {
  try {
    sessionStorage.removeItem(COPY);
  } catch {
    // Nothing was kept.
  }
}
