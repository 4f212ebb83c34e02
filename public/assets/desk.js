// The day sheet says that something is new and changes nothing by itself: whoever reads it decides when. Keys are a help
// that can be switched off, and none of them takes anything away.
const live = document.getElementById("live");
const news = document.getElementById("news");
const KEYS = "staff-keys";

if (live && news) listen();
count();
keys();

function listen() {
  const { events, version, live: liveWords, lost, arrived, changed, inHall } = live.dataset;
  const [dot, words] = [live.querySelector(".live-dot"), live.querySelector("[data-words]")];
  const known = new Set(inHall.split(" "));
  let heard = Date.now();
  let source;
  const say = (text, isLive) => {
    if (words.textContent !== text) words.textContent = text;
    dot.hidden = false;
    live.classList.toggle("live-lost", !isLive);
  };
  const isLive = () => ((heard = Date.now()), say(liveWords, true));
  const isLost = () => say(lost.replace("{}", clock(heard)), false);
  const told = ({ data }) => {
    isLive();
    let day;
    try {
      day = JSON.parse(data);
    } catch {
      return;
    }
    if (!day || day.version === undefined || day.version <= Number(version)) return;
    const fresh = (day.visits ?? []).filter(({ id, state }) => (state.state ?? state) === "arrived" && !known.has(id));
    const text = fresh.length ? arrived.replace("{}", fresh.length) : changed.replace("{}", day.version - version);
    if (news.textContent === text) return;
    const link = document.createElement("a");
    [link.href, link.textContent] = [news.dataset.here, text];
    news.replaceChildren(link);
  };
  const open = () => {
    source?.close();
    source = new EventSource(events);
    source.addEventListener("open", isLive);
    for (const name of ["message", "day", "sheet"]) source.addEventListener(name, told);
    source.addEventListener("beat", isLive);
    source.addEventListener("error", isLost);
  };
  open();
  addEventListener("online", open);
  addEventListener("offline", isLost);
  // A line that says nothing any more is none. Where the server sends no beat that is heard, only an error tells.
  let beats = false;
  source.addEventListener("beat", () => (beats = true));
  setInterval(() => {
    if (source.readyState === EventSource.CLOSED || (beats && Date.now() - heard > 20_000)) isLost(), open();
  }, 5_000);
  addEventListener("pagehide", () => source.close());
}

function clock(instant) {
  return new Date(instant).toLocaleTimeString("zh-CN", { hour: "numeric", minute: "2-digit", timeZone: "Asia/Shanghai" });
}

// How long the last act can still be undone.
function count() {
  const left = document.querySelector("[data-undo] [data-left]");
  if (!left) return;
  const [begun, seconds, words] = [performance.now(), Number(left.dataset.left), left.dataset.words];
  const timer = setInterval(() => {
    const rest = Math.ceil(seconds - (performance.now() - begun) / 1000);
    left.textContent = rest > 0 ? words.replace("{}", rest) : "";
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
    r: () => (news?.querySelector("a") ?? live?.querySelector("a"))?.click(),
  };
  addEventListener("keydown", (event) => {
    const { key, target, altKey, ctrlKey, metaKey, isComposing } = event;
    if (!on || altKey || ctrlKey || metaKey || isComposing) return;
    if (target instanceof Element && target.closest("input, textarea, select, [contenteditable]")) return;
    const act = does[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function stored() {
  try {
    return localStorage.getItem(KEYS);
  } catch {
    return null;
  }
}
