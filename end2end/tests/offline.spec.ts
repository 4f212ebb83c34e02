// Who has looked at a place can look at it again without a network, and reads of when it is; nothing else is kept, and all of it
// can be taken back.
import { createServer, request as ask, type Server as Http } from "node:http";
import { type AddressInfo } from "node:net";
import { type BrowserContext, type Page } from "@playwright/test";
import { elderCookie } from "../browser.mjs";
import { startServer } from "../server.mjs";
import { atWork } from "./at_work";
import { expect, look, test } from "./house";

const CLOCK = "2026-05-13T10:05:00+08:00";
test.use({ clock: CLOCK, settings: { HUIMIN_RATE_LIMIT: "off" } });

const STREET = "/stations?street=440305007";
const CENTRE = "/stations/es-440305007";
const OF_WHEN = "现在连不上网站，下面是 2026年5月13日 10:";

/** Everything that is kept, by its path. */
function kept(page: Page) {
  return page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => url.slice(location.origin.length));
  });
}

/** Opens a page and waits until it is kept. */
async function keep(page: Page, path: string) {
  await page.goto(path);
  await expect.poll(() => kept(page), `${path} is kept`).toContain(path);
}

/** Opens a page without a network. */
async function openWithout(page: Page, context: BrowserContext, path: string) {
  await context.setOffline(true);
  await page.goto(path);
}

