import { expect, test } from "./house";

for (const [path, tag] of [
  ["/", "zh-CN"],
  ["/en", "en"],
] as const) {
  test(`the home page in ${tag} opens, says its language and has one heading`, async ({ page }) => {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    await expect(page.locator("html")).toHaveAttribute("lang", tag);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  });
}

test("the language switch leads to the same page in the other language and back", async ({ page }) => {
  await page.goto("/marriage");
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL("/en/marriage");
  await page.getByRole("link", { name: "中文" }).click();
  await expect(page).toHaveURL("/marriage");
});

test("the elder mode is one press away, stays on the next page and can be left again", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "长者版" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await page.goto("/marriage");
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await page.getByRole("button", { name: "标准版" }).click();
  await expect(page).toHaveURL("/marriage");
  await expect(page.locator("html")).not.toHaveAttribute("data-mode", "elder");
});

test("a page without islands loads no browser code @scripts", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/", { waitUntil: "networkidle" });
  await expect(page.locator("leptos-island")).toHaveCount(0);
  expect(asked.filter((path) => /\.wasm$|huimin-.*\.js$/.test(path))).toEqual([]);
});

test("the services that have a hall or a list and the first free times are on the first screen of a phone", async ({ page }) => {
  await page.goto("/");
  const tiles = page.locator(".tiles > li");
  await expect(tiles).toHaveCount(5);
  // Applications come last: whoever begins one has read of it before.
  for (const tile of (await tiles.all()).slice(0, 4)) {
    const box = await tile.boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(740);
  }
  await expect(tiles.filter({ hasText: "最早可约" })).toHaveCount(2);
  await page.getByRole("link", { name: "有亲人离世" }).click();
  await expect(page).toHaveURL(/\/benefits\/check/);
});

test("a browser that knows no layers shows a plain page with small drawings", async ({ page }) => {
  await page.route("**/*.css", async (route) => {
    const sheet = await (await route.fetch()).text();
    await route.fulfill({ contentType: "text/css", body: withoutLayers(sheet) });
  });
  for (const path of ["/", "/marriage/book?registry=demo-hill&date=2026-05-20"]) {
    await page.goto(path);
    const sizes = await page.locator("svg").evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().width));
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(32);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    expect((await page.locator("body").boundingBox())!.width).toBeLessThanOrEqual(800);
  }
});

/** What such a browser reads of a sheet: no block of a layer, and the rules for those who lack what came with layers. */
function withoutLayers(sheet: string) {
  let read = "";
  for (let at = 0; at < sheet.length; ) {
    const layer = /@layer[^{;]*[{;]/y;
    layer.lastIndex = at;
    const found = layer.exec(sheet)?.[0];
    if (!found) {
      read += sheet[at++];
      continue;
    }
    at += found.length;
    for (let depth = found.endsWith("{") ? 1 : 0; depth > 0; at++) depth += sheet[at] === "{" ? 1 : sheet[at] === "}" ? -1 : 0;
  }
  expect(read).toContain("@supports");
  return read.replace(/@supports[^{]*\{/, "@media all {");
}
