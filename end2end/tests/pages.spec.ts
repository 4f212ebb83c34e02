// Every page that can be opened as it is, in both languages and both reading modes: accessible, no wider than the
// screen, silent, and with links that lead somewhere. Pages behind a form are looked at by their journeys.
import { readFileSync } from "node:fs";
import { expect, fitsInEverySize, lookInBothModes, test } from "./house";

type Row = { visit?: string[]; journey?: string; why_not?: string };
const routes: Record<string, Row> = JSON.parse(readFileSync(new URL("../routes.json", import.meta.url), "utf8"));

for (const [route, { visit = [] }] of Object.entries(routes)) {
  for (const address of visit.flatMap((path) => [path, path === "/" ? "/en" : `/en${path}`])) {
    test(`${address} is accessible in both reading modes`, async ({ page }) => {
      const answer = await page.goto(address);
      expect(answer?.status()).toBe(200);
      await lookInBothModes(page, route);
      await fitsInEverySize(page);
    });
  }
}

test("every link on these pages leads to a page of ours that exists @plain", async ({ page, request, baseURL }) => {
  const links = new Set<string>();
  for (const address of Object.values(routes).flatMap(({ visit = [] }) => visit)) {
    await page.goto(address);
    for (const link of await page.locator("a[href]").evaluateAll((found) => found.map((a) => (a as HTMLAnchorElement).href))) {
      if (link.startsWith(`${baseURL}/`)) links.add(link.split("#")[0]);
    }
  }
  const broken = [];
  for (const link of links) {
    if (!(await request.get(link)).ok()) broken.push(link);
  }
  expect(broken).toEqual([]);
});
