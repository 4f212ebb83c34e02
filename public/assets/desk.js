// The day sheet says that something is new and changes nothing by itself: whoever reads it decides when. Keys are a help
// that can be switched off, there and on the pages of applications, and none of them takes anything away.
const live = document.getElementById("live");
const news = document.getElementById("news");
const KEYS = "staff-keys";
// Milliseconds between two keys of a scanner at most; no hand is so fast.
const BURST = 60;

if (live && news) listen();
count();
keys();
scanner();
more();

function listen() {
  const { events, asked, version, live: liveWords, lost, over, elsewhere, stopped, arrived, changed, inHall } = live.dataset;
  const { today, past, anew } = live.dataset;
  const [dot, words] = [live.querySelector(".live-dot"), live.querySelector("[data-words]")];
  const known = new Set(inHall.split(" "));
  // Beats come every five seconds.
  const SILENCE = 12_000;
  const begun = Date.now();
  let heard = begun;
  let opened = 0;
  let trying = false;
  let isOver = false;
  let source;
  const say = (text, isLive) => {
    if (words.textContent !== text) words.textContent = text;
    dot.hidden = false;
    live.classList.toggle("live-lost", !isLive);
  };
  const isLive = () => {
    heard = Date.now();
    say(liveWords, true);
  };
  // The office's own time: what this machine's clock says may be another.
  const isLost = () => say(lost.replace("{}", clock(Number(asked) + heard - begun)), false);
  // The line says what day it is; without one it is reckoned from when the page was drawn.
  const isPast = (now) => today !== undefined && now !== today;
  const beaten = ({ data }) => (isPast(data) ? leave() : isLive());
  const told = ({ data }) => {
    isLive();
    const [now, waiting] = data.split("\n");
    if (Number(now) <= Number(version)) return;
    const fresh = waiting.split(" ").filter((id) => id && !known.has(id)).length;
    const text = fresh ? arrived.replace("{}", fresh) : changed.replace("{}", now - version);
    tell(text);
  };
  const tell = (text) => {
    if (news.textContent === text) return;
    const link = document.createElement("a");
    [link.href, link.textContent] = [news.dataset.here, text];
    news.replaceChildren(link);
  };
  // Nothing is heard any more, and nobody asks again.
  const end = (words) => {
    isOver = true;
    clearInterval(timer);
    source.close();
    say(words, false);
  };
  const leave = () => {
    clearInterval(watch);
    end(past);
    tell(anew);
  };
  const open = () => {
    if (isOver) return;
    source?.close();
    opened = Date.now();
    source = new EventSource(events);
    source.addEventListener("day", told);
    source.addEventListener("beat", beaten);
    source.addEventListener("error", isLost);
    // As many other windows of the same person follow as may: coming back would only end one of theirs.
    source.addEventListener("elsewhere", () => {
      end(elsewhere);
      tell(stopped);
    });
  };
  // A line that ended may have ended with the session: then there is no use in trying again.
  const again = async () => {
    const answer = await fetch(events, { redirect: "manual", signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer && (answer.type === "opaqueredirect" || answer.status === 403)) {
      end(over);
    } else {
      open();
    }
  };
  addEventListener("online", open);
  addEventListener("offline", () => isOver || isLost());
  const timer = setInterval(async () => {
    const isQuiet = Date.now() - Math.max(heard, opened) > SILENCE;
    if (trying || (source.readyState !== EventSource.CLOSED && !isQuiet)) return;
    trying = true;
    isLost();
    await again().catch(() => {});
    trying = false;
  }, 2_000);
  // Also where the session ended before the day did, and nothing is heard any more.
  const watch = setInterval(() => {
    const isAlone = isOver || Date.now() - heard > SILENCE;
    if (isAlone && isPast(day(Number(asked) + Date.now() - begun))) leave();
  }, 2_000);
  open();
  addEventListener("pagehide", () => source.close());
}

function clock(instant) {
  return new Date(instant).toLocaleTimeString("zh-CN", { hour: "numeric", minute: "2-digit", timeZone: "Asia/Shanghai" });
}

function day(instant) {
  // Swedish dates are those of ISO 8601.
  return new Date(instant).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
}

// How long the last act can still be undone.
function count() {
  const left = document.querySelector("[data-undo] [data-left]");
  if (!left) return;
  const [begun, seconds, words] = [performance.now(), Number(left.dataset.left), left.dataset.words];
  const timer = setInterval(() => {
    const rest = Math.ceil(seconds - (performance.now() - begun) / 1000);
    left.textContent = rest > 0 ? words.replace("{}", rest) : left.dataset.over;
    if (rest > 0) return;
    clearInterval(timer);
    const button = left.closest("button");
    button.disabled = true;
  }, 1000);
}

// Single keys, never within a field, never with another key held (WCAG 2.1.4: they can be switched off).
function keys() {
  const box = document.getElementById("keys");
  if (!box) return;
  const toggle = box.querySelector("button");
  let on = stored() !== "off";
  const show = () => {
    box.hidden = false;
    box.classList.toggle("keys-off", !on);
    toggle.textContent = on ? toggle.dataset.off : toggle.dataset.on;
  };
  toggle.addEventListener("click", () => {
    on = !on;
    try {
      localStorage.setItem(KEYS, on ? "on" : "off");
    } catch {
      // It holds for this page alone.
    }
    show();
  });
  show();
  const does = {
    n: () => (document.getElementById("next") ?? document.getElementById("current"))?.focus(),
    "/": () => document.getElementById("q")?.focus(),
    s: () => document.getElementById("reference")?.focus(),
    u: () => document.querySelector("[data-undo]")?.click(),
    "?": () => {
      box.scrollIntoView({ block: "center" });
      box.focus({ preventScroll: true });
    },
    r: () => (news?.querySelector("a") ?? live?.querySelector("a"))?.click(),
    m: () => document.getElementById("note")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    x: () => {
      const box = here()?.querySelector("[data-pick]");
      if (box) box.checked = !box.checked;
    },
  };
  let waiting;
  addEventListener("keydown", (event) => {
    // Whatever something else follows at once was no key of anybody's.
    clearTimeout(waiting);
    const act = does[event.key];
    if (!on || !act || isTyping(event)) return;
    event.preventDefault();
    if (!event.repeat) waiting = setTimeout(act, BURST);
  });
}

// The row of a list in which the focus is.
function here() {
  return document.activeElement?.closest("[data-row]");
}

// To the row so many further on, and no further than the last.
function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.indexOf(here());
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[next]?.querySelector("a")?.focus();
}

