// What every browser test stands on: a demo server of its own, a page that tells on every console error, policy
// violation, failed request and stranger's address, and the look at a page that every journey takes.
import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import { elderCookie } from "../browser.mjs";
import { startServer } from "../server.mjs";

export { expect };

type Server = Awaited<ReturnType<typeof startServer>>;

/** What went wrong behind a page; a test that provokes an error says so with `expected`. */
export class Troubles {
  readonly #seen: string[] = [];
  readonly #expected: RegExp[] = [];

  /** From now on, and in what was already seen, this is meant to happen. */
  expected(pattern: RegExp) {
    this.#expected.push(pattern);
  }

  add(text: string) {
    this.#seen.push(text);
  }

  unexpected() {
    return this.#seen.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }
}

type Options = {
  /** Where the server's clock starts; `test.use({ clock: "…" })` at the top of a file. */
  clock: string;
  /** More settings of the server, such as `HUIMIN_PHONE_CODES: "off"`. */
  settings: Record<string, string>;
};

export const test = base.extend<{ troubles: Troubles; another: () => Promise<Page> }, Options & { server: Server }>({
  // A Wednesday with free times and the hot date 5·20 already released under rule sets of 15 days.
  clock: ["2026-05-06T09:00:00+08:00", { option: true, scope: "worker" }],
  settings: [{}, { option: true, scope: "worker" }],

  server: [
    async ({ clock, settings }, use) => {
      const server = await startServer({ now: clock, env: settings });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  troubles: async ({}, use) => use(new Troubles()),

  // Watches the whole context, so that a window opened by a page is watched as well.
  context: async ({ context, server, troubles }, use) => {
    watch(context, server.url, troubles);
    await use(context);
    expect(troubles.unexpected(), "console errors, policy violations, failed and foreign requests").toEqual([]);
  },

  /** A browser of somebody else, watched as the first is, for as long as the test lasts. */
  another: async ({ browser, server, troubles }, use) => {
    const others: BrowserContext[] = [];
    await use(async () => {
      const other = await browser.newContext();
      watch(other, server.url, troubles);
      others.push(other);
      return other.newPage();
    });
    await Promise.all(others.map((other) => other.close()));
  },
});

/**
 * The look every page gets on every journey: no accessibility violation, nothing wider than the screen,
 * in the standard and in the elder mode. `route` is its row in `end2end/routes.json`.
 */
export async function look(page: Page, route: string) {
  await test.step(`look at ${route}`, async () => {
    await lookOnce(page);
  });
}

/** The same page in the other reading mode; only for pages that can be asked for again. */
export async function lookInBothModes(page: Page, route: string) {
  await look(page, route);
  await page.context().addCookies([elderCookie(page.url())]);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await look(page, `${route} in the elder mode`);
  await page.context().clearCookies({ name: "elder" });
}

/** Nothing scrolls sideways, however large the text; only for pages that can be asked for again. */
export async function fitsInEverySize(page: Page) {
  for (const size of [22, 26, 30]) {
    await page.context().addCookies([elderCookie(page.url(), size)]);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("data-size", String(size));
    expect(await sideways(page), `pixels wider than the screen at ${size} px`).toBeLessThanOrEqual(0);
  }
  await page.context().clearCookies({ name: "elder" });
}

/** Nothing scrolls sideways on a screen of 1280 pixels at 400 % (WCAG 1.4.10). */
export async function fitsAtFourHundred(page: Page) {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sideways(page), "pixels wider than the screen at 400 %").toBeLessThanOrEqual(0);
  await page.setViewportSize(before);
}

/** By how many pixels a page is wider than the screen. */
function sideways(page: Page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function lookOnce(page: Page) {
  expect(await sideways(page), "pixels wider than the screen").toBeLessThanOrEqual(0);
  const languages = await page.locator("[lang]").evaluateAll((parts) => [...new Set(parts.map((part) => part.getAttribute("lang")))]);
  expect(["zh-CN", "en"], "languages that a voice knows").toEqual(expect.arrayContaining(languages));
  // Journeys pass the same pages again and again, in both languages; only words and figures differ then.
  const known = `${page.viewportSize()?.width} ${await page.evaluate(shape)}`;
  const clean = join(process.env.HUIMIN_RUN!, createHash("sha256").update(known).digest("hex"));
  if (existsSync(clean)) return;
  await expect(page.locator("iframe")).toHaveCount(0);
  const hasScripts = test.info().project.use.javaScriptEnabled !== false;
  expect(await (hasScripts ? violations(page) : violationsWithout(page)), "accessibility violations").toEqual([]);
  writeFileSync(clean, "");
}

/**
 * All rules of axe in the page itself, which is enough where it holds no frames; asking for nothing but violations takes a
 * quarter of the time.
 */
async function violations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] }).analyze();
  return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.html) }));
}

