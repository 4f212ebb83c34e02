// A morning at the counter, with scripts and without: a manager and a clerk of the demonstration, a display and a kiosk.
import type { Browser, Page } from "@playwright/test";
import { expect, look, lookInBothModes, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const PASSWORD = "demo-huimin";

/** A code of the account's authenticator that was not used yet. */
async function codeOf(page: Page, account: string) {
  const answer = await page.request.get(`/demo/staff-code/${account}`);
  expect(answer.ok(), `a code for ${account}`).toBe(true);
  return ((await answer.json()) as { code: string }).code;
}

async function signIn(page: Page, account: string, next = "/staff") {
  await page.goto(next);
  await page.getByLabel("账号").fill(account);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByLabel("动态码").fill(await codeOf(page, account));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  // Whoever tried in vain before is told of it first.
  const goOn = page.getByRole("link", { name: "继续" });
  if (await goOn.isVisible()) await goOn.click();
}

/** Takes the first counter that is free; whoever sits there is another of the tests at the same time. */
async function sitDown(page: Page) {
  const choice = page.getByRole("heading", { name: "您坐哪个窗口？" });
  if (await choice.isVisible()) await page.getByRole("button", { name: /^坐到/ }).first().click();
  await expect(page.getByRole("button", { name: /^叫下一个/ })).toBeVisible();
}

test("a clerk calls a couple, serves it, takes a slip back, and leaves", async ({ page }) => {
  await signIn(page, "demo-clerk", "/staff/day");
  await expect(page).toHaveURL(/\/staff\/day/);
  await sitDown(page);
  await lookInBothModes(page, "/staff/day");
  await page.getByRole("button", { name: /^叫下一个/ }).click();
  await expect(page.getByText("已叫 1 次")).toBeVisible();
  await look(page, "/staff/day");
  await page.getByRole("button", { name: "人到了，开始办理" }).click();
  await expect(page.getByRole("heading", { name: "请看这些" })).toBeVisible();
  await look(page, "/staff/day");
  await page.getByText("不予办理…").click();
  await page.getByRole("button", { name: /^办结：不予办理/ }).click();
  await expect(page.getByRole("alert")).toContainText("请选择不予办理的原因");
  await look(page, "/staff/day");
  await page.getByRole("button", { name: "办结：已登记" }).click();
  await page.getByRole("button", { name: /^撤销/ }).first().click();
  await expect(page.getByText("正在办理")).toBeVisible();
  await page.getByRole("button", { name: "办结：已登记" }).click();
  await expect(page.getByRole("button", { name: /^叫下一个/ })).toBeVisible();
  await page.goto("/staff/day?state=all");
  await look(page, "/staff/day");
  await page.goto("/staff/day/print");
  await look(page, "/staff/day/print");
  await page.goto("/staff/account");
  await lookInBothModes(page, "/staff/account");
  await page.goto("/staff/day");
  await page.getByRole("button", { name: /^关闭窗口/ }).click();
  await page.getByRole("button", { name: "退出" }).click();
  await expect(page).toHaveURL(/\/staff\/sign-in$/);
});

test("a display and a kiosk are opened by links that work once", async ({ page, browser }) => {
  await signIn(page, "demo-manager", "/staff/office");
  await lookInBothModes(page, "/staff/office");
  const display = await opened(page, browser, "叫号屏");
  await lookInBothModes(display, "/display/{office}");
  const kiosk = await opened(page, browser, "自助签到机");
  await lookInBothModes(kiosk, "/kiosk/{office}");
  await kiosk.getByRole("button", { name: "结婚登记" }).click();
  await expect(kiosk.getByText("您的号码")).toBeVisible();
  await look(kiosk, "/kiosk/{office}");
  await Promise.all([display.context().close(), kiosk.context().close()]);
});

test("an editor tries a notice out before it is published", async ({ page }) => {
  await signIn(page, "demo-editor", "/staff/notices");
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
  await signIn(page, "demo-manager-2", "/staff/day/paper");
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

/** Makes a screen and opens it in a browser of its own. */
async function opened(page: Page, browser: Browser, kind: string) {
  await page.goto("/staff/office");
  await page.getByRole("radio", { name: kind }).check();
  await page.getByLabel("放在哪里").fill("大厅东侧");
  await page.getByRole("button", { name: "生成链接" }).click();
  const link = await page.locator(".one-time").innerText();
  await look(page, "/staff/office");
  const { javaScriptEnabled, viewport } = test.info().project.use;
  const context = await browser.newContext({ javaScriptEnabled, viewport, reducedMotion: "reduce" });
  const screen = await context.newPage();
  await screen.goto(new URL(new URL(link).pathname, page.url()).href);
  await look(screen, "/screen/{code}");
  await screen.getByRole("button", { name: "就用这块屏幕" }).click();
  return screen;
}

test("a call reaches the display at once, and a display without a line says so @scripts", async ({ page, browser }) => {
  await signIn(page, "demo-manager", "/staff/office");
  const display = await opened(page, browser, "叫号屏");
  await expect(display.locator("#live")).toHaveText(/联机/);
  await page.goto("/staff/day");
  await sitDown(page);
  await page.getByRole("button", { name: /^叫下一个/ }).click();
  const number = await page.locator("#current").innerText();
  await expect(display.locator(".hall-ticket").first()).toHaveText(number);
  await display.context().setOffline(true);
  await expect(display.locator("#live")).toHaveText(/未联机/, { timeout: 12_000 });
  await display.context().setOffline(false);
  await expect(display.locator("#live")).toHaveText(/^联机/, { timeout: 5_000 });
  await display.context().close();
  await page.getByRole("button", { name: /^撤销/ }).first().click();
  await page.getByRole("button", { name: /^关闭窗口/ }).click();
});

test("keys lead to what is done most, and can be switched off @scripts", async ({ page }) => {
  await signIn(page, "demo-clerk-2", "/staff/day");
  await sitDown(page);
  await page.locator("body").press("n");
  await expect(page.locator("#next")).toBeFocused();
  await page.locator("h1").press("/");
  await expect(page.locator("#q")).toBeFocused();
  await page.locator("#q").pressSequentially("n/s");
  await expect(page.locator("#q")).toHaveValue("n/s");
  await page.getByRole("button", { name: "关掉快捷键" }).click();
  await page.locator("body").press("n");
  await expect(page.locator("#next")).not.toBeFocused();
  await page.reload();
  await expect(page.getByRole("button", { name: "打开快捷键" })).toBeVisible();
  await page.getByRole("button", { name: /^关闭窗口/ }).click();
});
