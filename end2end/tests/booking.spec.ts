// The main job, end to end: a couple books, looks after its booking, and meets what can go wrong.
import { bookATime, codeFor, confirm, fillDetails, fillPerson, goOn, holdATime, newCouple, withCheckCharacter } from "./couple";
import { expect, look, lookInBothModes, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DAY = "/marriage/book?registry=demo-hill&date=2026-05-25";
const OTHER_DAY = "/marriage/book?registry=demo-hill&date=2026-05-26";

test("a couple books, moves its booking to another time, and cancels it", async ({ page }, { workerIndex }) => {
  const reference = await bookATime(page, newCouple(workerIndex), DAY);
  await expect(page.locator("main")).toContainText("5月25日");
  await lookInBothModes(page, "/marriage/bookings/{reference}");

  // Whoever prints the page itself gets the sheet too.
  const sheets = async () => ((await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  for (const address of ["", "/en"].flatMap((language) => ["", "/print"].map((end) => `${language}/marriage/bookings/${reference}${end}`))) {
    await page.goto(address);
    expect(await sheets(), `sheets of paper for ${address}`).toBe(1);
  }

  const file = await page.request.get(`/marriage/bookings/${reference}/calendar.ics`);
  expect(file.headers()["content-type"]).toContain("text/calendar");
  expect(await file.text()).toContain("DTSTART;TZID=Asia/Shanghai:20260525T");
  await page.goto(`/marriage/bookings/${reference}/print`);
  await expect(page.locator("body")).toContainText("5月25日");
  await look(page, "/marriage/bookings/{reference}/print");

  await page.goto(`/marriage/bookings/${reference}`);
  await page.getByRole("link", { name: "看看存了什么" }).click();
  await lookInBothModes(page, "/marriage/bookings/{reference}/data");
  const [copy] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "下载一份" }).click(),
  ]);
  expect(copy.suggestedFilename()).toBe(`huimin-${reference}.json`);
  await page.goto(`/marriage/bookings/${reference}`);
  await page.getByRole("link", { name: "换一个时间" }).click();
  await lookInBothModes(page, "/marriage/bookings/{reference}/reschedule");
  await page.goto(`/marriage/bookings/${reference}/reschedule?registry=demo-hill&date=2026-05-26`);
  await page.locator('#day button[name="slot"]:enabled').last().click();
  await expect(page.locator("main")).toContainText("5月25日");
  await expect(page.locator("main")).toContainText("5月26日");
  await look(page, "/marriage/bookings/{reference}/reschedule/confirm");
  await page.getByRole("button", { name: /^确认改/ }).click();
  await expect(page.locator("main")).toContainText("已经改到新的时间");
  await expect(page.locator("main")).toContainText("5月26日");

  await page.getByRole("link", { name: "取消预约" }).click();
  await expect(page.locator("main")).toContainText("这个时间会放回给大家预约");
  await lookInBothModes(page, "/marriage/bookings/{reference}/cancel");
  await page.getByRole("button", { name: "取消这个预约" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预约已经取消");
});

test("on a hot date a confirmed phone comes before the time is held", async ({ page }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  await holdATime(page, "/marriage/book?registry=demo-hill&date=2026-05-20");
  await expect(page).toHaveURL(/\/marriage\/book\/phone/);
  await lookInBothModes(page, "/marriage/book/phone");
  await page.getByLabel("手机号码").fill(couple.groom.phone);
  await page.getByRole("button", { name: "发送验证码" }).click();
  await page.locator('input[autocomplete="one-time-code"]').fill(await codeFor(page, couple.groom.phone));
  await page.locator("main form").getByRole("button").first().click();
  await expect(page).toHaveURL(/\/details\/first$/);
});

test("what is typed wrong is told at its field and stays as it was typed", async ({ page }, { workerIndex }) => {
  const { groom } = newCouple(workerIndex);
  await holdATime(page, DAY);
  await page.getByLabel("姓名", { exact: true }).fill("演示😀甲");
  await page.getByLabel("证件号码", { exact: true }).fill("440308990110151");
  await goOn(page);
  await expect(page.getByRole("alert").or(page.locator(".error-summary")).first()).toBeVisible();
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue("演示😀甲");
  await expect(page.getByLabel("证件号码", { exact: true })).toHaveValue("440308990110151");
  await expect(page.getByLabel("证件号码", { exact: true })).toHaveAttribute("aria-invalid", "true");
  const wide = groom.number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  await fillPerson(page, { ...groom, number: ` ${wide.toLowerCase()} ` });
  await goOn(page);
  await expect(page).toHaveURL(/\/details\/second$/);
});

test("somebody too young on the day hears from which day on", async ({ page }, { workerIndex }) => {
  const { groom } = newCouple(workerIndex);
  await holdATime(page, DAY);
  await page.goto("/marriage/book/details/first");
  // 22 on 26 May 2026: a day after the appointment.
  await fillPerson(page, { ...groom, number: withCheckCharacter("10000020040526001") });
  await goOn(page);
  await expect(page.locator("main")).toContainText("2026年5月26日");
  await expect(page).toHaveURL(/\/details\/first$/);
});

test("a person who is booked already is refused only after the codes, without place or time", async ({ page }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  await bookATime(page, couple, DAY);
  const another = newCouple(workerIndex);
  await holdATime(page, OTHER_DAY);
  await fillDetails(page, { ...another, groom: { ...couple.groom, phone: another.groom.phone } });
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "发送验证码" }).click();
  const codes = page.locator('input[autocomplete="one-time-code"]');
  await codes.nth(0).fill("000000");
  await codes.nth(1).fill("000000");
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(page.locator("main")).not.toContainText("已经有一个");
  await codes.nth(0).fill(await codeFor(page, another.groom.phone));
  await codes.nth(1).fill(await codeFor(page, another.bride.phone));
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(page.locator("main")).toContainText("已经有一个结婚登记预约");
  await expect(page.locator("main")).toContainText("可以撤销那个预约");
  await expect(page.locator("main")).not.toContainText("5月25日");
});

