// The nearest station, by a press, and the one whose name is being typed: both on the phone alone. Where somebody is stands in no
// request of any journey here, and whatever goes wrong has words and leaves the list by street.
import type { BrowserContext, Page, Request } from "@playwright/test";
import { elderCookie } from "../browser.mjs";
import { expect, look, test } from "./house";

// The script alone: what is kept for a time without a network is in offline.spec.ts.
test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" }, serviceWorkers: "block" });

// In Nanshan, as satellites number it; maps have it at about 22.528, 113.931.
const HERE = { latitude: 22.53127, longitude: 113.92654, accuracy: 30 };
const ASK = "找离我最近的";
const answer = (page: Page) => page.locator("#near-answer");
const places = (page: Page) => answer(page).locator(".place");
const said = (page: Page) => page.locator("#near [role=status]");

async function standAt(context: BrowserContext, where: typeof HERE | null) {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(where);
}

/** All that leaves the browser from now on. */
function overheard(context: BrowserContext) {
  const all: string[] = [];
  const hear = (request: Request) => {
    const headers = Object.entries(request.headers()).map((pair) => pair.join(": "));
    all.push([request.method(), request.url(), ...headers, request.postData() ?? ""].join("\n"));
  };
  context.on("request", hear);
  return all;
}

async function ask(page: Page, address = "/stations") {
  await page.goto(address);
  await page.getByRole("button", { name: ASK }).click();
}

test("the nearest come first, by one press, and no request says where somebody is @scripts", async ({ page, context }) => {
  await standAt(context, HERE);
  const sent = overheard(context);
  await page.goto("/stations");
  await expect(page.locator("#near-why")).toContainText("只在这台手机上");
  await expect(said(page)).toHaveText("");
  await page.getByRole("button", { name: ASK }).click();
  const heading = answer(page).getByRole("heading", { level: 2 }).first();
  await expect(heading).toHaveText("离您近的在前，共 57 个");
  await expect(heading).toBeFocused();
  await expect(answer(page)).toContainText("位置准到约 50 米");
  await expect(places(page)).toHaveCount(20);
  const first = places(page).first();
  await expect(first.locator(".place-far")).toHaveText(/^约 .*米，步行约 \d+ 分钟$/);
  await expect(first).toContainText("开放中，到");
  await expect(first).toContainText("演示电话，打不通");
  await expect(page.locator(".areas").first()).toBeHidden();
  await expect(page.getByText("把两三个放在一起比")).toBeVisible();
  await look(page, "/stations with the nearest first");

  await page.getByRole("button", { name: "再看 20 个" }).click();
  await expect(places(page)).toHaveCount(40);
  await expect(places(page).nth(20).locator("a").first()).toBeFocused();
  const far = await places(page).locator(".place-far").allTextContents();
  const metres = far.map((text) => Number(text.match(/约 ([\d.]+) (公里|米)/)![1]) * (text.includes("公里") ? 1000 : 1));
  expect(metres).toEqual([...metres].sort((one, other) => one - other));

  // A condition leaves them sorted.
  await page.getByRole("link", { name: "没有台阶" }).click();
  await expect(page).toHaveURL(/step_free=1/);
  await expect(heading).not.toContainText("共 57 个");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("长者服务站：没有台阶或有坡道");
  await expect(page.getByRole("link", { name: /没有台阶.*已选/ })).toBeVisible();

  await page.getByText("按名称找，更多条件").click();
  await page.getByLabel("名称、地址或社区").pressSequentially("nantou");
  await expect(page.locator("#typed a").first()).toBeVisible();
  await page.getByRole("button", { name: "还是看原来的名单" }).click();
  await expect(answer(page)).toBeHidden();
  await expect(page.locator(".beside .place").first()).toBeVisible();
  await expect(page.getByRole("button", { name: ASK })).toBeFocused();
  await page.locator(".beside .place-name a").first().click();
  await expect(page.locator(".week-today").first()).toBeVisible();

  expect(sent.filter((request) => request.includes("/api/v1/bundles/by-hash/")).length).toBeGreaterThan(0);
  expect(sent.filter((request) => /22\.5[23]|113\.9[23]|latitude|near=/.test(request))).toEqual([]);
  expect(await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }])).toEqual([{}, {}]);
});

