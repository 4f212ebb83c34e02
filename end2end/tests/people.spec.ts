// An administrator of the demonstration takes somebody on, who sets the account up and looks after it.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, look, lookInBothModes, test } from "./house";
import { openMenu } from "./at_work";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const PASSWORD = "four quiet words here";

async function signIn(page: Page, account: string, password: string, code: string) {
  await page.goto("/staff");
  await page.getByLabel("账号", { exact: true }).fill(account);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByLabel("动态码").fill(code);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  const goOn = page.getByRole("link", { name: "继续" });
  if (await goOn.isVisible()) await goOn.click();
}

async function invented(page: Page, account: string) {
  const answer = await page.request.get(`/demo/staff-code/${account}`);
  expect(answer.ok(), `a code for ${account}`).toBe(true);
  await signIn(page, account, "demo-huimin", ((await answer.json()) as { code: string }).code);
}

/** What an authenticator with this secret shows at an instant (RFC 6238). */
function totp(secret: string, at: number) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

test("somebody is taken on, sets the account up and looks after it", async ({ page, browser }, info) => {
  await invented(page, "demo-admin");
  await expect(page).toHaveURL(/\/staff\/people/);
  await lookInBothModes(page, "/staff/people");
  await page.goto("/staff/people/demo-clerk");
  await lookInBothModes(page, "/staff/people/{account}");
  await page.getByText("授予岗位…").click();
  await look(page, "/staff/people/{account}");
  await page.goto("/staff/new-person");
  await lookInBothModes(page, "/staff/new-person");
  await page.getByRole("button", { name: "登记，生成邀请码" }).click();
  await expect(page.getByRole("alert")).toContainText("处需要更正");
  await look(page, "/staff/new-person");
  const account = `new.${info.project.name.replace(/[^a-z]/g, "")}`;
  const number = numberOf(info.workerIndex + info.retry * 50);
  await page.getByLabel("姓名").fill("演示新人");
  await page.getByLabel("身份证号码").fill(number);
  await page.getByLabel("账号名").fill(account);
  await page.getByRole("radio", { name: "窗口工作人员" }).check();
  await page.getByRole("button", { name: "登记，生成邀请码" }).click();
  await look(page, "/staff/new-person");
  const code = await page.locator("#handed code").innerText();
  // The middle of the minute on the server's clock: its codes are taken until half a minute into the next one.
  await page.goto(`/staff/people/${account}`);
  const since = await page.locator(".summary-row", { hasText: "登记时间" }).innerText();
  const minute = /\d+:\d+/.exec(since)?.[0];
  const at = Date.parse(`2026-05-13T${minute}:30+08:00`);

  const { javaScriptEnabled, viewport } = info.project.use;
  const context = await browser.newContext({ javaScriptEnabled, viewport, reducedMotion: "reduce" });
  const own = await context.newPage();
  await own.goto(new URL("/staff/invitation", page.url()).href);
  await own.getByLabel("账号", { exact: true }).fill(account);
  await own.getByLabel("邀请码").fill(code);
  await own.getByRole("button", { name: /^下一步/ }).click();
  await look(own, "/staff/invitation");
  await own.getByText("扫不了，改用手工输入").click();
  const secret = await own.locator(".secret-letters").innerText();
  await own.getByLabel("新密码").fill(PASSWORD);
  await own.getByLabel("验证器现在显示的 6 位数字").fill(totp(secret, at));
  await own.getByRole("button", { name: /^设置好/ }).click();
  await look(own, "/staff/invitation");
  const paper = await own.locator(".paper-codes code").allInnerTexts();
  expect(paper).toHaveLength(10);
  const seen = await own.locator("#number").innerText();
  await own.getByRole("link", { name: /^我收好了/ }).click();
  await signIn(own, account, PASSWORD, paper[0]!);
  await expect(own.getByText("账号设好了，还差第二个人确认")).toBeVisible();
  await look(own, "/staff/sign-in");
  await page.goto("/staff/people");
  await expect(page.getByText("前一步是您办的").first()).toBeVisible();
  await look(page, "/staff/people");

  // The manager sees the person, who reads the number to her.
  const managers = await browser.newContext({ javaScriptEnabled, viewport, reducedMotion: "reduce" });
  const manager = await managers.newPage();
  await invented(manager, "demo-manager");
  await openMenu(manager);
  await manager.getByRole("link", { name: /^等您确认/ }).click();
  await lookInBothModes(manager, "/staff/confirm");
  const task = manager.locator("li", { hasText: `（${account}）` });
  await task.getByRole("button", { name: "见到本人了，确认" }).click();
  await expect(manager.getByRole("alert")).toContainText("处需要更正");
  await look(manager, "/staff/confirm");
  await task.getByLabel(/报的 6 位数字/).fill(seen);
  await task.getByRole("button", { name: "见到本人了，确认" }).click();
  await expect(manager.getByText("确认了，本人可以登录了")).toBeVisible();
  await managers.close();
  await signIn(own, account, PASSWORD, paper[1]!);
  for (const path of ["/staff/account/password", "/staff/account/authenticator", "/staff/account/codes"]) {
    await own.goto(new URL(path, page.url()).href);
    await lookInBothModes(own, path);
  }
  await own.getByRole("button", { name: /^换一套/ }).click();
  await look(own, "/staff/account/codes");
  await context.close();

  await page.goto("/staff/people/demo-editor");
  await page.getByText("授予岗位…").click();
  await page.getByRole("radio", { name: "账号管理员" }).check();
  await page.getByRole("button", { name: "授予岗位", exact: true }).click();
  await look(page, "/staff/people/{account}");
  await page.goto("/staff/people");
  await expect(page.getByText("等另一位管理员同意")).toBeVisible();
  await look(page, "/staff/people");
  await page.goto(`/staff/people/${account}`);
  await page.getByText("丢了密码或者验证器…").click();
  await page.getByLabel(/^本人就在面前/).check();
  await page.getByRole("button", { name: "生成新的邀请码" }).click();
  await expect(page.locator("#handed")).toBeVisible();
  await look(page, "/staff/people/{account}");
});

/** An invented number of a place that there is not, with its check digit. */
function numberOf(n: number) {
  const first = `10000019900202${String(n + 1).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...first].reduce((sum, digit, place) => sum + Number(digit) * weights[place]!, 0);
  return first + "10X98765432"[sum % 11];
}