test("a booking is found again by its number and a phone, and by nobody else", async ({ browser, page, baseURL }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  const reference = await bookATime(page, couple, DAY);

  const stranger = await (await browser.newContext({ baseURL })).newPage();
  const answer = await stranger.goto(`/marriage/bookings/${reference}`);
  expect(answer?.status()).toBe(401);
  await expect(stranger.locator("main")).not.toContainText("5月25日");

  await stranger.goto("/marriage/bookings");
  await stranger.getByLabel("预约号").fill(reference.toLowerCase().replace(/(.{4})/g, "$1 "));
  await stranger.getByLabel("手机号码").fill(couple.bride.phone);
  await stranger.getByRole("button", { name: "发送验证码" }).click();
  await look(stranger, "/marriage/bookings/code");
  await stranger.getByLabel("验证码", { exact: true }).fill(await codeFor(page, couple.bride.phone));
  await stranger.getByRole("button", { name: "打开预约" }).click();
  await expect(stranger.locator("main")).toContainText("5月25日");
  await stranger.context().close();
});

test("a double press makes one booking, and Back does not make another", async ({ page }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  await holdATime(page, DAY);
  await fillDetails(page, couple);
  await confirm(page, couple);
  const booked = page.url();
  await page.goBack();
  await page.goto("/marriage/book/review");
  await expect(page.locator("main")).not.toContainText(couple.groom.number.slice(6, 14));
  await page.goto(booked);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预约成功");
});

test("both may choose to use one phone, and then there is one code and the desk checks both", async ({ page }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  couple.bride.phone = couple.groom.phone;
  await bookATime(page, couple, OTHER_DAY);
  await expect(page.locator("main")).toContainText("前台会先核对两位的身份");
});
