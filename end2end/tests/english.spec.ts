// English words are longer: nothing is wider than a phone, whatever the size of print, and nothing of the held time is cut off.
import { elderCookie, screens } from "../browser.mjs";
import { holdATime } from "./couple";
import { expect, fitsInEverySize, test } from "./house";

// A date of December is as long as they come.
test.use({ clock: "2026-12-01T09:30:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" }, viewport: screens.phone.viewport });

for (const address of [
  "/en",
  "/en/stations",
  "/en/stations/es-440305007",
  "/en/stations/es-440305007003",
  "/en/stations/es-440305007003/print",
  "/en/marriage/registries/nanshan",
  "/en/marriage/registries/demo-bay",
  "/en/marriage/book?registry=nanshan&date=2026-12-04",
  "/en/marriage/book?registry=nanshan&date=2026-12-05",
]) {
  test(`${address} fits on a phone in every size of print`, async ({ page }) => {
    await page.goto(address);
    await fitsInEverySize(page);
  });
}

test("a span of hours is not parted from its comma", async ({ page, context, baseURL }) => {
  await context.addCookies([elderCookie(baseURL!, 22)]);
  for (const address of ["/en/stations/es-440305007003", "/stations/es-440305007003/print"]) {
    await page.goto(address);
    const parted = await page.locator(".week td").evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        const lines: [number, string][] = [];
        for (let text = texts.nextNode() as Text | null; text; text = texts.nextNode() as Text | null) {
          for (let at = 0; at < text.length; at += 1) {
            const range = document.createRange();
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            const top = Math.round(range.getBoundingClientRect().top);
            const last = lines.at(-1);
            if (last && Math.abs(last[0] - top) < 8) last[1] += text.data[at];
            else lines.push([top, text.data[at]]);
          }
        }
        return lines.map(([, line]) => line.trim()).filter((line) => /^[,，]/.test(line));
      }),
    );
    expect(parted, `lines that begin with a comma on ${address}`).toEqual([]);
  }
});

test("nothing of the held time is cut off on a phone", async ({ page }) => {
  await holdATime(page, "/marriage/book?registry=demo-hill&date=2026-12-09");
  await expect(page).toHaveURL(/\/details\/first$/);
  await page.goto("/en/marriage/book/details/first");
  const cut = await page.locator(".hold-words *:visible").evaluateAll((parts) =>
    parts
      .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline")
      .map((part) => part.textContent),
  );
  expect(cut, "words that are cut off").toEqual([]);
  await expect(page.locator(".held-full")).toContainText("Demo Hill Marriage Registry");
});

test("the sheet for the wall is printed large, on one page", async ({ page }) => {
  await page.goto("/stations/es-440305007003/print");
  const sheets = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  expect(sheets.length).toBe(1);
  await page.emulateMedia({ media: "print" });
  const high = await page.locator(".wall .week td").first().evaluate((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().height;
  });
  expect(high, "a line of 16 points").toBeGreaterThan(23);
});
