// A session that ends in the middle of something: one signs in where one stands, and sends again what was typed.
import { atWork, fillDoor, leave, signOut, sitDown } from "./at_work";
import { expect, look, test } from "./house";

// A clock that no other file uses, since it is moved.
test.use({ clock: "2026-05-13T09:31:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

test("what was typed when the session ended is there once one has signed in again", async ({ page, server, troubles }) => {
  // The sheet listens for what is new while the server is away.
  troubles.expected(/\/staff\/day\/events/);
  await atWork(page, "demo-clerk", "/staff/day");
  await page.getByLabel(/^扫码/).fill("K7MP 4CRT 9WXX");
  await server.later(31);
  await page.getByRole("button", { name: "签到", exact: true }).click();
  await expect(page.getByText("请重新登录")).toBeVisible();
  await look(page, "/staff/sign-in");
  await fillDoor(page, "demo-clerk");
  await expect(page.getByRole("heading", { name: "已经登录" })).toBeVisible();
  await expect(page.locator("dl.summary"), "what will be sent is seen before").toContainText("K7MP 4CRT 9WXX");
  await look(page, "/staff/sign-in");
  await page.getByRole("button", { name: /^接着/ }).click();
  await expect(page, "the very form is sent, to where it belonged").toHaveURL(/\/staff\/day/);
  await expect(page.getByRole("alert")).toContainText("没有找到“K7MP");
});

test("whoever is away is told before and after the session ends, and whoever serves somebody is not @scripts", async ({ page, server, troubles }) => {
  troubles.expected(/\/staff\/day\/events/);
  await page.clock.install();
  await atWork(page, "demo-clerk-2", "/staff/day");
  const [box, typed] = [page.locator("#ending"), page.getByLabel(/^扫码/)];
  await typed.fill("K7MP");
  await page.clock.fastForward("27:30");
  await expect(box).toBeHidden();
  await page.clock.fastForward("01:00");
  await expect(box).toContainText("两分钟后会退出登录");
  await look(page, "/staff/day");
  await box.getByRole("button", { name: "我还在" }).click();
  await expect(box).toBeHidden();
  await page.clock.fastForward("31:00");
  await expect(box).toContainText("登录已经失效");
  await expect(typed, "nothing is loaded anew").toHaveValue("K7MP");
  await look(page, "/staff/day");

  await sitDown(page, "demo-clerk-2");
  await page.getByRole("button", { name: /^叫下一个/ }).click();
  await page.getByRole("button", { name: "人到了，开始办理" }).click();
  await expect(page.getByText("正在办理")).toBeVisible();
  await page.clock.fastForward("31:00");
  await expect(box).toBeHidden();
  await page.getByRole("button", { name: "办结：已登记" }).click();
  await leave(page);

  // What is hard to undo asks who is there, some minutes later.
  await page.goto("/staff/account/codes");
  await server.later(6);
  await page.getByRole("button", { name: /^换一套/ }).click();
  await expect(page.getByText("请再确认一次是您本人")).toBeVisible();
  await look(page, "/staff/account/codes");

  // A sheet in another window hears that its session was ended.
  troubles.expected(/EventSource/);
  const sheet = await page.context().newPage();
  await sheet.goto("/staff/day");
  await expect(sheet.locator("#live [data-words]")).toHaveText("联机");
  await signOut(page);
  await expect(page).toHaveURL(/\/staff\/sign-in$/);
  await expect(sheet.locator("#live [data-words]")).toContainText("登录已经失效");
});
