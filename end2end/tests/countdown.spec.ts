// How long a time is still held: counted on the device, and in words where no script runs.
import { type Page } from "@playwright/test";
import { bookATime, goOn, holdATime, newCouple } from "./couple";
import { expect, look, test } from "./house";
import { hydrated, mark } from "./island";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DAY = "/marriage/book?registry=demo-hill&date=2026-05-25";
const IDENTITY = "/marriage/book/details/first/identity";
const longer = (page: Page) => page.getByRole("button", { name: "再保留 15 分钟" });

/** Holds a time in a page whose clock the test turns, and waits for the countdown. */
async function counting(page: Page) {
  await page.clock.install();
  await holdATime(page, DAY);
  await expect(page).toHaveURL(IDENTITY);
  await hydrated(page);
}

/** Until when the page says the time is held, in minutes of its half day. */
async function until(page: Page) {
  const [, hours, minutes] = (await page.getByRole("timer").innerText()).match(/为您保留到.午 (\d+):(\d\d)/) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** Seconds that the page counts. */
async function left(page: Page) {
  const [, minutes, seconds] = (await page.locator(".hold-left").innerText()).match(/还有 (\d+) 分 (\d\d) 秒/) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

test("the last two minutes are a warning, and the end says what to do @scripts", async ({ page }) => {
  await counting(page);
  await page.getByLabel("姓名", { exact: true }).fill("演示甲");
  await page.clock.runFor("12:30");
  await expect(page.locator(".hold")).toHaveClass(/notice-info/);
  await expect(page.locator(".hold-said")).toHaveText("时间还保留 5 分钟");
  await page.clock.runFor("00:30");
  await expect(page.locator(".hold")).toHaveClass(/notice-warning/);
  await expect(page.locator(".hold-said")).toHaveText("时间还保留 2 分钟");
  expect(await left(page)).toBeLessThanOrEqual(120);
  await look(page, "/marriage/book/details/{who}/identity");
  await page.clock.runFor("02:00");
  await expect(page.getByRole("timer")).toHaveText("为您保留的时间已经到了。您填写的内容还在。");
  await expect(page.locator(".hold-said")).toHaveText("为您保留的时间已经到了。您填写的内容还在。");
  await expect(longer(page)).toBeHidden();
  await look(page, "/marriage/book/details/{who}/identity");
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue("演示甲");
  await page.getByRole("link", { name: "重新选一个时间" }).click();
  await expect(page).toHaveURL("/marriage/book");
});

test("a device that slept reads out what is left now @scripts", async ({ page }) => {
  await counting(page);
  await page.clock.fastForward("13:10");
  await expect(page.locator(".hold-said")).toHaveText("时间还保留 2 分钟");
  expect(await left(page)).toBeLessThanOrEqual(110);
});

test("longer keeps the page and what is typed, twice, and the third time says why not @scripts", async ({ page, context, troubles }) => {
  await counting(page);
  const first = await until(page);
  await page.getByLabel("姓名", { exact: true }).fill("演示甲");
  const marked = await mark(page);
  const other = await context.newPage();
  await other.goto("/marriage/book");
  await hydrated(other);
  await page.clock.runFor("05:00");
  for (const press of [1, 2]) {
    const answer = page.waitForResponse("/marriage/book/hold");
    await longer(page).click();
    expect((await answer).status()).toBe(200);
    await expect.poll(() => left(page)).toBeGreaterThan(15 * 60 * press);
    await expect(page.getByText("不能再延长")).toBeVisible({ visible: press === 2 });
  }
  await expect(longer(page)).toBeHidden();
  await look(page, "/marriage/book/details/{who}/identity");
  expect(await until(page)).toBe(first + 30);
  await expect(page.locator(".hold-said")).toContainText("为您保留到");
  await expect(marked).toHaveCount(1);
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue("演示甲");

  // The script asks in vain, and then the form does.
  troubles.expected(/answer 409: .*\/marriage\/book\/hold$/);
  await longer(other).click();
  await expect(other.getByRole("status").or(other.getByRole("alert"))).toContainText("不能再延长");
  await expect(longer(other)).toHaveCount(0);
  expect(await until(other)).toBe(first + 30);
});

test("without scripts the end of the hold stands there in words, and can be put off twice @plain", async ({ page }, { workerIndex }) => {
  const { groom } = newCouple(workerIndex);
  await holdATime(page, DAY);
  await expect(page.getByRole("timer")).toHaveText(/^为您保留到上午 \d+:\d\d （还有约 15 分钟）$/);
  const first = await until(page);
  for (const more of [15, 30]) {
    await page.getByLabel("姓名", { exact: true }).fill(groom.name);
    await longer(page).click();
    await expect.poll(() => until(page)).toBe(first + more);
    await expect(page.getByLabel("姓名", { exact: true })).toHaveValue(groom.name);
  }
  await expect(longer(page)).toHaveCount(0);
  await expect(page.getByText("不能再延长")).toBeVisible();
  await goOn(page);
  await expect(page.getByLabel("证件号码", { exact: true })).toHaveAttribute("aria-invalid", "true");
  expect(await until(page)).toBe(first + 30);
});

test("the new time of a booking that moves can be held longer too", async ({ page }, { workerIndex }) => {
  const reference = await bookATime(page, newCouple(workerIndex), DAY);
  await page.goto(`/marriage/bookings/${reference}/reschedule?registry=demo-hill&date=2026-05-26`);
  await page.locator('#day button[name="slot"]:enabled').last().click();
  await expect(page).toHaveURL(/\/reschedule\/confirm$/);
  const first = await until(page);
  await longer(page).click();
  await expect.poll(() => until(page)).toBe(first + 15);
  await page.getByRole("button", { name: /^确认改/ }).click();
  await expect(page.locator("main")).toContainText("已经改到新的时间");
});
