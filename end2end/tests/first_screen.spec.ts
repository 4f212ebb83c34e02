// Nobody scrolls to find what is asked first, in large print and in English as well; a page opens at its heading, and
// what could not be had is told beside what can.
import { elderCookie } from "../browser.mjs";
import { fillDetails, holdATime, newCouple } from "./couple";
import { expect, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DAY = "/marriage/book?registry=demo-hill&date=2026-05-25";
const FIELD = "main :is(input:not([type=hidden]), select)";

test("the first field is on the first screen in large print", async ({ page, baseURL }) => {
  await page.context().addCookies([elderCookie(baseURL!)]);
  for (const language of ["", "/en"]) {
    for (const address of ["check", "bookings", "book", "book?foreign=1"].map((path) => `/marriage/${path}`).concat("/ceremony/bookings")) {
      await page.goto(language + address);
      const field = (await page.locator(FIELD).first().boundingBox())!;
      expect(field.y + field.height, language + address).toBeLessThanOrEqual(page.viewportSize()!.height);
    }
  }
});

test("a place is called from the first screen in large print", async ({ page, baseURL }) => {
  for (const [size, language] of [[22, ""], [26, ""], [30, ""], [22, "/en"]] as const) {
    await page.context().addCookies([elderCookie(baseURL!, size)]);
    for (const address of ["/stations/es-440305007", "/stations/es-440305007003", "/marriage/registries/nanshan"]) {
      await page.goto(language + address);
      const call = (await page.locator(".place-acts > :is(.place-call, .place-silent)").first().boundingBox())!;
      expect(call.y + call.height, `${language}${address} at ${size} px`).toBeLessThanOrEqual(page.viewportSize()!.height);
    }
  }
});

test("the field of the first code is on the first screen in large print", async ({ page, baseURL }, { workerIndex }) => {
  await holdATime(page, DAY);
  await fillDetails(page, newCouple(workerIndex));
  await page.context().addCookies([elderCookie(baseURL!)]);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "发送验证码" }).click();
  const field = (await page.locator('input[autocomplete="one-time-code"]').first().boundingBox())!;
  expect(field.y + field.height).toBeLessThanOrEqual(page.viewportSize()!.height);
});

test("a step opens at its heading without a jump, and the minutes left of the held time are said in every mode", async ({ page, baseURL }) => {
  await holdATime(page, DAY);
  for (const size of [undefined, 22, 30]) {
    if (size) await page.context().addCookies([elderCookie(baseURL!, size)]);
    for (const language of ["", "/en"]) {
      await page.goto(`${language}/marriage/book/details/first`);
      await expect(page.locator("h1")).toBeFocused();
      expect(await page.evaluate(() => scrollY)).toBe(0);
      const line = page.locator(".hold-term");
      const term = (await line.boundingBox())!;
      const left = (await page.locator(".hold-left").boundingBox())!;
      expect(left.y, "in sight within its line").toBeLessThan(term.y + term.height - 4);
      await expect(page.locator(".hold-left")).toHaveText(/\d+ (分|min)/);
    }
  }
});
