// The benefit check, in the browser and without scripts: the same questions, mistakes and steps.
import { CHECK, ONCE_READ, begin, go, open, scripted, title, untilResult } from "./checking";
import { expect, look, test } from "./house";

test.use(ONCE_READ);

test("who is not sure of the one deciding question keeps what it was asked for, and an empty one asks to choose", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["我", "82"]], false);
  await go(page, "下一步");
  await page.getByRole("button", { name: "先看结果" }).click();
  await go(page, "看结果");
  await expect(page.getByRole("alert")).toContainText("请选一个答案");
  await look(page, "/benefits/check/{step}");
  await page.locator('.one-question [name="people.0.hukou_here"][value="unsure"]').check();
  await go(page, "看结果");
  for (const id of ["old_age_allowance", "elder_meals"]) {
    await expect(page.locator(`#result-${id} > summary`)).toContainText("还缺回答：我 · 本地户口");
  }
  await expect(page.locator(".outcome-way")).toContainText("长者饭堂");
  await expect(page.locator(".outcome-way").getByRole("link", { name: "12345" })).toHaveCount(1);
  await look(page, "/benefits/check/{step}");
});

test("Back and forward walk between the questions, and answers are still there @scripts", async ({ page }) => {
  await open(page);
  await begin(page, [["妈妈", "72"]], true);
  await go(page, "下一步");
  const second = await title(page).textContent();
  await page.locator("input[type=radio]").first().check();
  await page.goBack();
  await expect(title(page)).toHaveText("家里有谁");
  await expect(page.locator('[name="people.0.name"]')).toHaveValue("妈妈");
  await page.goForward();
  await expect(title(page)).toHaveText(second ?? "");
  await go(page, "上一步");
  await expect(page.locator('[name="people.0.birth.age"]')).toHaveValue("72");
});

test("what cannot be read is told at its field and stays as typed", async ({ page }) => {
  await open(page);
  await begin(page, [["妈妈", "131"]], true);
  await go(page, "下一步");
  await expect(page.getByRole("alert")).toContainText("0 到 130");
  await expect(page.locator('[name="people.0.birth.age"]')).toHaveValue("131");
  await look(page, "/benefits/check/{step}");
  await page.locator('[name="people.0.birth.age"]').fill("７２岁");
  await go(page, "下一步");
  await expect(title(page)).not.toHaveText("家里有谁");
  for (let turn = 0; (await page.locator('[name="household.wages.sum"]:not([type=hidden])').count()) === 0 && turn < 8; turn++) {
    await go(page, "下一步");
    await page.waitForLoadState();
  }
  await page.locator('[name="household.wages.sum"]').fill("三千");
  await go(page, "下一步");
  await expect(page.getByRole("alert")).toContainText("只写数字");
  await expect(page.locator('[name="household.wages.sum"]')).toHaveValue("三千");
});

test("a sum in 万元 is asked about, and a person can be taken off again", async ({ page }) => {
  await open(page);
  await begin(page, [["我", "40"], ["弟弟", "30"], ["妈妈", "72"]], true);
  await page.getByRole("button", { name: "去掉 弟弟" }).click();
  await expect(page.locator('[name="people.1.name"]')).toHaveValue("妈妈");
  await expect(page.locator('[name="people.2.name"]')).toHaveCount(0);
  await go(page, "下一步");
  await untilResult(page, async () => {
    const wages = page.locator('[name="household.wages.sum"]:not([type=hidden])');
    if (await wages.count()) await wages.fill("0.3");
  });
  await expect(page.getByText("单位是元，不是万元")).toBeVisible();
});

