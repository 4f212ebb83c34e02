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
