// Two minutes before a session of the staff ends, says so and lets it go on with one press; nothing that is typed is lost.
// Only the time that has passed here is counted, whatever this machine's clock says.
const box = document.getElementById("ending");
if (box) {
  const BEFORE = 120;
  const [words, button] = [box.querySelector("p"), box.querySelector("button")];
  let begun = performance.now();
  let left = Number(box.dataset.left);
  const look = () => {
    const rest = left - (performance.now() - begun) / 1000;
    if (rest <= BEFORE && box.hidden) box.hidden = false;
    if (rest <= 0) location.reload();
  };
  button.addEventListener("click", async () => {
    const answer = await fetch(box.dataset.keep).catch(() => undefined);
    // Whoever is signed out already finds the door at the next page; what stands here stays.
    if (!answer?.ok || answer.redirected) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    left = Number(drawn.getElementById("ending")?.dataset.left ?? left);
    begun = performance.now();
    box.hidden = true;
  });
  // Where nothing was typed the page says by itself that the session is over; otherwise it waits for the next press.
  let typed = false;
  addEventListener("input", () => (typed = true));
  setInterval(() => (typed && left - (performance.now() - begun) / 1000 <= 0 ? undefined : look()), 1000);
  void words;
}