test("the list is fetched once, by a name that never changes @scripts", async ({ page, context }) => {
  await standAt(context, HERE);
  const sent = overheard(context);
  await ask(page);
  await expect(places(page)).toHaveCount(20);
  await page.getByRole("button", { name: ASK }).click();
  await expect(said(page)).toHaveText("");
  const lists = sent.filter((request) => request.includes("/bundles/"));
  expect(lists.length).toBe(1);
  expect(lists[0]).toContain(await page.locator("#near").getAttribute("data-list"));
});

test("what fits the address is sorted, and what lies there is the way to it @scripts", async ({ page, context }) => {
  await standAt(context, HERE);
  await ask(page, "/stations?service=respite&street=440305007");
  await expect(answer(page)).toContainText("离您近的在前，共 1 个");
  const link = places(page).locator(".place-name a");
  await expect(link).toHaveAttribute("href", "/stations/es-440305007");
  await page.goto("/en/stations?tier=street_centre");
  await page.getByRole("button", { name: "Find the nearest to me" }).click();
  await expect(answer(page).getByRole("heading", { level: 2 }).first()).toHaveText("Nearest first, 6 in all");
  await expect(places(page).first().locator(".place-name a")).toHaveAttribute("href", /^\/en\/stations\/es-/);
  await expect(places(page).first()).toContainText(/about .*m, about \d+ minutes on foot/);
});

test("in large print a registry is called in two presses @scripts", async ({ page, context }) => {
  await standAt(context, HERE);
  await context.addCookies([elderCookie((await page.goto("/"))!.url())]);
  await ask(page, "/marriage/registries");
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  const number = page.locator("[href='tel:075526661013']");
  const call = answer(page).locator(number);
  await expect(call).toBeVisible();
  expect((await call.boundingBox())!.height).toBeGreaterThanOrEqual(60);
  const row = places(page).filter({ has: number });
  await expect(row).toContainText("还没有人核实过，去之前先打电话");
  await expect(row.locator(".state"), "hours that are invented are in no colour").toHaveClass("state state-old");
  await expect(answer(page)).toContainText("演示时间，不是真的 南山区婚姻登记处");
  await look(page, "/marriage/registries with the nearest first, in the elder mode");
});

test("whoever refuses is told how to go on, and asked again only when they press @scripts", async ({ page, context }) => {
  await context.grantPermissions([]);
  await ask(page);
  await expect(said(page)).toContainText("手机没有允许用位置");
  await expect(page.getByRole("navigation", { name: "按街道选" })).toBeVisible();
  await look(page, "/stations where the position was refused");
  await standAt(context, HERE);
  await page.getByRole("button", { name: ASK }).click();
  await expect(places(page)).toHaveCount(20);
});

test("a phone that does not know where it is, or is slow, says so @scripts", async ({ page, context }) => {
  await standAt(context, null);
  await ask(page);
  await expect(said(page)).toContainText("手机现在不知道自己在哪里");
  await page.evaluate(() => {
    navigator.geolocation.getCurrentPosition = (_, lost) => lost!({ code: 3 } as GeolocationPositionError);
  });
  await page.getByRole("button", { name: ASK }).click();
  await expect(said(page)).toContainText("等了 15 秒");
  await expect(page.locator(".beside .place").first()).toBeVisible();
});

test("a browser that knows no places leaves the list by street @scripts", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "geolocation", { value: undefined }));
  await ask(page);
  await expect(said(page)).toContainText("这个浏览器不能告诉网页您在哪里");
});

test("a vague position is said, and one that is too vague sorts nothing @scripts", async ({ page, context }) => {
  await standAt(context, { ...HERE, accuracy: 800 });
  await ask(page);
  await expect(answer(page)).toContainText("可能差约 800 米，先后只供参考");
  await standAt(context, { ...HERE, accuracy: 8000 });
  await ask(page);
  await expect(said(page)).toContainText("手机只知道您在约 8 公里的范围里");
  await expect(answer(page)).toBeHidden();
  await expect(page.locator(".beside .place").first()).toBeVisible();
});

