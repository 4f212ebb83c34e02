// What a kiosk has beyond its two forms: keys, since it may have no keyboard, and a look each half minute whether what stands
// on it is still so, by which the office also knows that it is there. Nothing of what somebody types is lost to it.
const field = document.getElementById("reference");
const keys = document.getElementById("keys");
const clock = document.getElementById("clock");

// Milliseconds between two looks.
const LOOK = 30_000;
// Letters of a reference.
const LENGTH = 12;

keys.hidden = false;
clock.hidden = false;
// The keys are on the page: those of the system would lie over it.
field.inputMode = "none";

keys.addEventListener("click", ({ target }) => {
  const key = target.closest("[data-key]")?.dataset.key;
  if (!key) return;
  const typed = field.value.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const letters = { back: typed.slice(0, -1), clear: "" }[key] ?? (typed + key).slice(0, LENGTH);
  field.value = letters.replace(/(.{4})(?=.)/g, "$1-");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

setInterval(async () => {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer || answer.status >= 500 || answer.status === 429) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  clock.textContent = drawn.getElementById("clock")?.textContent ?? clock.textContent;
  // Tickets ran out, or were added. Only then, so that no button goes away under a finger.
  const [offered, now] = [document, drawn].map((page) => page.getElementById("walk-in"));
  if (offered && now && offered.dataset.offered !== now.dataset.offered) offered.replaceWith(now);
  // Closed, connected no more, or of a day that is over: whoever is typing is told when they send it. Asked for anew, and nothing
  // sent again.
  const [day, today] = [document, drawn].map((page) => page.getElementById("main")?.dataset.day);
  if ((!drawn.getElementById("reference") || day !== today) && !field.value) location.replace(location.href);
}, LOOK);