test("a few pages ask three people by topic, each of them a box", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["我", "40"], ["妈妈", "72"], ["小宝", "6"]], true);
  await go(page, "下一步");
  const who = page.getByRole("group", { name: "谁的户口在深圳市？" });
  await who.getByLabel("我", { exact: true }).check();
  await who.getByLabel("小宝", { exact: true }).check();
  await look(page, "/benefits/check/{step}");
  await go(page, "下一步");
  await expect(title(page)).toHaveText("收入");
  await go(page, "上一步");
  // What was ticked and what was not stands as it was answered.
  for (const [name, ticked] of [["我", true], ["妈妈", false], ["小宝", true], ["一个都没有", false]] as const) {
    await expect(who.getByLabel(name, { exact: true })).toBeChecked({ checked: ticked });
  }
  let pages = 0;
  await untilResult(page, async () => {
    pages += 1;
    await look(page, "/benefits/check/{step}");
  });
  expect(pages).toBeLessThanOrEqual(4);
  await page.getByText("改回答", { exact: true }).click();
  await expect(page.locator(".summary-row").filter({ hasText: "妈妈 · 本地户口" })).toContainText("不是");
  await page.getByRole("button", { name: "修改 妈妈 · 本地户口" }).click();
  await expect(page.getByRole("group", { name: "妈妈：户口在深圳市吗？" }).getByLabel("不是", { exact: true })).toBeChecked();
});

test("no one and somebody cannot both be ticked, and the way back keeps nothing wrong", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["我", "40"], ["妈妈", "72"]], true);
  await go(page, "下一步");
  const who = page.getByRole("group", { name: "谁的户口在深圳市？" });
  await who.getByLabel("我", { exact: true }).check();
  await who.getByLabel("一个都没有", { exact: true }).check();
  if (await scripted(page)) {
    await expect(who.getByLabel("我", { exact: true })).not.toBeChecked();
    return;
  }
  await go(page, "下一步");
  await expect(page.getByRole("alert")).toContainText("不能和别的一起勾");
  await expect(who.getByLabel("我", { exact: true })).toBeChecked();
  await expect(page).toHaveTitle(/^请更正/);
  await look(page, "/benefits/check/{step}");
});

test("each step says where one is: in its heading, which has the focus, in the title and aloud", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await expect(page.locator("body")).toBeFocused();
  await expect(page).toHaveTitle("看看能办哪些 · 惠民");
  const aloud = page.locator("#check > [role=status]");
  if (await scripted(page)) await expect(aloud).toHaveText("");
  await go(page, "开始");
  const arrived = async (step: string, heading: string) => {
    await expect(title(page)).toHaveText(heading);
    await expect(title(page)).toBeFocused();
    await expect(page).toHaveTitle(`${step}，${heading} · 看看能办哪些 · 惠民`);
    if (await scripted(page)) await expect(aloud).toHaveText(`${step}，${heading}`);
  };
  await arrived("第 2 步", "家里有谁");
  await page.locator('[name="people.0.name"]').fill("妈妈");
  await page.locator('[name="people.0.birth.age"]').fill("131");
  await go(page, "下一步");
  await expect(page.getByRole("alert")).toBeFocused();
  await page.getByRole("alert").getByRole("link").click();
  await expect(page.locator('[name="people.0.birth.age"]')).toBeFocused();
  await page.locator('[name="people.0.birth.age"]').fill("72");
  await page.keyboard.press("Enter");
  await arrived("第 3 步", "户口和住处，已有的救助");
  await go(page, "上一步");
  await arrived("第 2 步", "家里有谁");
  await go(page, "再加一个人");
  await expect(page.locator('[name="people.1.name"]')).toBeFocused();
});

test("what follows from an answer is asked after it @scripts", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["我", "40"]], true);
  await go(page, "下一步");
  for (const heading of ["户口和住处，已有的救助", "收入"]) {
    await expect(title(page)).toHaveText(heading);
    await go(page, "下一步");
  }
  const here = page.getByRole("group", { name: "这件事发生在深圳市吗？" });
  await expect(here).toBeHidden();
  await page.getByLabel("有：突然出事").check();
  await expect(here).toBeVisible();
  await page.getByRole("group", { name: /眼下是不是/ }).getByLabel("没有", { exact: true }).check();
  await expect(here).toBeHidden();
});
