// A session that ends in the middle of something: one signs in where one stands, and sends again what was typed.
import { atWork, fillDoor } from "./at_work";
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
  await look(page, "/staff/sign-in");
  await page.getByRole("button", { name: /^接着/ }).click();
  await expect(page, "the very form is sent, to where it belonged").toHaveURL(/\/staff\/day/);
  await expect(page.getByRole("alert")).toContainText("没有找到这个号");
});
