// Back, as browsers do it that keep the page they left: what was typed is there, and what it says is still true.
import { type Page } from "@playwright/test";
import { wholeBrowser } from "../browser.mjs";
import { holdATime, newCouple } from "./couple";
import { expect, test } from "./house";
import { hydrated } from "./island";

test.use({
  clock: "2026-05-13T10:00:00+08:00",
  settings: { HUIMIN_RATE_LIMIT: "off" },
  // Playwright takes this memory of pages away; a browser in a hand has it.
  launchOptions: { ...wholeBrowser, ignoreDefaultArgs: ["--disable-back-forward-cache"] },
});

const DAY = "/marriage/book?registry=demo-hill&date=2026-05-25";
const number = (page: Page) => page.getByLabel("证件号码", { exact: true });

test("Back brings back what was typed, what is to be said of it and the time that runs @scripts", async ({ page }, { workerIndex }) => {
  // A page that is shown again, and not loaded again, says so.
  await page.addInitScript(() =>
    addEventListener("pageshow", ({ persisted }) => persisted && document.body.setAttribute("data-kept", "")),
  );
  await holdATime(page, DAY);
  await hydrated(page);
  const { groom } = newCouple(workerIndex);
  await page.getByLabel("姓名", { exact: true }).fill(groom.name);
  await number(page).fill(groom.number.slice(0, 17) + (groom.number.endsWith("0") ? "1" : "0"));
  const typed = await number(page).inputValue();
  const said = await page.locator(".id-check > p").innerText();
  expect(said).toContain("最后一位");
  await page.getByRole("link", { name: "选时间" }).click();
  await expect(page).toHaveURL("/marriage/book");
  // `page.goBack` would wait for the page to load.
  await page.evaluate(() => history.back());
  await expect(page.locator("body[data-kept]")).toHaveCount(1);
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue(groom.name);
  await expect(number(page)).toHaveValue(typed);
  await expect(page.locator(".id-check > p")).toHaveText(said);
  const left = page.locator(".hold-left");
  await expect(left).not.toHaveText(await left.innerText());
});