test.beforeEach(async ({ troubles }) => {
  // A page without a network asks for its files and gets what is kept, or for an icon and gets nothing.
  troubles.expected(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
});

test("a list and a place are there without a network and say of when they are @scripts", async ({ page, context }) => {
  await keep(page, STREET);
  await keep(page, CENTRE);
  await expect(page.locator(".as-of")).toBeHidden();
  await openWithout(page, context, CENTRE);
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  await expect(page.locator(".as-of")).toContainText("去之前先打电话");
  const before = await page.locator(".state").first().evaluate((state) => getComputedStyle(state, "::before").content);
  expect(before, "what was open then is not said to be open now").toBe('"那时："');
  await look(page, "/stations/{id}");
  await page.getByRole("link", { name: "长者服务站" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("没有网络的时候");
  await expect(page.locator(".as-of")).toContainText("没有留在这台设备上");
  await look(page, "/offline");
  await page.getByRole("link", { name: "长者服务站：粤海街道" }).click();
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  await expect(page.locator(".place-name a").first()).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  await expect(page.locator(".as-of")).toBeHidden();
});

test("after one look at a list all of it is found without a network @scripts", async ({ page, context }) => {
  await keep(page, "/stations");
  await expect.poll(() => kept(page), "the pages that follow").toContain("/stations?page=3");
  await expect.poll(async () => (await kept(page)).filter((path) => /bundles|(near|typed)_bg/.test(path)).length).toBe(3);
  await openWithout(page, context, "/stations");
  const names = new Set<string>();
  for (;;) {
    for (const name of await page.locator(".place-list .place-name").allTextContents()) names.add(name);
    const next = page.getByRole("link", { name: "下一页" });
    if ((await next.count()) === 0) break;
    await next.click();
    await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  }
  expect(names.size).toBe(57);
  await page.goto("/stations");
  await page.getByText("按名称找，更多条件").click();
  await page.getByLabel("名称、地址或社区").pressSequentially("南头", { delay: 50 });
  await expect(page.locator("#typed")).toContainText("找到");
});

test("a street that was never opened is found in the list of all that was kept @scripts", async ({ page, context }) => {
  await keep(page, "/stations");
  await expect.poll(() => kept(page), "the pages that follow").toContain("/stations?page=3");
  await openWithout(page, context, STREET);
  await expect(page).toHaveURL(/\/stations(\?page=\d)?#street-440305007$/);
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  const street = page.locator("#street-440305007");
  await expect(street.getByRole("heading", { level: 2 })).toHaveText("粤海街道");
  await expect(street.getByRole("heading", { level: 2 })).toBeInViewport();
  await expect(street.locator(".place-name a").first()).toBeVisible();
  await page.goto(`${STREET}&service=meals`);
  await expect(page.getByRole("heading", { level: 1 }), "more was asked than where it is").toHaveText("没有网络的时候");
});

test("what is sent without a network is not lost, and every page leads to what can be done @scripts", async ({ page, context }) => {
  await keep(page, CENTRE);
  await page.goto(`${CENTRE}/wrong`);
  await page.getByLabel("开放时间不对").check();
  await page.getByLabel("怎么不对").fill("星期三下午不开门");
  await context.setOffline(true);
  await page.getByRole("button", { name: "告诉工作人员" }).click();
  await expect(page.locator(".not-sent")).toContainText("没有发出去");
  await expect(page.locator(".as-of"), "it is not a page that was looked for").toBeHidden();
  await expect(page.getByRole("link", { name: "再试一次" }), "which would send nothing").toBeHidden();
  await look(page, "/offline");
  await context.setOffline(false);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("您说的问题已经收到");
  await expect(page.getByText("星期三下午不开门")).toBeVisible();
  await context.setOffline(true);
  await page.goto("/marriage/book?registry=nanshan");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("没有网络的时候");
  await page.goto(CENTRE);
  await expect(page.locator(".as-of")).toContainText("换字号");
  await page.getByRole("button", { name: "长者版" }).click();
  await expect(page.locator(".not-sent")).toContainText("没有发出去");
});

test("whoever shares the device can have it forget what was looked at, with a network and without @scripts", async ({ page, context }) => {
  const pages = async () => (await kept(page)).filter((path) => path.startsWith("/stations"));
  await keep(page, CENTRE);
  await page.goto("/offline");
  await page.getByRole("button", { name: "清除看过的地点" }).click();
  await expect(page.getByText("已经从这台设备上清除")).toBeVisible();
  expect(await pages()).toEqual([]);
  await keep(page, STREET);
  await openWithout(page, context, "/offline");
  await expect(page.locator(".seen a")).toHaveCount(1);
  await page.getByRole("button", { name: "清除看过的地点" }).click();
  await expect(page.locator(".seen a")).toHaveCount(0);
  expect(await pages()).toEqual([]);
  await context.setOffline(false);
  await page.goto("/offline");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("没有网络的时候");
});

test("English and large print are kept as they were read @scripts", async ({ page, context, baseURL }) => {
  await context.addCookies([elderCookie(baseURL!)]);
  await keep(page, `/en${CENTRE}`);
  await openWithout(page, context, `/en${CENTRE}`);
  await expect(page.locator(".as-of")).toContainText("Below is what stood here on 13 May 2026, 10:");
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await page.goto("/en/stations");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Without a connection");
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await expect(page.locator("a[href='tel:12345']").first()).toBeVisible();
  await expect(page.locator(".seen a")).toHaveCount(1);
});

test("the sheet for the wall is kept, and registries are as stations are @scripts", async ({ page, context }) => {
  await keep(page, `${CENTRE}/print`);
  await keep(page, "/marriage/registries/nanshan");
  await openWithout(page, context, `${CENTRE}/print`);
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  await page.goto("/marriage/registries/nanshan");
  await expect(page.locator(".as-of")).toContainText(OF_WHEN);
  await expect(page.locator(".place-call").first()).toHaveAttribute("href", "tel:075526661013");
});

test("nothing that is somebody's is kept, on a phone that clerks share too @scripts", async ({ page }) => {
  await keep(page, CENTRE);
  await page.goto("/stations?q=haizhu");
  await page.goto(`${CENTRE}/wrong`);
  await page.getByLabel("开放时间不对").check();
  await page.getByLabel("怎么不对").fill("星期三下午不开门");
  await page.getByRole("button", { name: "告诉工作人员" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("您说的问题已经收到");
  for (const path of ["/", "/benefits", "/marriage/book?registry=nanshan", "/marriage/bookings", "/privacy"]) await page.goto(path);
  await atWork(page, "demo-manager", "/staff/day");
  await page.goto("/staff/people");
  await page.goto("/staff/sign-out");
  await keep(page, STREET);
  const files = (path: string) => /^\/(assets|api\/v1\/bundles)\//.test(path);
  const pages = (await kept(page)).filter((path) => !files(path)).sort();
  expect(pages).toEqual(["/en/offline", "/offline", CENTRE, STREET].sort());
});

test("whoever looks for no place is given nothing to keep @scripts", async ({ page }) => {
  for (const path of ["/", "/marriage", "/benefits", "/privacy"]) await page.goto(path);
  const left = await page.evaluate(async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]);
  expect(left).toEqual([[], 0]);
});

test("eighty pages are kept, and of more the oldest go @scripts", async ({ page }) => {
  await keep(page, CENTRE);
  // As if a worker of this version had kept them.
  await page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((name) => name.startsWith("places-"));
    const store = await caches.open(name);
    for (let n = 0; n < 90; n++) await store.put(`/stations/x${n}`, new Response("x"));
  });
  await keep(page, STREET);
  const pages = async () => (await kept(page)).filter((path) => path.startsWith("/stations"));
  await expect.poll(async () => (await pages()).length).toBe(80);
  expect(await pages()).toContain(STREET);
  expect(await pages()).not.toContain(CENTRE);
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

/** Stands between browser and server: slow, broken, or with the worker of an older version. */
class Between {
  readonly #http: Http;
  /** Milliseconds before a page is answered. */
  slow = 0;
  /** With which every page is answered, or as the server does. */
  status: number | undefined;
  /** What the worker of today is turned into. */
  worker = (text: string) => text;

  private constructor(home: string) {
    this.#http = createServer((asked, answer) => {
      const headers = { ...asked.headers, host: new URL(home).host, "accept-encoding": "identity" };
      const passed = ask(new URL(asked.url!, home), { method: asked.method, headers }, (come) => {
        const parts: Buffer[] = [];
        come.on("data", (part) => parts.push(part));
        come.on("end", () => {
          const body = Buffer.concat(parts);
          const text = asked.url === "/sw.js" ? Buffer.from(this.worker(body.toString())) : body;
          // A worker that was turned into another one is not known by the tag of the first.
          const { "content-length": _, "transfer-encoding": __, etag: ___, ...rest } = come.headers;
          const isPage = asked.headers.accept?.includes("text/html") ?? false;
          const status = (isPage && this.status) || come.statusCode!;
          setTimeout(() => answer.writeHead(status, rest).end(text), isPage ? this.slow : 0);
        });
      });
      asked.pipe(passed);
    });
  }

  static async to(home: string) {
    const between = new Between(home);
    await new Promise<void>((open) => between.#http.listen(0, "127.0.0.1", open));
    return between;
  }

  get url() {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  stop() {
    this.#http.closeAllConnections();
    this.#http.close();
  }
}

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

test("the same address in the other size of print replaces what was kept @scripts", async ({ page, context, baseURL }) => {
  const size = () =>
    page.evaluate(async (path) => (await (await caches.match(path))!.text()).match(/data-size="(\d+)"/)?.[1], CENTRE);
  await keep(page, CENTRE);
  expect(await size()).toBeUndefined();
  await context.addCookies([elderCookie(baseURL!)]);
  await page.goto(CENTRE);
  await expect.poll(size).toBe("22");
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
});

test("without scripts nothing is kept and nothing is different @plain", async ({ page }) => {
  await page.goto(CENTRE);
  await expect(page.locator(".as-of")).toBeHidden();
  await expect(page.locator(".week tr.week-today").first()).toContainText("今天 5月13日");
});
