// Buttons that need a script and stay hidden without one: looking at a password that is being chosen, and printing.
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
