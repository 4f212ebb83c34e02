// What the office says and enters: an editor's notices, a day from paper, what is done where.
import { expect, look, lookInBothModes, test } from "./house";
import { atWork } from "./at_work";

test.use({ clock: "2026-05-13T10:31:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

test("an editor tries a notice out before it is published", async ({ page }) => {
  await atWork(page, "demo-editor", "/staff/notices");
  await lookInBothModes(page, "/staff/notices");
  await page.getByRole("link", { name: "写一条通知" }).click();
  await page.getByRole("button", { name: "发布通知" }).click();
  await expect(page.getByRole("alert")).toContainText("请写标题");
  await look(page, "/staff/notices");
  await page.getByRole("radio", { name: "首页" }).check();
  await page.getByLabel("标题", { exact: true }).fill("电梯检修");
  await page.getByLabel("正文", { exact: true }).fill("请走楼梯，或者[改约](/marriage/bookings)。");
  await page.getByLabel("到什么时候为止").fill("2026-05-20T18:00");
  await page.getByRole("button", { name: "先看看效果" }).click();
  await expect(page.getByRole("heading", { name: /还没有发布/ })).toBeVisible();
  await look(page, "/staff/notices");
});

test("a manager enters a day from paper and looks after the office", async ({ page }) => {
  await atWork(page, "demo-manager-2", "/staff/day/paper");
  await lookInBothModes(page, "/staff/day/paper");
  await page.getByRole("button", { name: "保存填好的行" }).click();
  await expect(page.getByRole("alert").first()).toContainText("还没有填写");
  await look(page, "/staff/day/paper");
  await page.goto("/staff/office/services");
  await lookInBothModes(page, "/staff/office/services");
  await page.getByText("停办几天…").first().click();
  await page.getByLabel("原因（大家会看到）").first().fill("设备检修");
  await page.getByLabel("英文原因").first().fill("Maintenance");
  await page.getByRole("button", { name: "先看看影响多少人" }).first().click();
  await expect(page.getByText(/在这几天/).first()).toBeVisible();
  await look(page, "/staff/office/services");
});
