// What a browser keeps of places for a time without a network: kept, looked at, and opened without one.
import type { BrowserContext, Page } from "@playwright/test";
import { expect } from "./house";

export const CLOCK = "2026-05-13T10:05:00+08:00";
export const STREET = "/stations?street=440305007";
export const CENTRE = "/stations/es-440305007";
export const OF_WHEN = "现在连不上网站，下面是 2026年5月13日 10:";

/** Everything that is kept, by its path. */
export function kept(page: Page) {
  return page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => url.slice(location.origin.length));
  });
}

/** Opens a page and waits until it is kept. */
export async function keep(page: Page, path: string) {
  await page.goto(path);
  await expect.poll(() => kept(page), `${path} is kept`).toContain(path);
}

/** Opens a page without a network. */
export async function openWithout(page: Page, context: BrowserContext, path: string) {
  await context.setOffline(true);
  await page.goto(path);
}
