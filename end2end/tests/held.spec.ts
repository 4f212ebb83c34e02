// The line of the held time: in sight while one fills in, never in the way, and its time never lost by a slip of the
// thumb; and a browser that keeps no cookie is told so before it takes a place.
import { type Page } from "@playwright/test";
import { elderCookie } from "../browser.mjs";
import { holdATime } from "./couple";
import { expect, look, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DATE = "2026-05-25";
const DAY = `/marriage/book?registry=demo-hill&date=${DATE}`;
const IDENTITY = "/marriage/book/details/first";
const MODES: [string, number | undefined][] = [["standard", undefined], ["elder", 22], ["largest elder", 30]];

const box = async (page: Page, selector: string) => (await page.locator(selector).first().boundingBox())!;

for (const [mode, size] of MODES) {
  test(`in the ${mode} mode the line stays in sight and covers nothing that has the focus`, async ({ page }) => {
    await page.goto(DAY);
    if (size) await page.context().addCookies([elderCookie(page.url(), size)]);
    await holdATime(page, DAY);
    await expect(page).toHaveURL(IDENTITY);
    await look(page, "/marriage/book/details/{who}");
    const line = await box(page, ".hold");
    if (!size) expect(line.height).toBeLessThanOrEqual(48);
    const extend = await box(page, ".hold-acts button");
    expect(extend.height).toBeGreaterThanOrEqual(size ? 60 : 44);
    // The first field is on the first screen.
    const first = await box(page, "#name");
    if (size !== 30) expect(first.y + first.height).toBeLessThanOrEqual(page.viewportSize()!.height);

    await page.locator("#name").focus();
    const end = page.getByRole("button", { name: "放弃这个时间" });
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let press = 0; press < 14; press++) {
        const hidden = await page.evaluate(() => {
          const focused = document.activeElement!;
          const bar = document.querySelector(".hold")!.getBoundingClientRect();
          const { top, bottom } = focused.getBoundingClientRect();
          // The line's own button is in it, and past the last link the focus leaves the page.
          const apart = focused === document.body || focused.closest(".hold-bar") || top >= bar.bottom || bottom <= bar.top;
          return apart ? "" : focused.outerHTML;
        });
        expect(hidden, "what has the focus behind the line").toBe("");
        await page.keyboard.press(key);
      }
    }
    await end.scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 200);
    if ((page.viewportSize()?.width ?? 0) < 700) {
      await page.evaluate(() => document.querySelector("form#answers .actions")!.scrollIntoView());
      const stuck = await box(page, ".hold");
      expect(Math.round(stuck.y)).toBe(0);
      await expect(page.getByRole("timer")).toBeInViewport();
    }
    // What loses the time is far from what keeps it.
    const release = (await end.boundingBox())!;
    const keeps = await box(page, ".hold-acts button");
    expect(Math.abs(release.y - keeps.y) + Math.abs(release.x - keeps.x)).toBeGreaterThan(150);
  });
}

test("a time given up is said to be back, and one press holds it again", async ({ page }) => {
  await holdATime(page, DAY);
  await page.getByRole("button", { name: "放弃这个时间" }).click();
  await expect(page).toHaveURL(DAY);
  await expect(page.locator("main")).toContainText(/5月25日 .午 \d+:\d\d 已放回/);
  await look(page, "/marriage/book");
  await page.getByRole("button", { name: "重新保留" }).click();
  await expect(page).toHaveURL(IDENTITY);
  await expect(page.getByRole("timer")).toContainText("保留到");
});

test("a browser that keeps no cookie takes no place, and with the cookie the same press works", async ({ page, context }) => {
  const places = async () => {
    const answer = await page.request.get(`/api/v1/registries/demo-hill/slots?from=${DATE}&to=${DATE}`);
    return (await answer.json()).map((slot: { remaining: number }) => slot.remaining);
  };
  await page.goto(DAY);
  // A time that the other tests of this file leave alone.
  const time = page.locator('#day button[name="slot"]:enabled').last();
  const at = (await page.locator('#day button[name="slot"]').count()) - 1;
  const before = (await places())[at];
  await context.clearCookies();
  await time.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("浏览器没有保存 Cookie");
  await look(page, "/marriage/book");
  await context.clearCookies();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("浏览器没有保存 Cookie");
  expect((await places())[at]).toBe(before);
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page).toHaveURL(IDENTITY);
  expect((await places())[at]).toBe(before - 1);
});
