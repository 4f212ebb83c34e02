// A time that runs out while the couple is filling in: told in words, offered again, and what was typed waits two hours.
import { confirm, fillDetails, fillPerson, goOn, holdATime, newCouple } from "./couple";
import { expect, look, test } from "./house";

// A clock that no other file uses: these tests move it, and servers are shared by tests with the same settings.
test.use({ clock: "2026-05-13T09:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DAY = "/marriage/book?registry=demo-hill&date=2026-05-25";
const IDENTITY = "/marriage/book/details/first";

test("the last two minutes stand on the page as a warning, without any script @plain", async ({ page, server }) => {
  await holdATime(page, DAY);
  await expect(page.locator(".hold")).not.toHaveClass(/hold-ending/);
  await server.later(13.5);
  await page.reload();
  await expect(page.locator(".hold")).toHaveClass(/hold-ending/);
  await expect(page.getByRole("timer")).toContainText("还有约 1 分钟");
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
  await fillPerson(page, couple.groom);
  await server.later(16);
  await goOn(page);
  await expect(page).toHaveURL(/\/details\/second$/);
  await expect(page.locator("main")).toContainText("为您保留的时间已经到了：5月25日");
  await expect(page.locator("main")).toContainText(/您填写的内容为您保留到上午 11:\d\d。/);
  await look(page, "/marriage/book/details/{who}");

  await page.getByRole("link", { name: "选别的时间" }).click();
  await expect(page).toHaveURL(DAY);
  await expect(page.locator("main")).toContainText("为您保留的时间已经到了");
  await look(page, "/marriage/book");
  await holdATime(page, DAY);
  await expect(page).toHaveURL(IDENTITY);
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue(couple.groom.name);
  await expect(page.getByLabel("证件号码", { exact: true })).toHaveValue(couple.groom.number);
  await expect(page.getByLabel("手机号码")).toHaveValue(couple.groom.phone);
});

test("the same time is held again by one press, and what stands in the form stays", async ({ page, server }, { workerIndex }) => {
  const { groom } = newCouple(workerIndex);
  await holdATime(page, DAY);
  await server.later(16);
  await page.reload();
  await expect(page.locator("main")).toContainText("为您保留的时间已经到了");
  await page.getByLabel("姓名", { exact: true }).fill(groom.name);
  await page.getByRole("button", { name: "重新保留" }).click();
  await expect(page).toHaveURL(IDENTITY);
  await expect(page.getByRole("timer")).toContainText("保留到");
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue(groom.name);
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

test("two hours after its time has run out nothing of the form is left", async ({ page, server }, { workerIndex }) => {
  const { groom } = newCouple(workerIndex);
  await holdATime(page, DAY);
  await fillPerson(page, groom);
  await goOn(page);
  await expect(page).toHaveURL(/\/details\/second$/);
  const number = () => page.getByLabel("证件号码", { exact: true });
  await server.later(134);
  await page.goto(IDENTITY);
  await expect(number()).toHaveValue(groom.number);
  await server.later(2);
  await page.goto(IDENTITY);
  await expect(number()).toHaveValue("");
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue("");
});
