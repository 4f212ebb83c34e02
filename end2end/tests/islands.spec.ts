// Which pages load the browser half, what holds until it has come, and that nothing else can run in a page.
import { readFileSync } from "node:fs";
import { goOn } from "./couple";
import { expect, test } from "./house";
import { hydrated, BROWSER_HALF, delayed, mark } from "./island";

test.use({ settings: { HUIMIN_RATE_LIMIT: "off" } });

type Row = { visit?: string[] };
const routes: Record<string, Row> = JSON.parse(readFileSync(new URL("../routes.json", import.meta.url), "utf8"));
const PAGES = [...Object.values(routes).flatMap(({ visit = [] }) => visit), "/marriage/book/details/first"];
const HALF = /\/huimin[^/]*\.(js|wasm)$/;

test("a page loads the browser half exactly when it has an island, and one without loads no script for it @scripts", async ({ page }) => {
  // Every page there is, one after the other.
  test.slow();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  // Every page is the first one: nothing comes out of the memory of the pages before.
  const session = await page.context().newCDPSession(page);
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const found = { with: 0, without: 0 };
  for (const address of PAGES) {
    asked.length = 0;
    await page.goto(address, { waitUntil: "networkidle" });
    const half = asked.filter((path) => HALF.test(path));
    const others = asked.filter((path) => /\.(js|wasm)$/.test(path) && !HALF.test(path) && !/\/loader-/.test(path));
    if (await page.locator("leptos-island").count()) {
      found.with++;
      expect(half, address).toHaveLength(2);
      await hydrated(page);
    } else {
      found.without++;
      expect(asked.filter((path) => HALF.test(path) || /\/loader-/.test(path)), address).toEqual([]);
    }
    // The other scripts replace a page in the history, run the benefit check, keep a page of places and find the nearest, only
    // where a page asks for that.
    expect(others.length > 0, address).toBe((await page.locator("a[data-replace], [data-policy], .as-of, #near").count()) > 0);
  }
  expect(found.with).toBeGreaterThanOrEqual(3);
  expect(found.without).toBeGreaterThanOrEqual(3);
});

test("a script or a style written into a page does not run, and the tests would hear of it @scripts", async ({ page, troubles }) => {
  await page.route("/privacy", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("</main>", `<p style="color: red" id="evil">?</p><script>document.title = "evil"</script></main>`);
    await route.fulfill({ response, body });
  });
  await page.goto("/privacy");
  await expect(page.locator("#evil")).not.toHaveCSS("color", "rgb(255, 0, 0)");
  await expect(page).not.toHaveTitle("evil");
  await expect.poll(() => troubles.unexpected().length).toBe(2);
  troubles.expected(/Content Security Policy/);
});

test("until the browser half has come, and if it never comes, forms are answered by the server @scripts", async ({ page, troubles }) => {
  troubles.expected(/\.wasm|Failed to fetch/);
  await page.route(BROWSER_HALF, (route) => route.abort("connectionfailed"));
  await page.goto("/marriage/check");
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "看结果" }).click();
  expect((await sent).isNavigationRequest()).toBe(true);
  await expect(page.locator("#errors")).toBeVisible();
  await expect(page.locator("leptos-island[data-hydrated]")).toHaveCount(0);
});

test("a form that is sent while the browser half is still on its way goes on without it @scripts", async ({ page }) => {
  const arrive = await delayed(page);
  await page.goto("/marriage/book/details/first");
  const marked = await mark(page);
  await page.getByLabel("姓名", { exact: true }).fill("演示甲");
  await goOn(page);
  await expect(page.locator(".errors")).toBeVisible();
  await expect(marked).toHaveCount(0);
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue("演示甲");
  arrive();
  await hydrated(page);
  await expect(page.getByLabel("姓名", { exact: true })).toHaveValue("演示甲");
});
