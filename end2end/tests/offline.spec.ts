// Who has looked at a place can look at it again without a network, and reads of when it is; nothing else is kept.
import { elderCookie } from "../browser.mjs";
import { atWork } from "./at_work";
import { expect, look, test } from "./house";
import { CENTRE, CLOCK, OF_WHEN, STREET, keep, kept, openWithout } from "./kept";

test.use({ clock: CLOCK, settings: { HUIMIN_RATE_LIMIT: "off" } });

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