test("far from everything the nearest is shown, and what comes to people's homes @scripts", async ({ page, context }) => {
  await standAt(context, { latitude: 39.9, longitude: 116.4, accuracy: 30 });
  await ask(page);
  await expect(answer(page)).toContainText("您现在好像不在本地区");
  await expect(answer(page)).toContainText("3 公里以内没有，最近的约");
  await expect(places(page)).toHaveCount(5);
  await expect(answer(page).getByRole("link", { name: /送餐/ })).toBeVisible();
  await expect(answer(page).locator("[href='tel:12345']")).toBeVisible();
  await look(page, "/stations far from everything");
  await standAt(context, { latitude: 48.1, longitude: 11.6, accuracy: 30 });
  await ask(page);
  await expect(said(page)).toContainText("不在内地");
});

test("without a network, with an older list or a damaged one there are words and another try @scripts", async ({ page, context, troubles }) => {
  await standAt(context, HERE);
  const list = "**/api/v1/bundles/by-hash/*";
  await page.route(list, (route) => route.abort("internetdisconnected"));
  troubles.expected(/bundles\/by-hash|ERR_INTERNET_DISCONNECTED/);
  await ask(page);
  await expect(said(page)).toContainText("名单没有取到");
  await page.unroute(list);
  await page.getByRole("button", { name: ASK }).click();
  await expect(places(page)).toHaveCount(20);

  await page.route(list, (route) => route.fulfill({ status: 200, body: "no list" }));
  await ask(page);
  await expect(said(page)).toContainText("已经旧了");
  await expect(said(page).getByRole("link")).toHaveAttribute("href", "/stations");
  await page.unroute(list);

  // The list that the page names was replaced meanwhile.
  await page.goto("/stations");
  await page.locator("#near").evaluate((near) => (near.dataset.list = "/api/v1/bundles/by-hash/0123"));
  await page.getByRole("button", { name: ASK }).click();
  await expect(places(page)).toHaveCount(20);
});

test("what is typed is found at once, by keyboard, and Enter still sends the form @scripts", async ({ page, context }) => {
  const sent = overheard(context);
  await page.goto("/stations");
  await page.getByText("按名称找，更多条件").click();
  const field = page.getByLabel("名称、地址或社区");
  await field.pressSequentially("nantou", { delay: 20 });
  const found = page.locator("#typed a");
  await expect(found.first()).toContainText("南头");
  await expect(page.locator("#typed [role=status]")).toContainText(/找到 \d+ 个/);
  await look(page, "/stations while somebody types");
  await field.press("Tab");
  await expect(found.first()).toBeFocused();
  await field.fill("没有这个地方呀");
  await expect(page.locator("#typed [role=status]")).toContainText("没有找到");
  await expect(found).toHaveCount(0);
  await field.press("Escape");
  await expect(page.locator("#typed [role=status]")).toHaveText("");
  await field.fill("nantou");
  await expect(found.first()).toBeVisible();
  expect(sent.filter((request) => request.includes("nantou"))).toEqual([]);
  await field.press("Enter");
  await expect(page).toHaveURL(/q=nantou/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("“nantou”");
});

test("what else the form asks holds for what is typed @scripts", async ({ page }) => {
  await page.goto("/stations");
  await page.getByText("按名称找，更多条件").click();
  const field = page.getByLabel("名称、地址或社区");
  await field.fill("nantou");
  const count = async () => Number((await page.locator("#typed [role=status]").textContent())?.match(/找到 (\d+) 个/)?.[1] ?? 0);
  await expect.poll(count).toBeGreaterThan(1);
  const all = await count();
  await page.getByLabel("要哪项服务").selectOption("respite");
  await field.fill("nantou ");
  await expect.poll(count).toBeLessThan(all);
});

test("without scripts the page is whole, by street @plain", async ({ page }) => {
  await page.goto("/stations");
  await expect(page.locator("#near")).toBeHidden();
  await expect(page.getByText(ASK)).toBeHidden();
  await expect(page.getByRole("navigation", { name: "按街道选" })).toBeVisible();
  await expect(page.locator(".place").first()).toBeVisible();
  await look(page, "/stations without scripts");
});
