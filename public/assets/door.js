// Buttons that need a script and stay hidden without one: looking at a password that is being chosen, printing and copying. And
// fields that forget what somebody began to type and left standing for the next person.
for (const button of document.querySelectorAll("[data-show]")) {
  const field = document.getElementById(button.dataset.show);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
  // What is sent is a password again, so that no browser keeps it among the words it offers.
  field.form.addEventListener("submit", () => (field.type = "password"));
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
  });
}
for (const field of document.querySelectorAll("[data-forget]")) {
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => (field.value = ""), Number(field.dataset.forget) * 1000);
  });
}
