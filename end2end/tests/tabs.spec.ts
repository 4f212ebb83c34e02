// Two windows of one couple, and a button pressed twice: one hold, one booking, nothing lost.
import { type Page } from "@playwright/test";
import { codeFor, fillDetails, fillPerson, goOn, holdATime, newCouple, type Couple } from "./couple";
import { expect, look, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DATE = "2026-05-25";
const DAY = `/marriage/book?registry=demo-hill&date=${DATE}`;
const BOOKED = /\/marriage\/bookings\/[^/]+$/;

/** Places that are left on the day. */
async function left(page: Page): Promise<number> {
  const answer = await page.request.get(`/api/v1/registries/demo-hill/slots?from=${DATE}&to=${DATE}`);
  return (await answer.json()).reduce((sum: number, slot: { remaining: number }) => sum + slot.remaining, 0);
}

async function declare(page: Page) {
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "发送验证码" }).click();
}

/** Types the code of each phone. */
async function typeCodes(page: Page, { groom, bride }: Couple) {
  await expect(page).toHaveURL(/\/marriage\/book\/codes/);
  const codes = page.locator('input[autocomplete="one-time-code"]');
  await codes.nth(0).fill(await codeFor(page, groom.phone));
  await codes.nth(1).fill(await codeFor(page, bride.phone));
}

test("both buttons of the end pressed twice send one code to each phone and make one booking", async ({ page }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  const before = await left(page);
  await holdATime(page, DAY);
  await fillDetails(page, couple);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "发送验证码" }).dblclick();
  await typeCodes(page, couple);
  await page.getByRole("button", { name: "确认预约" }).dblclick();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预约成功");
  const reference = new URL(page.url()).pathname.split("/").pop()!;
  expect(await left(page)).toBe(before - 1);

  await page.goto("/demo/mailbox");
  const { phone } = couple.groom;
  const mine = page.locator("main li").filter({ hasText: `${phone.slice(0, 3)}****${phone.slice(-4)}` });
  await expect(mine.filter({ hasText: "验证码" })).toHaveCount(1);
  // Somebody of the demonstration may have a phone that ends alike.
  await expect(mine.filter({ hasText: reference })).toHaveCount(1);
});

test("what one window books, the other ones are led to", async ({ page, context }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  const before = await left(page);
  await holdATime(page, DAY);
  await fillDetails(page, couple);
  const review = await context.newPage();
  await review.goto("/marriage/book/review");
  const codes = await context.newPage();
  await declare(page);
  await typeCodes(page, couple);
  await codes.goto("/marriage/book/codes");
  await typeCodes(codes, couple);
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(page).toHaveURL(BOOKED);
  await codes.getByRole("button", { name: "确认预约" }).click();
  await expect(codes).toHaveURL(page.url());
  await declare(review);
  await expect(review).toHaveURL(page.url());
  expect(await left(page)).toBe(before - 1);
});

test("a time given up in one window leaves what is typed in the other", async ({ page, context }, { workerIndex }) => {
  const { groom } = newCouple(workerIndex);
  const before = await left(page);
  await holdATime(page, DAY);
  await fillPerson(page, groom);
  const other = await context.newPage();
  await other.goto("/marriage/book");
  await other.getByText("不要这个时间了？").click();
  await other.getByRole("button", { name: "放弃这个时间" }).click();
  await expect(other.locator("main")).toContainText("已放回");
  await expect(other.locator("main")).not.toContainText("您已经保留了一个时间");
  expect(await left(page)).toBe(before);

  await goOn(page);
  await expect(page).toHaveURL(/\/details\/second$/);
  await expect(page.locator("main")).toContainText("已放回");
  await look(page, "/marriage/book/details/{who}");
  await page.goto("/marriage/book/details/first");
  await expect(page.getByLabel("证件号码", { exact: true })).toHaveValue(groom.number);
});

test("answers of two windows do not overwrite each other", async ({ page, context }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  await holdATime(page, DAY);
  const other = await context.newPage();
  await other.goto("/marriage/book/details/second");
  await fillPerson(page, couple.groom);
  await fillPerson(other, couple.bride);
  await goOn(page);
  await goOn(other);
  await page.goto("/marriage/book/review");
  await expect(page.locator("main")).toContainText(couple.groom.name);
  await expect(page.locator("main")).toContainText(couple.bride.name);
});
