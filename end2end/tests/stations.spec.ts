// Somebody looks for a station and calls it: three presses, nothing typed, in large print and without scripts too; and whoever
// knows better says so.
import type { Locator, Page } from "@playwright/test";
import { elderCookie } from "../browser.mjs";
import { expect, look, lookInBothModes, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const CENTRE = "/stations/es-440305007";

test("a street and a station are reached by pressing alone @plain", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "长者服务站", exact: true }).click();
  await page.getByRole("navigation", { name: "按街道选" }).getByRole("link", { name: /粤海街道/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("长者服务站：粤海街道");
  await page.getByRole("link", { name: "现在开着" }).click();
  await expect(page).toHaveURL(/open_at=now/);
  await lookInBothModes(page, "/stations");
  await page.locator(".place-name a").first().click();
  await expect(page.locator(".week tr.week-today").first()).toContainText("今天 5月13日");
  await lookInBothModes(page, "/stations/{id}");
});

/** Presses Tab until what is meant has the focus, from wherever the focus is. */
async function reach(page: Page, target: Locator) {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`no key leads to ${target}`);
}

/** By keyboard alone. */
async function press(page: Page, target: Locator) {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

test("by keyboard alone somebody gets from the home page to a station, and to the call of a registry @plain", async ({ page }) => {
  await page.goto("/");
  await press(page, page.getByRole("link", { name: "长者服务站", exact: true }));
  await expect(page).toHaveURL(/\/stations$/);
  const streets = page.getByRole("navigation", { name: "按街道选" });
  await press(page, streets.getByRole("link", { name: /粤海街道/ }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("长者服务站：粤海街道");
  await press(page, page.locator(".place-name a").first());
  await expect(page.locator(".week tr.week-today").first()).toContainText("今天 5月13日");
  await expect(page.locator(".place-silent").first()).toContainText("演示电话，打不通");

  await page.goto("/");
  await press(page, page.getByRole("link", { name: "登记处在哪里、几点办、打什么电话" }));
  await expect(page).toHaveURL(/\/marriage\/registries$/);
  const call = page.locator(".place").filter({ hasText: "南山区婚姻登记处" }).locator(".place-call");
  await reach(page, call);
  await expect(call).toBeFocused();
  await expect(call).toHaveAttribute("href", "tel:075526661013");
});

test("a registry is called by one press of a large button", async ({ page }) => {
  await page.goto("/marriage/registries/nanshan");
  const call = page.locator(".place-call").first();
  await expect(call).toHaveAttribute("href", "tel:075526661013");
  expect((await call.boundingBox())!.height).toBeGreaterThanOrEqual(44);
});

test("the whole list uses the width that there is", async ({ page }) => {
  await page.goto("/stations");
  const places = page.locator(".place-list > .place");
  const lefts = new Set(await places.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left))));
  expect(lefts.size, "columns of places").toBe(page.viewportSize()!.width >= 1280 ? 2 : 1);
});

test("whoever knows better says so and sees by a receipt what came of it @plain", async ({ page }) => {
  await page.goto(CENTRE);
  await page.getByRole("link", { name: /这里写得不对/ }).click();
  await page.getByRole("button", { name: "告诉工作人员" }).click();
  await expect(page.getByRole("alert")).toContainText("有 2 处需要更正");
  await page.getByLabel("开放时间不对").check();
  await page.getByLabel("怎么不对").fill("星期三下午不开门");
  await page.getByRole("button", { name: "告诉工作人员" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("您说的问题已经收到");
  await expect(page.getByRole("button", { name: "复制回执号" }), "what only a script can do is not offered without").toHaveCount(0);
  await look(page, "/places/reports/{receipt}");
  const receipt = new URL(page.url()).pathname.split("/").at(-1)!;
  await page.goto("/places/reports");
  await page.getByLabel("回执号").fill(receipt);
  await page.getByRole("button", { name: "看答复" }).click();
  await expect(page).toHaveURL(new RegExp(`/places/reports/${receipt}$`));
});

test("beside each other on a phone, and on its narrowest in the largest print, numbers and times stay whole", async ({ page, baseURL }) => {
  const compared = "/stations/compare?id=es-440305007&id=es-440305001";
  for (const [size, width] of [[0, 360], [22, 360], [30, 360], [30, 320]]) {
    await page.setViewportSize({ width, height: 740 });
    await page.context().clearCookies();
    if (size) await page.context().addCookies([elderCookie(baseURL!, size)]);
    for (const path of [compared, CENTRE, `${CENTRE}/print`]) {
      await page.goto(path);
      const broken = await page.locator("main .whole:not(.whole-long)").evaluateAll((parts) =>
        parts
          .filter((part) => new Set([...part.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
          .map((part) => part.textContent),
      );
      expect(broken, `${path} at ${size} px on ${width}`).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wider, `${path} at ${size} px on ${width}`).toBeLessThanOrEqual(0);
      const indents = await page.locator(".week tbody tr").evaluateAll((rows) =>
        rows.map((row) => [...row.children].map((cell) => getComputedStyle(cell).paddingInlineStart).join()),
      );
      expect(new Set(indents).size, `${path}: every day stands under the one above`).toBeLessThanOrEqual(1);
    }
    if (!size) {
      await page.goto("/marriage/registries/compare?id=nanshan&id=demo-bay&id=demo-hill");
      const commas = await page.locator(".compare-comma").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
      expect(commas.length, "two times are compared").toBeGreaterThan(0);
      expect(Math.max(...commas), "no comma has a line of its own").toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), "a long date is no wider than its place").toBe(width);
    }
  }
  await page.goto(compared);
  const [one, other] = await page.locator(".compare tbody tr").first().locator("td").all();
  expect((await other.boundingBox())!.y, "in large print one place stands under the other").toBeGreaterThan((await one.boundingBox())!.y);
});
