// Takes pictures of pages on a phone (360×740) and a counter's monitor (1280×800),
// in the standard and the elder mode, light and dark.
//
//   node end2end/shots.mjs OUT_DIR [OPTIONS] ROUTE...
//
//   node end2end/shots.mjs /tmp/shots / /en /marriage
//   node end2end/shots.mjs /tmp/shots --only phone,elder,light --fold /marriage/book
//   node end2end/shots.mjs /tmp/shots style/sample.html          (a file instead of a route)
//
//   --base URL     the server to ask; without it http://127.0.0.1:3000, or a demo server started for the run
//   --now INSTANT  the clock of the server that is started, e.g. 2026-05-19T23:59:50+08:00
//   --only LIST    some of phone, desktop, standard, elder, light, dark (a group that is not named is taken whole)
//   --fold         only what is seen before scrolling; without it the whole page
//   --no-js        scripts off
//   --wide         only a picture at 1920×1080, the hall display
//
// A file is named after its route: marriage-book.phone.elder.dark.png. Prints what the browser console said.
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { elderCookie, launch, screens } from "./browser.mjs";
import { answers, startServer } from "./server.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: "string" },
    now: { type: "string" },
    only: { type: "string", default: "" },
    fold: { type: "boolean", default: false },
    "no-js": { type: "boolean", default: false },
    wide: { type: "boolean", default: false },
  },
});
const [folder, ...routes] = positionals;
if (!folder || routes.length === 0) {
  console.error("node end2end/shots.mjs OUT_DIR [--base URL] [--only phone,elder,dark] [--fold] [--no-js] ROUTE...");
  process.exit(2);
}
const only = values.only.split(",").filter(Boolean);
const pick = (names) => {
  const named = names.filter((name) => only.includes(name));
  return named.length ? named : names;
};
const shapes = values.wide
  ? { wide: { viewport: { width: 1920, height: 1080 } } }
  : Object.fromEntries(pick(Object.keys(screens)).map((name) => [name, screens[name]]));

await mkdir(folder, { recursive: true });
const { url: base, stop } = await server();
const browser = await launch();
let troubles = 0;
for (const [screen, shape] of Object.entries(shapes)) {
  for (const mode of pick(["standard", "elder"])) {
    for (const scheme of pick(["light", "dark"])) {
      await shoot(screen, shape, mode, scheme);
    }
  }
}
await browser.close();
await stop();
console.log(troubles ? `${troubles} things the console complained about, see above` : "the console stayed silent");

async function shoot(screen, shape, mode, scheme) {
  const context = await browser.newContext({
    ...shape,
    baseURL: base,
    colorScheme: scheme,
    locale: "zh-CN",
    reducedMotion: "reduce",
    javaScriptEnabled: !values["no-js"],
  });
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(page, message.text()));
  page.on("pageerror", (error) => complain(page, String(error)));
  if (mode === "elder" && base) await context.addCookies([elderCookie(base)]);
  for (const route of routes) {
    const file = join(folder, `${nameOf(route)}.${screen}.${mode}.${scheme}.png`);
    await page.goto(addressOf(route), { waitUntil: "networkidle" });
    await page.screenshot({ path: file, fullPage: !values.fold, animations: "disabled" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    console.log(`${file}${overflow ? "   !! wider than the screen" : ""}`);
  }
  await context.close();
}

async function server() {
  if (routes.every(isFile)) return { url: undefined, stop: async () => {} };
  const running = values.base ?? "http://127.0.0.1:3000";
  if (values.base || (!values.now && (await answers(running)))) return { url: running, stop: async () => {} };
  return startServer({ now: values.now });
}

function complain(page, text) {
  troubles += 1;
  console.log(`!! ${page.url()}: ${text}`);
}

function isFile(route) {
  return route.endsWith(".html") && existsSync(route);
}

function addressOf(route) {
  return isFile(route) ? pathToFileURL(resolve(route)).href : new URL(route, base).href;
}

function nameOf(route) {
  return route.replace(/\.html$/, "").replace(/^\/+|\/+$/g, "").replace(/[^\p{L}\p{N}]+/gu, "-") || "home";
}
