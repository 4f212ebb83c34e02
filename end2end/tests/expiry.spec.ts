// A time that runs out while the couple is filling in: told in words, and what was typed waits ten minutes for another.
import { confirm, fillDetails, fillIdentity, goOn, holdATime, newCouple } from "./couple";
import { expect, look, test } from "./house";

// A clock that no other file uses: these tests move it, and servers are shared by tests with the same settings.
test.use({ clock: "2026-05-13T09:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DAY = "/marriage/book?registry=demo-hill&date=2026-05-25";
const IDENTITY = "/marriage/book/details/first/identity";

test("the last two minutes stand on the page as a warning, without any script @plain", async ({ page, server }) => {
  await holdATime(page, DAY);
  await expect(page.locator(".hold")).toHaveClass(/notice-info/);
  await server.later(13.5);
  await page.reload();
  await expect(page.locator(".hold")).toHaveClass(/notice-warning/);
  await expect(page.getByRole("timer")).toContainText("（还有约 1 分钟）");
});

test("Back shows the time that is really left", async ({ page, server }) => {
  await holdATime(page, DAY);
  await page.getByRole("link", { name: "选时间" }).click();
  await expect(page).toHaveURL("/marriage/book");
  await server.later(6);
  await page.goBack();
  await expect(page).toHaveURL(IDENTITY);
  await expect(page.getByRole("timer")).toContainText(/还有约? [89] 分/);
});

test("a time that ran out is told on the next page, and another one continues with what was typed", async ({ page, server }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  await holdATime(page, DAY);
  await fillIdentity(page, couple.groom);
  await goOn(page);
  await page.getByLabel("手机号码").fill(couple.groom.phone);
  await server.later(16);
  await goOn(page);
  await expect(page.locator("main")).toContainText("为您保留的时间已经到了");
  await expect(page.locator("main")).toContainText("您填写的内容还在");
  await look(page, "/marriage/book/details/{who}/identity");

  await page.getByRole("link", { name: "请重新选一个时间" }).click();
  await expect(page).toHaveURL("/marriage/book");
  await holdATime(page, DAY);
  await expect(page).toHaveURL(IDENTITY);
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue(couple.groom.name);
  await expect(page.getByLabel("证件号码", { exact: true })).toHaveValue(couple.groom.number);
  await goOn(page);
  await expect(page.getByLabel("手机号码")).toHaveValue(couple.groom.phone);
});

test("a booking confirmed too late is not made, and a new time makes it with the same answers", async ({ page, server }, { workerIndex }) => {
  const couple = newCouple(workerIndex);
  await holdATime(page, DAY);
  await fillDetails(page, couple);
  await server.later(16);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page).toHaveURL("/marriage/book/review");
  await expect(page.locator("main")).toContainText("为您保留的时间已经到了");
  await expect(page.getByRole("button", { name: "发送验证码" })).toHaveCount(0);
  await look(page, "/marriage/book/review");

  await holdATime(page, DAY);
  await page.goto("/marriage/book/review");
  await expect(page.locator("main")).toContainText(couple.bride.name);
  await confirm(page, couple);
});

test("ten minutes after its time has run out nothing of the form is left", async ({ page, server }, { workerIndex }) => {
  const { groom } = newCouple(workerIndex);
  await holdATime(page, DAY);
  await fillIdentity(page, groom);
  await goOn(page);
  await expect(page).toHaveURL(/\/details\/first\/contact$/);
  const number = () => page.getByLabel("证件号码", { exact: true });
  await server.later(24);
  await page.goto(IDENTITY);
  await expect(number()).toHaveValue(groom.number);
  await server.later(2);
  await page.goto(IDENTITY);
  await expect(number()).toHaveValue("");
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue("");
});
