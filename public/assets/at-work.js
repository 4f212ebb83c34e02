// Two minutes before a session of the staff ends, says so and lets it go on with one press; once it has ended, says that.
// The page stays as it is, with all that is typed. Whoever serves somebody is kept signed in by the office and not warned.
// Only the time that has passed here is counted, whatever this machine's clock says.
const box = document.getElementById("ending");

if (box) {
  const BEFORE = 120;
  const [button, soon, over] = ["button", "[data-soon]", "[data-over]"].map((part) => box.querySelector(part));
  // All windows of a browser are in one session: a page that was opened in one of them keeps the others signed in too.
  const windows = new BroadcastChannel("staff-session");
  let [left, begun] = [0, 0];
  const lasts = (seconds) => {
    [left, begun] = [seconds, performance.now()];
    show();
  };
  const show = () => {
    const rest = left - (performance.now() - begun) / 1000;
    const isServing = document.querySelector("[data-serving]") !== null;
    box.hidden = isServing || rest > BEFORE;
    [soon.hidden, button.hidden, over.hidden] = [rest <= 0, rest <= 0, rest > 0];
    if (rest > 0 || isServing) return;
    // What was shown in full for a reason stays on no screen that everybody has left.
    for (const shown of document.querySelectorAll(".in-full")) shown.remove();
  };
  button.addEventListener("click", async () => {
    const answer = await fetch(box.dataset.keep).catch(() => undefined);
    // Whoever is signed out already finds the door at the next press; what stands here stays.
    if (!answer?.ok || answer.redirected) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    lasts(Number(drawn.getElementById("ending")?.dataset.left ?? left));
    windows.postMessage(left);
  });
  windows.addEventListener("message", ({ data }) => lasts(data));
  lasts(Number(box.dataset.left));
  windows.postMessage(left);
  setInterval(show, 1000);
}
