// The benefit check, in the browser and without scripts: the same results, reasons and amounts, and what is carried along.
import { CHECK, ONCE_READ, begin, go, open, scripted, title, untilResult } from "./checking";
import { expect, look, test } from "./house";

test.use(ONCE_READ);

test("who knows only their mother’s age and that money is short gets a useful page", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await expect(page.getByLabel("钱不够用")).toBeChecked();
  await look(page, "/benefits/check/{step}");
  await begin(page, [["妈妈", "72"]], false);
  await look(page, "/benefits/check/{step}");
  await go(page, "下一步");
  await untilResult(page, async () => look(page, "/benefits/check/{step}"));
  await expect(title(page)).toHaveText(/有\s\d+\s项还缺回答，补上才知道能不能办/);
  await expect(page.locator(".ladder li")).toHaveCount(5);
  const dibao = page.locator("#result-dibao");
  await expect(dibao).toContainText("街道办事处");
  // An answer is lacking: that is said with its question, without a sum that nobody could promise.
  await expect(dibao.locator("summary").first()).toContainText(/还缺回答：.+等 \d+ 题/);
  await expect(page.locator(".fit-amount")).toHaveCount(0);
  await expect(page.locator("main")).not.toContainText("改了以后");
  await dibao.locator("summary").first().click();
  await expect(dibao.getByRole("heading", { name: "怎么办" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "去哪里办" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "要带的材料" })).toBeVisible();
  await look(page, "/benefits/check/{step}");
});

test("who is 82 and short of money is asked the one thing that decides, on the result itself", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["我", "82"]], false);
  await go(page, "下一步");
  await page.getByRole("button", { name: "先看结果" }).click();
  await expect(title(page)).toHaveText(/再答一题，就知道/);
  const asked = page.locator(".one-question");
  await expect(asked.locator(".near li").first()).toContainText("高龄津贴 300 元/月");
  await expect(asked.locator(".near li").first()).toContainText("户口所在地的街道或社区");
  await expect(asked.getByRole("link", { name: "12345" })).toBeVisible();
  await look(page, "/benefits/check/{step}");
  // What it gives, where to go, whom to call and the question itself are seen without scrolling.
  for (const seen of [asked.locator(".near"), asked.locator(".hotline"), asked.locator("legend")]) {
    const box = await seen.boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(page.viewportSize()!.height);
  }
  await asked.locator('[name="people.0.hukou_here"][value="yes"]').check();
  await go(page, "看结果");
  await expect(title(page)).toHaveText(/根据您的回答，有\s2\s项可能可以申请/);
  await expect(page.getByRole("heading", { name: "顺便看到的" }), "it is all that there is").toHaveCount(0);
  await expect(page.locator("#result-old_age_allowance summary").first()).toContainText("300 元/月");
  await expect(page.locator("main"), "an answer is no change").not.toContainText("改了以后");
  await look(page, "/benefits/check/{step}");
});

test("three people with four fits: no more than three screens of a phone, and one sheet of paper", async ({ page }) => {
  await open(page, CHECK);
  await begin(page, [["妈妈", "82"], ["我", "45"], ["小宝", "9"]], true);
  await go(page, "下一步");
  const told = { hukou_here: "yes", lives_here: "yes", in_care_home: "no", disability: "none", self_care: "able", serious_illness: "no" };
  const home = { receives: "none", savings: "none", homes: "one", vehicles: "none", emergency: "none" };
  const sums = { wages: "1500", pensions: "300", other_income: "0", rigid_spending: "3000" };
  const boxes = { hukou_here: ["0", "1", "2"], lives_here: ["0", "1", "2"], in_care_home: ["none"], disability: ["none"], self_care: ["none"], serious_illness: ["none"], obligor: ["none"] };
  const picks = [0, 1, 2].flatMap((person) => Object.entries(told).map(([fact, value]) => [`people.${person}.${fact}`, value]));
  await untilResult(page, async () => {
    for (const [name, value] of [...picks, ...Object.entries(home).map(([fact, value]) => [`household.${fact}`, value])]) {
      const field = page.locator(`[name="${name}"][value="${value}"]:not([type=hidden])`);
      if (await field.count()) await field.check();
    }
    for (const [fact, values] of Object.entries(boxes)) {
      for (const value of values) {
        const box = page.locator(`[name="who.${fact}"][value="${value}"]:not([type=hidden])`);
        if (await box.count()) await box.check();
      }
    }
    for (const [fact, sum] of Object.entries(sums)) {
      const field = page.locator(`[name="household.${fact}.sum"]:not([type=hidden])`);
      if (await field.count()) await field.fill(sum);
    }
  });
  await expect(title(page)).toHaveText(/根据您的回答，有\s4\s项可能可以申请/);
  const rows = page.locator(".outcome > .flow > .fits > .fit > summary");
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText(/最低生活保障（低保）\s*至少 2,805 元\/月（全家）全家 · 户口所在/);
  await look(page, "/benefits/check/{step}");
  const { width } = page.viewportSize()!;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height, `pixels at a width of ${width}`).toBeLessThanOrEqual(2500);
  const paper = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
  expect(paper.match(/\/Type\s*\/Page\b/g), "sheets of paper").toHaveLength(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("低保标准是每人每月至少 1,535 元，您家人均每月 600 元")).toBeVisible();
  await expect(page.getByRole("heading", { name: "您的回答", exact: true })).toBeVisible();
  await expect(page.getByRole("button")).toHaveCount(0);
  // A sum stands with its day and its text, and no rule around nothing.
  await expect(page.locator("#result-dibao .for-paper")).toContainText(/低保标准 1,535 元\/人\/月，2025年1月1日起，《/);
  await expect(page.locator("#result-dibao .for-paper")).toBeVisible();
  await expect(page.locator(".folds")).toBeHidden();
  const text = () => page.locator("#result-dibao h3").evaluate((name) => name.getBoundingClientRect().height / name.getClientRects().length);
  const standard = await text();
  await page.evaluate(() => document.documentElement.setAttribute("data-mode", "elder"));
  expect(await text(), "large print is larger on paper too").toBeGreaterThan(standard * 1.1);
});

