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
  await page.getByLabel("原因（大家会看到）").first().selectOption("systems");
  await page.getByRole("button", { name: "先看看影响多少人" }).first().click();
  await expect(page.getByText(/在这几天/).first()).toBeVisible();
  await look(page, "/staff/office/services");
  await page.getByText("今天停办…").first().click();
  const today = page.locator("details[open]", { hasText: "今天停办…" });
  await today.getByLabel("原因（大家会看到）").selectOption("power_cut");
  await today.getByRole("button", { name: "先看看影响多少人" }).click();
  await expect(page.getByText(/今天后面/).first()).toBeVisible();
  await look(page, "/staff/office/services");
});

test("a manager changes hours, opens a day again and adds places of today", async ({ page }) => {
  await atWork(page, "demo-manager-2", "/staff/office/services");
  await page.getByRole("link", { name: /^改时间/ }).first().click();
  await expect(page.getByRole("heading", { name: "现在的时间" })).toBeVisible();
  await lookInBothModes(page, "/staff/office/hours");
  await page.getByLabel("几点结束").first().fill("11:00");
  await page.getByLabel("每个时段几个名额").first().fill("0");
  await page.getByLabel("每个时段几个名额").first().press("Enter");
  await expect(page.getByRole("alert")).toContainText("每个时段的名额请填写 1 到 200");
  await look(page, "/staff/office/hours");
  await page.getByLabel("每个时段几个名额").first().fill("2");
  await page.getByRole("button", { name: "再加一行" }).click();
  await expect(page.getByRole("group", { name: "第 3 行" })).toBeVisible();
  await page.getByRole("button", { name: "去掉第 3 行" }).click();
  await page.getByRole("button", { name: "先看看效果" }).first().click();
  await expect(page.getByRole("table")).toContainText("有变");
  await look(page, "/staff/office/hours");
  await page.getByRole("button", { name: "就这样保存" }).click();
  await expect(page.getByText("已经保存")).toBeVisible();
  await page.getByText("给一天单独定时间…").click();
  await page.locator("details[open]").getByRole("button", { name: "先看看效果" }).click();
  await expect(page.getByRole("alert")).toContainText("请填写几点开始");
  await look(page, "/staff/office/hours");
  await page.getByText("给一天单独定时间…").click();
  await page.getByText("加开一天…").click();
  const one = page.locator("details[open]");
  await one.getByLabel("哪一天").fill("2026-05-16");
  await one.getByLabel("原因（大家会看到）").selectOption("demand");
  await page.getByRole("button", { name: "先看看效果" }).last().click();
  await page.getByRole("button", { name: "就这样保存" }).click();
  await expect(page.getByText(/按星期一的时间办：办理人数较多/)).toBeVisible();
  await look(page, "/staff/office/hours");

  await page.goto("/staff/office/services");
  await page.getByText("停办几天…").first().click();
  await page.getByLabel("从哪天起").first().fill("2026-05-20");
  await page.getByLabel("到哪天（含）").first().fill("2026-05-20");
  await page.getByLabel("原因（大家会看到）").first().selectOption("systems");
  await page.getByRole("button", { name: "先看看影响多少人" }).first().click();
  await page.getByRole("button", { name: /^确认停办/ }).click();
  await page.getByRole("link", { name: /恢复办理/ }).first().click();
  await page.getByRole("button", { name: "先看看恢复哪些" }).click();
  await expect(page.getByText(/不会改回来/)).toBeVisible();
  await look(page, "/staff/office/hours");
  await page.getByRole("button", { name: /^恢复办理/ }).first().click();
  await expect(page.getByText("已经保存")).toBeVisible();

  await page.goto("/staff/office/today");
  await lookInBothModes(page, "/staff/office/today");
  await page.getByRole("button", { name: /^加号/ }).first().click();
  await expect(page.getByRole("alert").first()).toContainText("请填写加几个号");
  await look(page, "/staff/office/today");
  await page.getByLabel("加几个号").first().fill("3");
  await page.getByLabel("为什么（会记录下来）").first().fill("下午窗口空着");
  await page.getByRole("button", { name: /^加号/ }).first().click();
  await expect(page.getByRole("button", { name: /^收回没取的 3 个/ })).toBeVisible();
  await lookInBothModes(page, "/staff/office/today");
  await page.getByRole("link", { name: "回到今天的名单" }).click();
  await expect(page.getByText("当天加号 3 个，已取 0 个（下午窗口空着）")).toBeVisible();
});

test("a further place is added and offers something", async ({ page }) => {
  await atWork(page, "demo-manager-2", "/staff/places");
  await lookInBothModes(page, "/staff/places");
  await page.getByRole("button", { name: "新增这个地点" }).click();
  await expect(page.getByRole("alert")).toContainText("请填写名称");
  await look(page, "/staff/places");
  await page.getByLabel("名称", { exact: true }).fill("海湾路分厅");
  await page.getByLabel("英文名称").fill("Bay Street branch");
  await page.getByLabel("地址", { exact: true }).fill("海湾路 9 号");
  await page.getByLabel("英文地址").fill("9 Bay Street");
  await page.getByLabel("电话").fill("0755-12345678");
  await page.getByRole("button", { name: "新增这个地点" }).click();
  await expect(page.getByText("大家还看不到它")).toBeVisible();
  await look(page, "/staff/places");
  await page.goto("/staff/office/services");
  await page.getByText("多开一项服务…").click();
  await page.getByLabel("在哪里办什么").selectOption({ label: "海湾路分厅：结婚登记" });
  await page.getByRole("button", { name: "开这项服务" }).click();
  await expect(page.getByText("结婚登记（海湾路分厅）").first()).toBeVisible();
  await lookInBothModes(page, "/staff/office/services");
});

test("what is said of a place waits for another manager", async ({ page }) => {
  await atWork(page, "demo-manager-2", "/staff/office/services");
  const places = page.locator("#places");
  await places.getByRole("button", { name: /^都对，记今天核实过/ }).first().click();
  await expect(page.getByText("记下了：今天核实过")).toBeVisible();
  await look(page, "/staff/office/services");
  await places.getByText("修改").first().click();
  const one = places.locator("details[open]");
  await one.getByLabel("电话").fill("请打这个");
  await one.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("alert")).toContainText("请只写一个电话");
  await look(page, "/staff/office/services");
  await places.locator("details[open]").getByLabel("电话").fill("0755-12345678 转 12");
  await places.locator("details[open]").getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已经提出，还没有生效")).toBeVisible();
  await expect(page.getByText("已提出改动，等另一个人确认")).toBeVisible();
  await lookInBothModes(page, "/staff/office/services");
  await page.getByRole("link", { name: "去看改动、撤回或者确认" }).click();
  await expect(page.getByText("改成：0755-12345678-12")).toBeVisible();
  await lookInBothModes(page, "/staff/confirm");
  await page.getByRole("button", { name: /^撤回/ }).click();
  await expect(page.getByText("您撤回了改动，还是原来的")).toBeVisible();
});
