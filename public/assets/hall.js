// Keeps a screen in the hall up to date: each event carries the whole board, so that nothing is missed while a line was
// down. Calls are announced one after the other, and none over another.
const board = document.getElementById("board");
const live = document.getElementById("live");
const dot = live?.querySelector(".live-dot");
const clock = document.getElementById("clock");
const sound = document.getElementById("sound");

// Milliseconds after which a line that says nothing is none; beats come every four seconds.
const SILENCE = 9_000;
// How long a new line is given to say something.
const PATIENCE = 3_000;
// Until a line that broke is tried again.
const AGAIN = 1_000;
// How long what is for whoever looks after the screen stays once nobody does.
const TENDED = 15_000;
// How long a call stands out.
const SHOWN = 8_000;

// Those that stand out now, on whichever board.
const standing = new Set();
let said = new Set(calls().map(({ dataset }) => dataset.call));
let heard = Date.now();
let opened = 0;
let source;
let queue = Promise.resolve();
let audio;
let speaks = false;
let left;

if (live) {
  open();
  addEventListener("online", open);
  setInterval(() => {
    if (Date.now() - heard < SILENCE) return;
    lost();
    if (Date.now() - opened > PATIENCE) open();
  }, 1_000);
  sound.hidden = false;
  sound.textContent = sound.dataset.off;
  sound.addEventListener("click", switchSound);
  for (const sign of ["pointermove", "pointerdown", "keydown"]) addEventListener(sign, tended);
  tended();
}

function tended() {
  document.documentElement.removeAttribute("data-alone");
  clearTimeout(left);
  left = setTimeout(() => document.documentElement.setAttribute("data-alone", ""), TENDED);
}

function calls() {
  return [...document.querySelectorAll("[data-call]")];
}

function open() {
  source?.close();
  opened = Date.now();
  const line = new EventSource(live.dataset.events);
  source = line;
  // A browser gives a line that never came to be three seconds; whoever waits in a hall is called sooner.
  line.addEventListener("error", () => {
    if (line.readyState === EventSource.CONNECTING) setTimeout(() => line === source && open(), AGAIN);
  });
  source.addEventListener("board", ({ data }) => {
    const [time, html] = split(data);
    board.innerHTML = html;
    mark();
    alive(time);
    announce();
  });
  source.addEventListener("beat", ({ data }) => alive(data));
}

function split(data) {
  const end = data.indexOf("\n");
  return [data.slice(0, end), data.slice(end + 1)];
}

function alive(time) {
  heard = Date.now();
  clock.textContent = time;
  live.classList.remove("hall-off");
  dot.hidden = false;
  words("live");
}

function lost() {
  live.classList.add("hall-off");
  dot.hidden = false;
  // The office's own time, which this machine's clock may not know; that a day has ended since is seen by any clock.
  words(day(Date.now()) === day(heard) ? "lost" : "past");
}

function day(instant) {
  return new Date(instant).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
}

// In both languages; the time is the last that was heard.
function words(what) {
  for (const place of live.querySelectorAll("[data-words]")) {
    const text = place.dataset[what].replace("{}", clock.textContent.trim());
    if (place.textContent !== text) place.textContent = text;
  }
}

// Each new call in the order in which they came, the oldest first.
function announce() {
  const fresh = calls().filter(({ dataset }) => !said.has(dataset.call));
  said = new Set([...said, ...fresh.map(({ dataset }) => dataset.call)]);
  for (const { dataset } of fresh.reverse()) {
    const call = dataset.call;
    queue = queue.then(() => show(call)).catch(() => {});
  }
}

async function show(call) {
  standing.add(call);
  mark();
  const shown = new Promise((over) => setTimeout(over, SHOWN / 2));
  await Promise.all([shown, speaks ? speak(call) : undefined]);
  setTimeout(() => (standing.delete(call), mark()), SHOWN / 2);
}

function mark() {
  for (const row of calls()) row.toggleAttribute("data-new", standing.has(row.dataset.call));
}

function switchSound() {
  speaks = !speaks;
  sound.setAttribute("aria-pressed", String(speaks));
  sound.textContent = speaks ? sound.dataset.on : sound.dataset.off;
  // Browsers let a page sound only once somebody has pressed something on it.
  if (speaks) audio ??= new AudioContext();
}

async function speak(call) {
  const [ticket, counter] = call.split("|");
  await chime();
  const voice = globalThis.speechSynthesis?.getVoices().find(({ lang }) => lang.startsWith("zh"));
  if (!voice) return;
  const text = new SpeechSynthesisUtterance(`请 ${[...ticket].join(" ")} 号，到 ${counter}`);
  [text.voice, text.lang] = [voice, voice.lang];
  await new Promise((over) => {
    text.onend = over;
    text.onerror = over;
    setTimeout(over, 10_000);
    speechSynthesis.speak(text);
  });
}

// Two tones, a third apart.
async function chime() {
  const tones = [659.25, 523.25];
  for (const [place, pitch] of tones.entries()) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const start = audio.currentTime + place * 0.45;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.6);
  }
  await new Promise((over) => setTimeout(over, 1_200));
}