// A scanner types faster than any hand, wherever the focus is: what it reads belongs in its field, and its Enter presses
// nothing else.
function scanner() {
  const field = document.getElementById("reference");
  if (!field) return;
  let read = "";
  let last = -Infinity;
  addEventListener(
    "keydown",
    (event) => {
      if (isTyping(event)) return;
      const { key, timeStamp } = event;
      // It comes with each large letter.
      if (key === "Shift") return;
      const goesOn = timeStamp - last < BURST;
      if (key === "Enter" && goesOn && read.length > 5) {
        event.preventDefault();
        event.stopPropagation();
        field.value = read;
        field.focus();
        document.getElementById("check-in").click();
      }
      read = key.length === 1 ? (goesOn ? read + key : key) : "";
      last = timeStamp;
    },
    { capture: true },
  );
}

// What opens over the next rows closes as menus do; that one opens at a time the browser sees to.
function more() {
  const opened = () => document.querySelector(".more[open]");
  addEventListener("click", ({ target }) => {
    const box = opened();
    if (box && !box.contains(target)) box.open = false;
  });
  addEventListener("keydown", ({ key, isComposing }) => {
    const box = key === "Escape" && !isComposing && opened();
    if (!box) return;
    if (box.contains(document.activeElement)) box.querySelector("summary").focus();
    box.open = false;
  });
}

function isTyping({ target, altKey, ctrlKey, metaKey, isComposing }) {
  const isField = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  return altKey || ctrlKey || metaKey || isComposing || isField;
}

function stored() {
  try {
    return localStorage.getItem(KEYS);
  } catch {
    return null;
  }
}
