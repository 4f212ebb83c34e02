// The times of a day stay true while somebody looks at them.
import { type Browser, type Locator, type Page } from "@playwright/test";
import { holdATime } from "./couple";
import { expect, fitsInEverySize, look, test } from "./house";
import { hydrated, mark } from "./island";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DAY = "/marriage/book?registry=demo-hill&date=2026-05-25";
const CAPACITY = 4;

/** Looks at a day in a page whose clock the test turns. */
async function looking(page: Page) {
  await page.clock.install();
  await page.goto(DAY);
  await hydrated(page);
}

/** Other couples hold so many places of a time. */
async function othersHold(page: Page, time: Locator, count: number) {
  const slot_id = Number(await time.getAttribute("value"));
  for (let place = 0; place < count; place++) {
    // A request that carries no cookie is somebody else's.
    const answer = await fetch(new URL("/api/v1/holds", page.url()), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ slot_id }),
    });
    expect(answer.status).toBe(201);
  }
}

/** Somebody else's window, in which that time is held. */
async function anotherHolds(browser: Browser, page: Page, time: Locator) {
  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  await other.locator(`#day button[value="${await time.getAttribute("value")}"]`).click();
  await expect(other).toHaveURL(/\/details\/first$/);
  return other;
}

test("a time that others take is shut without a reload, and opens when one of them gives it up @scripts", async ({ page, browser }) => {
  await looking(page);
  // The day's last time is this test's own: the others share the server and leave it alone.
  const time = page.locator('#day button[name="slot"]').last();
  await expect(time).toContainText(`剩 ${CAPACITY} 个`);
  const marked = await mark(page);
  await othersHold(page, time, 1);
  await page.clock.runFor("00:20");
  await expect(time).toContainText("剩 3 个");
  await expect(time).toBeEnabled();

  await othersHold(page, time, 2);
  const other = await anotherHolds(browser, page, time);
  await page.clock.runFor("00:20");
  await expect(time).toContainText("约满");
  await expect(time).toBeDisabled();
  await expect(page.locator("#day button:disabled")).toHaveCount(1);
  await look(page, "/marriage/book");

  await other.getByRole("button", { name: "放弃这个时间" }).click();
  await expect(other).toHaveURL(DAY);
  await expect(other.locator("main")).toContainText("已放回");
  await page.clock.runFor("00:20");
  await expect(time).toContainText("剩 1 个");
  await expect(marked).toHaveCount(1);
  await time.click();
  await expect(page).toHaveURL(/\/details\/first$/);
  await other.context().close();
});

test("a page that nobody looks at asks for nothing @scripts", async ({ page }) => {
  await looking(page);
  const hidden = (hidden: boolean) =>
    page.evaluate((hidden) => Object.defineProperty(document, "hidden", { value: hidden, configurable: true }), hidden);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await hidden(true);
  await page.clock.runFor("02:00");
  expect(asked).toEqual([]);
  await hidden(false);
  await page.clock.runFor("00:20");
  await expect.poll(() => asked).toEqual(["/api/v1/places/demo-hill/slots"]);
});

test("a time that is taken just before the press says so and offers the next ones", async ({ page }) => {
  await page.goto(DAY);
  const time = page.locator('#day button[name="slot"]').nth(3);
  await othersHold(page, time, CAPACITY);
  await time.click();
  await expect(page.locator("main")).toContainText("这个时间刚刚约满了，请选择别的时间。");
  await look(page, "/marriage/book");
  await holdATime(page, DAY);
  await expect(page).toHaveURL(/\/details\/first$/);
});

test("with a time in hand nothing scrolls sideways in large print, in either language", async ({ page }) => {
  await page.goto("/marriage/book?registry=nanshan&date=2026-05-26");
  await page.locator('#day button[name="slot"]:enabled').first().click();
  await expect(page).toHaveURL(/\/details\/first$/);
  for (const address of ["/marriage/book/details/first", "/marriage/book", "/marriage/book/review"]) {
    for (const language of ["", "/en"]) {
      await page.goto(`${language}${address}`);
      await expect(page.locator(".hold-until").first()).toBeVisible();
      await fitsInEverySize(page);
    }
  }
});

test("the day is chosen first, then a registry that has times on it", async ({ page }) => {
  await page.goto("/marriage/book");
  const days = page.getByLabel("想哪天办？");
  await days.selectOption("2026-05-16");
  await page.getByRole("button", { name: "看这一天" }).click();
  await expect(page).toHaveURL("/marriage/book?date=2026-05-16");
  await expect(days).toHaveValue("2026-05-16");
  await expect(page.locator(".office").first()).toContainText("演示山婚姻登记处");
  await look(page, "/marriage/book");
  await page.getByRole("link", { name: "选择这里 演示山婚姻登记处" }).click();
  await expect(page).toHaveURL("/marriage/book?registry=demo-hill&date=2026-05-16#day");
  await expect(page.locator('#day button[name="slot"]').first()).toBeEnabled();
});

test("a closed day leads to the next free one and to the same day elsewhere", async ({ page }) => {
  await page.goto("/marriage/book?registry=nanshan&date=2026-05-16");
  await look(page, "/marriage/book");
  await page.locator("#day").getByRole("link", { name: "演示山婚姻登记处" }).click();
  await expect(page).toHaveURL("/marriage/book?registry=demo-hill&date=2026-05-16#day");
  await page.goBack();
  await page.locator("#day").getByRole("link", { name: "5月18日" }).click();
  await expect(page).toHaveURL("/marriage/book?registry=nanshan&date=2026-05-18#day");
});

test("weeks that are over are not shown, and the times stand beside the calendar where there is room", async ({ page }) => {
  await page.goto("/marriage/book?registry=nanshan&date=2026-05-20");
  await expect(page.locator(".month-grid tbody tr")).toHaveCount(3);
  const [calendar, times] = await Promise.all(["#calendar", "#day"].map((part) => page.locator(part).boundingBox()));
  if (page.viewportSize()!.width > 1000) {
    expect(times!.x).toBeGreaterThan(calendar!.x + calendar!.width);
    expect(Math.abs(times!.y - calendar!.y)).toBeLessThan(2);
  } else {
    expect(times!.y).toBeGreaterThan(calendar!.y + calendar!.height);
  }
});

test("until times open, a reminder is ready for the calendar and the details can be filled in", async ({ page }) => {
  await page.goto("/marriage/book?registry=nanshan");
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "加到手机日历" }).click();
  expect((await file).suggestedFilename()).toMatch(/^release-.*\.ics$/);
  await expect(page.getByText("资料可以从5月14日 上午 6:30 起先填好"), "they would not be kept until tomorrow").toBeVisible();
  await page.goto("/marriage/book/details/first?registry=nanshan&date=2026-05-29");
  await expect(page).toHaveURL(/\/details\/first\?registry=nanshan&date=[-\d]+$/);
});
