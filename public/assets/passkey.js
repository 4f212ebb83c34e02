// Asks a passkey to sign what the server sends, and sends its answer with the form that the button stands in. Without this
// script, or in a browser that has no keys, the button stays hidden and the code is typed.
const fromText = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

// The options come as JSON, with what is bytes in base64url.
const read = (options) => {
  const known = (keys) => keys?.map((key) => ({ ...key, id: fromText(key.id) }));
  const user = options.user && { ...options.user, id: fromText(options.user.id) };
  const [allowCredentials, excludeCredentials] = [known(options.allowCredentials), known(options.excludeCredentials)];
  const read = { ...options, challenge: fromText(options.challenge), user, allowCredentials, excludeCredentials };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined && value !== null));
};

const written = (key) => {
  const parts = ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"];
  const given = parts.filter((part) => key.response[part]).map((part) => [part, toText(key.response[part])]);
  const { id, type } = key;
  return JSON.stringify({ id, rawId: toText(key.rawId), type, response: Object.fromEntries(given) });
};

for (const button of document.querySelectorAll("button[data-passkey]")) {
  if (!globalThis.PublicKeyCredential) continue;
  button.hidden = false;
  const form = button.form;
  const said = document.getElementById("passkey-said");
  button.addEventListener("click", async () => {
    said.textContent = "";
    button.disabled = true;
    try {
      const body = new URLSearchParams(new FormData(form));
      body.set("ask", "key");
      const asked = await (await fetch(button.dataset.passkey, { method: "POST", body })).json();
      if (!asked.options) {
        said.textContent = asked.message;
        return;
      }
      const publicKey = read(asked.options.publicKey);
      const keys = navigator.credentials;
      const key = publicKey.user ? await keys.create({ publicKey }) : await keys.get({ publicKey });
      for (const [name, value] of [
        ["challenge", asked.id],
        ["answer", written(key)],
      ]) {
        const field = form.querySelector(`input[name="${name}"]`);
        field.value = value;
      }
      form.submit();
    } catch {
      said.textContent = said.dataset.cancelled;
    } finally {
      button.disabled = false;
    }
  });
}
