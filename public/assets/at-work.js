// Two minutes before a session of the staff ends, says so and lets it go on with one press; nothing that is typed is lost.
// Only the time that has passed here is counted, whatever this machine's clock says.
const box = document.getElementById("ending");

if (box) {
  const BEFORE = 120;
  let [left, begun, typed] = [Number(box.dataset.left), performance.now(), false];
  box.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch(box.dataset.keep).catch(() => undefined);
    // Whoever is signed out already finds the door at the next press; what stands here stays.
    if (!answer?.ok || answer.redirected) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    [left, begun] = [Number(drawn.getElementById("ending")?.dataset.left ?? left), performance.now()];
    box.hidden = true;
  });
  addEventListener("input", () => (typed = true));
  setInterval(() => {
    const rest = left - (performance.now() - begun) / 1000;
    box.hidden = rest > BEFORE;
    // Where something was typed the page waits for the next press, which asks to sign in and keeps it.
    if (rest <= 0 && !typed) location.replace(location.href);
  }, 1000);
}