test("a couple far below the standard is likely to get the difference, and a change of one answer shows what it changes", async ({ page }) => {
  await open(page, `${CHECK}?benefit=dibao`);
  await begin(page, [["我", "45"], ["老伴", "44"]], true);
  await go(page, "下一步");
  const pick = async (name: string, value: string) => {
    const field = page.locator(`[name="${name}"][value="${value}"]:not([type=hidden])`);
    if (await field.count()) await field.check();
  };
  const fill = async (name: string, value: string) => {
    const field = page.locator(`[name="${name}"]:not([type=hidden])`);
    if (await field.count()) await field.fill(value);
  };
  const answer = async () => {
    for (const person of ["0", "1"]) await pick("who.hukou_here", person);
    await fill("household.wages.sum", "１，０００");
    await fill("household.pensions.sum", "0");
    await fill("household.other_income.sum", "0 元");
    await pick("household.receives", "none");
    await pick("household.savings", "none");
    await pick("household.homes", "one");
    await pick("household.vehicles", "none");
  };
  await untilResult(page, answer);
  const dibao = page.locator("#result-dibao");
  await expect(title(page)).toHaveText(/根据您的回答，有\s1\s项可能可以申请/);
  await expect(dibao.locator("summary").first()).toContainText("2,070");
  await expect(dibao.locator("details").filter({ hasText: "标准和依据" })).toContainText("起");

  await page.getByText("改回答", { exact: true }).click();
  await page.getByRole("button", { name: "修改 工作和经营收入" }).click();
  await expect(page.locator(`[name="household.wages.sum"]:not([type=hidden])`)).toHaveValue("１，０００");
  await fill("household.wages.sum", "1200");
  await go(page, "下一步");
  await untilResult(page);
  await expect(page.getByText("改了以后，结果没有变化")).toBeVisible();
  await expect(dibao.locator("summary").first()).toContainText("1,870");
});

test("what a household has already stands as such, and what it may get besides opens on tap", async ({ page }) => {
  await open(page, CHECK);
  await begin(page, [["奶奶", "81"]], true);
  await go(page, "下一步");
  await untilResult(page, async () => {
    for (const [name, value] of [["people.0.hukou_here", "yes"], ["household.receives", "dibao"]]) {
      const field = page.locator(`[name="${name}"][value="${value}"]:not([type=hidden])`);
      if (await field.count()) await field.check();
    }
  });
  const rung = page.locator(".ladder li").filter({ hasText: "最低生活保障" });
  await expect(rung).toContainText("已经有了");
  const there = page.locator("#result-dibao");
  await expect(there.locator(".reasons li")).toHaveCount(1);
  await expect(there).toContainText("已经在领低保");
  await expect(there).not.toContainText("怎么办");
  await expect(there).toBeHidden();
  await page.getByText("已经有的（1 项）").click();
  await expect(there).toBeVisible();
  const allowance = page.locator("#result-old_age_allowance");
  await expect(allowance.locator(".reasons")).toBeHidden();
  await allowance.getByRole("heading", { name: "高龄津贴" }).click();
  await expect(allowance.locator(".reasons")).toBeVisible();
  await look(page, "/benefits/check/{step}");
});

test("the result is carried along without the answers", async ({ page }) => {
  await open(page);
  await begin(page, [["妈妈", "72"]], false);
  await go(page, "下一步");
  await untilResult(page);
  await page.getByText("带着结果走").click();
  const link = page.getByRole("link", { name: "打开这份清单" });
  const address = new URL((await link.getAttribute("href")) ?? "");
  expect([...address.searchParams.keys()].sort()).toEqual(["bureau", "likely", "on", "region"]);
  await page.goto(address.pathname + address.search);
  await expect(title(page)).toHaveText("可能适合的补贴和服务");
  await look(page, "/benefits/summary");
});

test("the check in English asks and answers in English", async ({ page }) => {
  await page.goto("/en/benefits/check?event=old_age");
  if (await scripted(page)) await expect(page.locator("#check[data-hydrated]")).toBeVisible();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator('[name="people.0.name"]').fill("Mum");
  await page.locator('[name="people.0.birth.age"]').fill("72");
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByRole("button", { name: "See your result so far" }).click();
  await expect(title(page)).toHaveText(/One more answer decides/);
  await page.getByText("Change answers", { exact: true }).click();
  await expect(page.getByRole("heading", { name: "Your answers" })).toBeVisible();
  await look(page, "/benefits/check/{step}");
});

test("a place without rules of its own is told whose rules stand in", async ({ page }) => {
  await open(page, `${CHECK}?region=110105`);
  await expect(page.locator("main")).toContainText("这里只有全国的规定");
  await begin(page, [["我", "70"]], true);
  await go(page, "下一步");
  await untilResult(page);
  await expect(page.locator("main")).toContainText("区划代码 110105");
  await expect(page.getByText("每月工资")).toHaveCount(0);
});
