// A passkey of the browser's own virtual authenticator: added after password and code, and the second half of a sign-in.
import type { Page } from "@playwright/test";
import { expect, lookInBothModes, test } from "./house";
import { signOut } from "./at_work";

test.use({ settings: { HUIMIN_PASSKEYS: "required" } });

const PASSWORD = "demo-huimin";

async function signInWithCode(page: Page, home: string, account: string) {
  await page.goto(`${home}/staff/sign-in`);
  await page.getByLabel("账号").fill(account);
  await page.getByLabel("密码").fill(PASSWORD);
  const answer = await page.request.get(`${home}/demo/staff-code/${account}`);
  await page.getByLabel("动态码").fill(((await answer.json()) as { code: string }).code);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

test("an administrator works only with a passkey, which signs in without a code @scripts", async ({ page, baseURL }) => {
  // Keys know the portal by a name.
  const home = `http://localhost:${new URL(baseURL!).port}`;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true } as const;
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });

  await signInWithCode(page, home, "demo-admin");
  await page.goto(`${home}/staff/account`);
  await expect(page.getByText("要用通行密钥登录才能工作")).toBeVisible();
  await page.getByRole("link", { name: "通行密钥" }).click();
  await lookInBothModes(page, "/staff/account/keys");
  await page.getByLabel(/起个名字/).fill("办公室 <b>钥匙</b>");
  await page.getByRole("button", { name: "添加一把通行密钥" }).click();
  await expect(page.locator(".sitting-browser")).toHaveText("办公室 <b>钥匙</b>");
  await page.goto(`${home}/staff/account`);
  await expect(page.getByText("要用通行密钥登录才能工作")).toBeHidden();

  await signOut(page);
  await page.goto(`${home}/staff/sign-in`);
  await page.getByLabel("账号").fill("demo-admin");
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByRole("button", { name: /用通行密钥登录/ }).click();
  await expect(page).toHaveURL(/\/staff\/people/);
  await page.goto(`${home}/staff/account`);
  await expect(page.getByText("要用通行密钥登录才能工作")).toBeHidden();

  // Whoever comes with a code cannot change what a key protects.
  await signOut(page);
  await signInWithCode(page, home, "demo-admin");
  await page.goto(`${home}/staff/account/keys`);
  await expect(page.getByText("请先用通行密钥登录")).toBeVisible();
  await expect(page.getByRole("button", { name: /^删除/ })).toBeHidden();
});