/**
 * The same of a page whose scripts are off: axe waits on timers, which never ring there, so that it judges the same HTML in a
 * browser where they do, without the scripts of the page.
 */
async function violationsWithout(page: Page) {
  const html = (await page.content()).replace(/<script\b[^>]*>[^]*?<\/script>/g, "");
  const { origin, pathname, search } = new URL(page.url());
  const address = `${origin}${pathname}${search}`;
  const context = await page.context().browser()!.newContext({ javaScriptEnabled: true, viewport: page.viewportSize() });
  try {
    const copy = await context.newPage();
    await copy.route(address, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await copy.goto(address);
    return await violations(copy);
  } finally {
    await context.close();
  }
}

/**
 * Everything that axe judges a page by but its wording: all elements and attributes, where there are words, and which
 * of them are the same. Runs in the page.
 */
function shape() {
  const worded =
    /^(alt|aria-(label|description|roledescription|valuetext)|title|placeholder|content|value|label|datetime|href|action|formaction|src|lang|hreflang|data-(?!mode$|size$).*)$/;
  const words = new Map<string, number>();
  const word = (text: string) => {
    const key = text.trim().replace(/\d+/g, "0");
    if (key && !words.has(key)) words.set(key, words.size + 1);
    return words.get(key) ?? "";
  };
  const written = (node: Node): string => {
    if (node instanceof Text) return String(word(node.data));
    if (!(node instanceof Element)) return "";
    const attributes = [...node.attributes].map(({ name, value }) => {
      const within = name === "href" && value.startsWith("#");
      return `${name}=${worded.test(name) && !within ? word(value) : value.replace(/\d+/g, "0")}`;
    });
    return `<${node.localName} ${attributes.sort().join(" ")}>${[...node.childNodes].map(written).join()}</>`;
  };
  return written(document.documentElement);
}

function watch(context: BrowserContext, home: string, troubles: Troubles) {
  context.on("console", (message) => {
    // Answers and broken connections are judged below, by what they answer.
    if (message.text().startsWith("Failed to load resource")) return;
    if (message.type() === "error" || /Content Security Policy/.test(message.text())) {
      troubles.add(`console: ${message.text()} (${message.location().url})`);
    }
  });
  context.on("weberror", (problem) => troubles.add(`page error: ${problem.error()}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    // Passkeys know the portal by a name.
    const ours = [home, home.replace("//127.0.0.1:", "//localhost:")];
    if (protocol.startsWith("http") && !ours.includes(origin)) troubles.add(`foreign request: ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // A page that is left while it loads, and a download, both end a request without any fault.
    if (why !== "net::ERR_ABORTED") troubles.add(`failed request: ${request.url()} ${why}`);
  });
  context.on("response", (response) => {
    const asked = response.request();
    // A page that answers 4xx to a form is part of its journey; everything else must be found.
    const ownPage = asked.isNavigationRequest() && response.status() < 500;
    if (response.status() >= 400 && !ownPage) troubles.add(`answer ${response.status()}: ${response.url()}`);
  });
}
