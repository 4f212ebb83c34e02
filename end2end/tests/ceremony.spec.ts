// A second service on the same engine, with and without scripts: one person books a ceremony, moves it and cancels it.
import type { Page } from "@playwright/test";
import { codeFor, goOn, holdATime } from "./couple";
import { expect, look, lookInBothModes, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const HALL = "/ceremony/book?place=demo-bay-hall";
let people = 0;

/** A phone nobody has used before. */
function newPhone(worker: number) {
  return `1370000${String((worker % 100) * 100 + people++).padStart(4, "0")}`;
}

async function fillDetails(page: Page, phone: string) {
  await expect(page).toHaveURL(/\/ceremony\/book\/details$/);
  await page.getByLabel("姓名", { exact: true }).fill("演示甲");
  await page.getByLabel("手机号码").fill(phone);
  await page.getByLabel("颁证时念的名字").fill("小甲和小乙");
  await page.getByLabel("来多少位亲友").fill("12");
  await goOn(page);
  await expect(page).toHaveURL(/\/ceremony\/book\/review$/);
}

async function book(page: Page, phone: string, day: string) {
  await holdATime(page, `${HALL}&date=${day}`);
  await fillDetails(page, phone);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "发送验证码" }).click();
  await page.locator('input[autocomplete="one-time-code"]').fill(await codeFor(page, phone));
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预约成功");
  return new URL(page.url()).pathname.split("/").at(-1)!;
}

test("one person books a ceremony, moves it, and cancels it", async ({ page }, { workerIndex }) => {
  const phone = newPhone(workerIndex);
  await page.goto("/");
  await page.getByRole("link", { name: "免费颁证仪式" }).click();
  await expect(page).toHaveURL(/\/ceremony$/);
  await holdATime(page, `${HALL}&date=2026-05-25`);
  await lookInBothModes(page, "/ceremony/book/details");
  await goOn(page);
  await expect(page.getByRole("alert")).toContainText("有 4 处需要更正");
  await fillDetails(page, phone);
  await lookInBothModes(page, "/ceremony/book/review");
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page).toHaveURL(/\/ceremony\/book\/codes/);
  await look(page, "/ceremony/book/codes");
  await page.locator('input[autocomplete="one-time-code"]').fill(await codeFor(page, phone));
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预约成功");
  const reference = new URL(page.url()).pathname.split("/").at(-1)!;
  await expect(page.locator("main")).toContainText("小***");
  await lookInBothModes(page, "/ceremony/bookings/{reference}");
  await page.goto(`/ceremony/bookings/${reference}/print`);
  await look(page, "/ceremony/bookings/{reference}/print");
  await page.goto(`/ceremony/bookings/${reference}/data`);
  await look(page, "/ceremony/bookings/{reference}/data");

  await page.goto(`/ceremony/bookings/${reference}/reschedule?place=demo-bay-hall&date=2026-05-26`);
  await lookInBothModes(page, "/ceremony/bookings/{reference}/reschedule");
  await page.locator('#day button[name="slot"]:enabled').last().click();
  await expect(page.locator("main")).toContainText("5月26日");
  await look(page, "/ceremony/bookings/{reference}/reschedule/confirm");
  await page.getByRole("button", { name: /^确认改/ }).click();
  await expect(page.locator("main")).toContainText("已经改到新的时间");

  await page.getByRole("link", { name: "取消预约" }).click();
  await lookInBothModes(page, "/ceremony/bookings/{reference}/cancel");
  await page.getByRole("button", { name: "取消这个预约" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预约已经取消");
});

test("a ceremony on a date in demand asks for a phone first", async ({ page }, { workerIndex }) => {
  const phone = newPhone(workerIndex);
  await holdATime(page, `${HALL}&date=2026-05-20`);
  await expect(page).toHaveURL(/\/ceremony\/book\/phone/);
  await look(page, "/ceremony/book/phone");
  await page.getByLabel("手机号码").fill(phone);
  await page.getByRole("button", { name: "发送验证码" }).click();
  await page.locator('input[autocomplete="one-time-code"]').fill(await codeFor(page, phone));
  await page.locator("main form").getByRole("button").first().click();
  await expect(page).toHaveURL(/\/ceremony\/book\/details$/);
});

test("a ceremony is found again by its number and phone", async ({ page, context }, { workerIndex }) => {
  const phone = newPhone(workerIndex);
  const reference = await book(page, phone, "2026-05-27");
  await context.clearCookies();
  await page.goto("/ceremony/bookings");
  await page.getByLabel("预约号").fill(reference);
  await page.getByLabel("手机号码").fill(phone);
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page).toHaveURL(/\/ceremony\/bookings\/code$/);
  await look(page, "/ceremony/bookings/code");
  await page.getByLabel("验证码", { exact: true }).fill(await codeFor(page, phone));
  await page.getByRole("button", { name: "打开预约" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预约成功");
});
