// What the tests of the islands share.
import { expect, type Locator, type Page } from "@playwright/test";

/** The file that every island waits for. */
export const BROWSER_HALF = "**/*.wasm";

/** Waits until every island of the page listens. */
export async function hydrated(page: Page) {
  await expect(page.locator("leptos-island[data-hydrated]").first()).toBeAttached();
  await expect(page.locator("leptos-island:not([data-hydrated])")).toHaveCount(0);
}

/** Keeps the browser half from arriving until the answer is called. */
export async function delayed(page: Page) {
  let arrive = () => {};
  const arrives = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(BROWSER_HALF, async (route) => {
    await arrives;
    await route.continue();
  });
  return arrive;
}

/** Marks the page that is open; the mark is gone once another one was loaded in its place. */
export async function mark(page: Page): Promise<Locator> {
  await page.evaluate(() => document.body.setAttribute("data-marked", ""));
  return page.locator("body[data-marked]");
}
