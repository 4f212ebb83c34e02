// The benefit check, opened and answered: what its journeys share.
import type { Page } from "@playwright/test";
import { expect, test } from "./house";

/** After the day on which the sources of the figures were read: before it they were not known. */
export const ONCE_READ = { clock: "2026-12-02T09:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } };

export const CHECK = "/benefits/check";

/** Opens the check; with scripts, waits until it runs in the page. */
export async function open(page: Page, address = CHECK) {
  await page.goto(address);
  if (await scripted(page)) await expect(page.locator("#check[data-hydrated]")).toBeVisible();
}

/** Whether scripts run in this page. */
export async function scripted(page: Page) {
  return test.info().project.use.javaScriptEnabled !== false && page.url().includes(CHECK);
}

export const go = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
export const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** Answers one page after another with what the callback picks, until the result is there. */
export async function untilResult(page: Page, answer: (heading: string) => Promise<void> = async () => {}) {
  for (let turn = 0; turn < 30; turn++) {
    const heading = ((await title(page).textContent()) ?? "").trim();
    if (await page.locator(".outcome").count()) return;
    await answer(heading);
    const at = page.locator("input[name=at]");
    const before = await at.inputValue();
    await go(page, "下一步");
    await expect(at).not.toHaveValue(before);
  }
  throw new Error("the check never came to a result");
}

export async function begin(page: Page, people: [string, string][], all: boolean) {
  await go(page, "开始");
  await expect(title(page)).toHaveText("家里有谁");
  for (const [place, [name, age]] of people.entries()) {
    if (place > 0) await go(page, "再加一个人");
    await page.locator(`[name="people.${place}.name"]`).fill(name);
    await page.locator(`[name="people.${place}.birth.age"]`).fill(age);
  }
  if (all) await page.getByLabel("都列出来了").check();
}
