// The worker that keeps pages, beside a server that is slow, broken, newer or done with it: all that it keeps can be taken back.
import type { Page } from "@playwright/test";
import { startServer } from "../server.mjs";
import { Between } from "./between";
import { expect, test } from "./house";
import { CENTRE, CLOCK, OF_WHEN, STREET, keep, kept } from "./kept";

test.use({ clock: CLOCK, settings: { HUIMIN_RATE_LIMIT: "off" } });

test.beforeEach(async ({ troubles }) => {
  // A page without a network asks for its files and gets what is kept, or for an icon and gets nothing.
  troubles.expected(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
});

test("a switch of the server takes the worker and everything that was kept away again @scripts", async ({ browser }) => {
  const server = await startServer({ now: CLOCK, env: { HUIMIN_RATE_LIMIT: "off" } });
  try {
    const context = await browser.newContext({ baseURL: server.url });
    const page = await context.newPage();
    await keep(page, CENTRE);
    await page.goto("/benefits/check");
    await expect.poll(() => kept(page)).toContain("/benefits/check");
    await server.later(1, { HUIMIN_OFFLINE: "off" });
    await page.goto(CENTRE);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect.poll(() => page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length])).toEqual([0, 0]);
    await page.goto("/benefits/check");
    await page.goto("/stations");
    expect(await page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, await caches.keys()])).toEqual([0, []]);
    await context.close();
  } finally {
    await server.stop();
  }
});

test("a server that is slow or broken leaves what was kept, and its errors are not kept @scripts", async ({ browser, server }) => {
  const between = await Between.to(server.url);
  const context = await browser.newContext({ baseURL: between.url });
  const page = await context.newPage();
  await keep(page, CENTRE);
  between.status = 503;
  await page.goto(CENTRE);
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  expect((await page.goto(STREET))?.status(), "what was never kept is the server's own answer").toBe(503);
  expect(await kept(page)).not.toContain(STREET);
  between.status = undefined;
  await page.goto(CENTRE);
  await expect(page.locator(".as-of")).toBeHidden();
  between.slow = 8_000;
  const begun = Date.now();
  await page.goto(CENTRE);
  expect(Date.now() - begun, "the network has three seconds").toBeLessThan(7_000);
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  await page.goto(STREET);
  await expect(page.locator(".as-of"), "for what was never kept one waits").toBeHidden();
  await context.close();
  between.stop();
});

test("a new version of the server takes over from an older worker and forgets what that kept @scripts", async ({ browser, server }) => {
  const between = await Between.to(server.url);
  const context = await browser.newContext({ baseURL: between.url });
  const page = await context.newPage();
  between.worker = (text) => text.replace(/const VERSION = "[^"]*"/, 'const VERSION = "older"');
  await keep(page, CENTRE);
  await keep(page, STREET);
  expect(await page.evaluate(() => caches.keys())).toEqual(["places-older"]);
  between.worker = (text) => text;
  await page.goto(CENTRE);
  await expect.poll(() => page.evaluate(() => caches.keys())).not.toContain("places-older");
  await expect.poll(() => kept(page), "what is open is kept again").toContain(CENTRE);
  expect(await kept(page)).not.toContain(STREET);
  await context.setOffline(true);
  await page.goto(CENTRE);
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  await context.close();
  between.stop();
});

test("what has closed for good is not shown from what was kept either @scripts", async ({ browser, server }) => {
  const between = await Between.to(server.url);
  const context = await browser.newContext({ baseURL: between.url });
  const page = await context.newPage();
  await keep(page, STREET);
  await keep(page, CENTRE);
  between.status = 410;
  await page.goto(CENTRE);
  await expect.poll(() => kept(page)).not.toContain(CENTRE);
  expect(await kept(page), "of others nothing is known").toContain(STREET);
  await context.close();
  between.stop();
});

/** Puts a worker in charge that begins with these lines. */
async function beginWith(page: Page, between: Between, lines: string) {
  const mark = `{
    const [{ open }, { put }] = [CacheStorage.prototype, Cache.prototype];
    const say = async () => put.call(await open.call(caches, "check"), "/begun", new Response());
    addEventListener("activate", (event) => event.waitUntil(say()));
  }`;
  between.worker = (text) => `${mark}\n${lines}\n${text}`;
  await page.goto("/privacy");
  await expect.poll(() => kept(page), "it is in charge").toContain("/begun");
}

test("where there is no room the page that was kept before stays @scripts", async ({ browser, server }) => {
  const between = await Between.to(server.url);
  const context = await browser.newContext({ baseURL: between.url });
  const page = await context.newPage();
  await keep(page, CENTRE);
  await beginWith(page, between, 'Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));');
  await page.goto(STREET);
  await page.goto(CENTRE);
  await page.goto("/privacy");
  await context.setOffline(true);
  await page.goto(CENTRE);
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  expect(await kept(page)).not.toContain(STREET);
  await context.close();
  between.stop();
});

test("a browser that gives no store shows everything as ever @scripts", async ({ browser, server }) => {
  const between = await Between.to(server.url);
  const context = await browser.newContext({ baseURL: between.url });
  const page = await context.newPage();
  await keep(page, CENTRE);
  await beginWith(page, between, "CacheStorage.prototype.match = CacheStorage.prototype.open = () => Promise.reject(new Error());");
  const failed: string[] = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  between.slow = 4_000;
  expect((await page.goto(CENTRE))?.status()).toBe(200);
  await expect(page.locator(".as-of"), "nothing can be shown in its place, so one waits").toBeHidden();
  expect(await page.evaluate(() => document.styleSheets.length)).toBeGreaterThan(0);
  expect(failed).toEqual([]);
  await context.close();
  between.stop();
});
