// Whoever works here: how they come in, sit down at a counter and leave it again.
import { type Page, expect } from "@playwright/test";

/** A Wednesday, with couples who wait, who are late, in time or early, and a time that nobody came to. */
export const MORNING = "2026-05-13T10:31:00+08:00";
export const PASSWORD = "demo-huimin";

type Cookie = { name: string; value: string; url: string };

/** Who signed in where. A code opens the door once, and there are three in a minute and a half. */
const known = new Map<string, Cookie[]>();

/** A code of the account's authenticator that was not used yet. */
export async function codeOf(page: Page, account: string) {
  const answer = await page.request.get(`/demo/staff-code/${account}`);
  expect(answer.ok(), `a code for ${account}`).toBe(true);
  return ((await answer.json()) as { code: string }).code;
}

/** Fills in the door, wherever one stands before it. */
export async function fillDoor(page: Page, account: string) {
  await page.getByLabel("账号").fill(account);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByLabel("动态码").fill(await codeOf(page, account));
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

/** Opens a page as somebody who is signed in. */
export async function atWork(page: Page, account: string, path: string) {
  await page.goto("/staff/sign-in");
  const { origin } = new URL(page.url());
  const key = `${origin} ${account}`;
  if (!known.has(key)) {
    const data = { account, password: PASSWORD, code: await codeOf(page, account) };
    const answer = await page.request.post("/api/v1/staff/session", { data });
    expect(answer.status(), `${account} signs in`).toBe(204);
    const cookies = (await page.context().cookies()).filter(({ name }) => name.startsWith("staff"));
    known.set(key, cookies.map(({ name, value }) => ({ name, value, url: origin })));
  }
  await page.context().addCookies(known.get(key)!);
  await page.goto(path);
}

/** Opens the day and takes the first counter that is free. */
export async function sitDown(page: Page, account: string) {
  await atWork(page, account, "/staff/day");
  await page.getByRole("button", { name: /^坐到/ }).first().click();
  await expect(page.getByRole("button", { name: /^叫下一个/ })).toBeVisible();
}

/** Leaves the counter, so that the next one finds it free. */
export async function leave(page: Page) {
  await page.goto("/staff/day");
  await page.getByRole("button", { name: /^关闭窗口/ }).click();
  await expect(page.getByRole("heading", { name: "您坐哪个窗口？" })).toBeVisible();
}

/** On a phone the ways of staff stand behind one press. */
export async function openMenu(page: Page) {
  const menu = page.locator(".staff-menu > summary");
  if (await menu.isVisible()) await menu.click();
}

/** Goes out by the button that stands on every page. */
export async function signOut(page: Page) {
  await openMenu(page);
  await page.getByRole("button", { name: "退出" }).click();
}

/** Goes on with the tabulator until it stands on something. */
export async function tabTo(page: Page, name: RegExp | string) {
  const wanted = page.getByRole("button", { name }).or(page.getByRole("link", { name })).or(page.getByLabel(name));
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    for (const one of await wanted.all()) {
      if (await one.evaluate((element) => element === document.activeElement)) return;
    }
  }
  throw new Error(`the tabulator does not come to ${name}`);
}
