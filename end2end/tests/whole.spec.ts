// In the largest print on a phone: no line breaks a date, a time, a weekday, or a number from what it counts; nothing
// is cut off; and the bar leaves the screen to the page.
import { type Page } from "@playwright/test";
import { elderCookie, screens } from "../browser.mjs";
import { bookATime, holdATime, newCouple } from "./couple";
import { expect, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" }, viewport: screens.phone.viewport });

const DAY = "/marriage/book?registry=demo-hill&date=2026-05-25";
const LARGEST = 30;

/** The phrases that stand on more than one line, wherever on the page they are said. Runs in the page. */
function broken() {
  const phrase =
    /\d{4}年\d+月\d+日|\d+月\d+日|星期.|(上午|中午|下午|晚上|凌晨) \d+:\d\d|不收费|(剩 )?\d+ ?(个名额|个|分钟|秒|小时|天|位|周岁|张|寸)|\d+ [A-Z][a-z]+ \d{4}|\d+:\d\d (am|pm|noon)|\d+ (places? left|left|minutes?|seconds?|hours?|days?|guests)|\d{4}-\d{8}/g;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  let said = 0;
  for (let text = texts.nextNode() as Text | null; text; text = texts.nextNode() as Text | null) {
    if (text.parentElement!.closest("script, select, svg, .hidden-visually, [hidden]")) continue;
    for (const match of text.data.matchAll(phrase)) {
      const range = document.createRange();
      range.setStart(text, match.index!);
      range.setEnd(text, match.index! + match[0].length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) found.push(`${match[0]} in ${text.data}`);
      said += lines.size > 0 ? 1 : 0;
    }
  }
  return { found, said };
}

/** Opens a page in the largest print, and looks whether all its phrases are whole. */
async function whole(page: Page, address: string) {
  await page.goto(address);
  await look(page);
}

async function look(page: Page) {
  await expect(page.locator("html")).toHaveAttribute("data-size", String(LARGEST));
  const { found, said } = await page.evaluate(broken);
  expect(found, `broken phrases on ${page.url()}`).toEqual([]);
  expect(said, `phrases on ${page.url()}`).toBeGreaterThan(0);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, `pixels wider than the screen on ${page.url()}`).toBeLessThanOrEqual(0);
}

test.beforeEach(async ({ context, baseURL }) => {
  await context.addCookies([elderCookie(baseURL!, LARGEST)]);
});

for (const language of ["", "/en"]) {
  const name = language ? "English" : "Chinese";

  test(`in ${name} no page breaks a phrase`, async ({ page }) => {
    for (const address of ["", "/marriage", "/ceremony", "/marriage/book", "/marriage/check", DAY, "/privacy"]) {
      await whole(page, `${language}${address}` || "/");
    }
  });

  test(`in ${name} the line of the held time is whole, and the bar is small`, async ({ page }) => {
    await holdATime(page, DAY);
    await whole(page, `${language}/marriage/book/details/first`);
    const cut = await page.locator(".hold-words *:visible").evaluateAll((parts) =>
      parts
        .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== "inline")
        .map((part) => part.textContent),
    );
    expect(cut, "words that are cut off").toEqual([]);
    const line = (await page.locator(".hold-words").boundingBox())!;
    const acts = (await page.locator(".hold-acts").boundingBox())!;
    const time = (await page.locator(".hold-what strong").boundingBox())!;
    expect(time.x + time.width, "the time ends before the button").toBeLessThanOrEqual(acts.x);
    expect(line.height, "two lines; four in the largest print").toBeLessThan(115);

    const bar = (await page.locator("header").boundingBox())!;
    expect(bar.height, "the bar and the demo strip").toBeLessThan(740 / 4);
    for (const target of await page.locator("header").locator("a, button:not(.hidden-visually)").all()) {
      const size = await target.boundingBox();
      if (size && size.height > 1) expect(size.height, await target.innerText()).toBeGreaterThanOrEqual(44);
    }
  });
}

test("a booking and its sheet of paper break no phrase", async ({ page }, { workerIndex }) => {
  const reference = await bookATime(page, newCouple(workerIndex), "/marriage/book?registry=demo-hill&date=2026-05-26");
  for (const language of ["", "/en"]) {
    for (const below of ["", "/print", "/cancel", "/data", "/reschedule"]) {
      await whole(page, `${language}/marriage/bookings/${reference}${below}`);
    }
  }
});

test("the answer of the check breaks no phrase", async ({ page }) => {
  await page.goto("/marriage/check");
  for (const party of [0, 1]) {
    for (const [part, typed] of [["year", "2004"], ["month", "5"], ["day", "26"]]) {
      await page.locator(`[name="parties.${party}.birth_date.${part}"]`).fill(typed);
    }
    await page.locator(`[name="parties.${party}.status"]`).first().check();
  }
  await page.locator('[name="kinship"]').first().check();
  await page.locator("#check button").last().click();
  await expect(page.locator("#verdict")).toContainText("2026年5月26日起可以");
  await look(page);
  // Of age within the days that can be booked: that day is the way on.
  await expect(page.locator("#answer .button-primary")).toHaveAttribute("href", "/marriage/book?date=2026-05-26");
});
