// The benefit check, in the browser and without scripts: the same pages, answers, reasons and mistakes.
import { expect, look, test } from "./house";
import type { Page } from "@playwright/test";

// After the day on which the sources of the figures were read: before it they were not known.
test.use({ clock: "2026-12-02T09:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const CHECK = "/benefits/check";

/** Opens the check; with scripts, waits until it runs in the page. */
async function open(page: Page, address = CHECK) {
  await page.goto(address);
  if (await scripted(page)) await expect(page.locator("#check[data-hydrated]")).toBeVisible();
}

/** Whether scripts run in this page. */
async function scripted(page: Page) {
  return test.info().project.use.javaScriptEnabled !== false && page.url().includes(CHECK);
}

const go = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** Answers one page after another with what the callback picks, until the result is there. */
async function untilResult(page: Page, answer: (heading: string) => Promise<void> = async () => {}) {
  for (let turn = 0; turn < 30; turn++) {
    const heading = ((await title(page).textContent()) ?? "").trim();
    if (await page.locator(".outcome").count()) return;
    await answer(heading);
    const at = page.locator("input[name=at]");
    const before = await at.inputValue();
    await go(page, "下一步");
    await expect(at).not.toHaveValue(before);
  }
  throw new Error("the check never came to a result");
}

async function begin(page: Page, people: [string, string][], all: boolean) {
  await go(page, "开始");
  await expect(title(page)).toHaveText("家里有谁");
  for (const [place, [name, age]] of people.entries()) {
    if (place > 0) await go(page, "再加一个人");
    await page.locator(`[name="people.${place}.name"]`).fill(name);
    await page.locator(`[name="people.${place}.birth.age"]`).fill(age);
  }
  if (all) await page.getByLabel("都列出来了").check();
}

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

test("what is cleared for another household is offered back", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["妈妈", "82"]], false);
  await go(page, "下一步");
  await page.getByRole("button", { name: "先看结果" }).click();
  const found = (await title(page).textContent()) ?? "";
  await go(page, "给另一家查（清空）");
  await expect(title(page)).toHaveText("看看能办哪些");
  await look(page, "/benefits/check/{step}");
  await go(page, "恢复刚才的回答");
  await expect(title(page)).toHaveText(found);
  await expect(page.locator("main")).toContainText("妈妈");
});

test("Back after clearing shows the old result, and never one for nobody @scripts", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["妈妈", "82"]], false);
  await go(page, "下一步");
  await page.getByRole("button", { name: "先看结果" }).click();
  const found = (await title(page).textContent()) ?? "";
  await go(page, "给另一家查（清空）");
  await begin(page, [["邻居", "30"]], true);
  await page.goBack();
  await expect(title(page)).toHaveText("看看能办哪些");
  await page.goBack();
  await expect(title(page)).toHaveText(found);
  await expect(page.locator("main")).toContainText("妈妈");
  await expect(page.locator("main")).not.toContainText("邻居");
});

test("the rules of a benefit open beside the result, and a step that is opened anew says that the answers are gone @scripts", async ({ page, context }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["我", "82"]], false);
  await go(page, "下一步");
  await untilResult(page);
  await page.locator("#result-dibao > summary").click();
  const opened = context.waitForEvent("page");
  await page.locator("#result-dibao").getByRole("link", { name: "这项的全部规定" }).click();
  await expect((await opened).getByRole("heading", { level: 1 })).toContainText("最低生活保障");
  await expect(page.locator(".outcome")).toBeVisible();
  await page.reload();
  await expect(page.locator("main")).toContainText("刚才的回答没有留下");
  await expect(page).toHaveURL(/\/benefits\/check$/);
  await begin(page, [["我", "40"]], true);
  await page.goBack();
  await expect(title(page)).toHaveText("看看能办哪些");
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

test("nothing that is answered leaves the page or stays in it @scripts", async ({ page, context }) => {
  const asked: string[] = [];
  context.on("request", (request) => asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
  await open(page);
  // What the page keeps for the next time without a network is fetched before the first question.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  asked.length = 0;
  await begin(page, [["妈妈", "72"], ["秘密", "33"]], true);
  await go(page, "下一步");
  await untilResult(page, async () => {
    for (const box of await page.locator("input[type=text]").all()) await box.fill("4321");
  });
  const traces = await page.evaluate(async () => [{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), document.cookie]);
  expect(traces).toEqual([{}, {}, [], ""]);
  expect(asked.filter((request) => !request.includes("/favicon"))).toEqual([]);
  expect(page.url()).toMatch(/\/benefits\/check\/\d+$/);
  await page.reload();
  await expect(title(page)).toHaveText("看看能办哪些");
  expect(await page.content()).not.toContain("秘密");
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

test("large print and the other language keep every answer, what is typed and the place", async ({ page, context }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["妈妈", "72"]], true);
  await go(page, "下一步");
  await page.getByLabel("都不是").check();
  await page.getByLabel("是", { exact: true }).first().check();
  await go(page, "下一步");
  await page.locator('[name="household.wages.sum"]').fill("三千");
  const stands = async () => {
    await expect(page.locator('[name="household.wages.sum"]')).toHaveValue("三千");
    await expect(page.locator('input[type=hidden][name="people.0.name"]')).toHaveValue("妈妈");
    await expect(page.locator('input[type=hidden][name="household.receives"]')).toHaveValue("none");
    expect(page.url()).toMatch(/^https?:\/\/[^/]+(\/en)?\/benefits\/check(\/\d+)?(\?event=lost_income)?$/);
  };
  await page.getByRole("button", { name: "长者版" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await expect(title(page)).toHaveText("收入");
  await stands();
  await page.getByRole("button", { name: "特大" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-size", "30");
  await stands();
  await page.getByRole("button", { name: "English" }).click();
  await expect(title(page)).toHaveText("Income");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-size", "30");
  await stands();
  expect(page.url()).toContain("/en/benefits/check");
  expect((await context.cookies()).map(({ name, value }) => [name, value])).toEqual([["elder", "30"]]);
  await page.getByRole("button", { name: "Standard" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-mode");
  await stands();
  // On from here in the chosen language, and back to what was answered before.
  await page.locator('[name="household.wages.sum"]').fill("9000");
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(title(page)).toHaveText("Household register and home; help you already get");
  await expect(page.getByLabel("No, none of these")).toBeChecked();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByLabel("都不是")).toBeChecked();
  await go(page, "下一步");
  // What was answered before the way back is not asked again.
  await expect(title(page)).toHaveText("收入，急事和大笔花费");
  await expect(page.locator('input[type=hidden][name="household.wages.sum"]')).toHaveValue("9000");
});

test("with scripts the switches send no answer anywhere @scripts", async ({ page, context }) => {
  const asked: string[] = [];
  // Without the port, which may have any digits.
  const address = (url: string) => url.replace(new URL(url).origin, "");
  context.on("request", (request) => asked.push(`${request.method()} ${address(request.url())} ${request.postData() ?? ""}`));
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await begin(page, [["秘密", "33"]], true);
  asked.length = 0;
  await page.getByRole("button", { name: "长者版" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await expect(page.getByRole("button", { name: "标准版" })).toBeFocused();
  await page.getByRole("button", { name: "English" }).click();
  await expect(title(page)).toHaveText("Who is in your household");
  await expect(page.getByRole("button", { name: "中文" })).toBeFocused();
  await expect(page.locator('[name="people.0.name"]')).toHaveValue("秘密");
  expect(decodeURIComponent(asked.join("\n"))).not.toMatch(/秘密|33/);
  expect(page.url()).toMatch(/\/en\/benefits\/check\/1$/);
  // The steps before are there in the chosen language, whatever their address says.
  await page.goBack();
  await expect(title(page)).toHaveText("See what you may get");
  await page.goForward();
  await expect(page.locator('[name="people.0.name"]')).toHaveValue("秘密");
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

test("after the first visit the check works without a network @scripts", async ({ page, context, troubles }) => {
  await open(page, `${CHECK}?event=death`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const stored = await page.evaluate(async () => (await (await caches.open("check")).keys()).map(({ url }) => url));
  expect(stored.filter((url) => url.includes("death")), "what was looked for is not kept").toEqual([]);
  troubles.expected(/ERR_INTERNET_DISCONNECTED|favicon/);
  await context.setOffline(true);
  // It is three days later, just past midnight in Shanghai.
  await page.clock.setFixedTime("2026-12-04T16:01:00Z");
  await page.goto(CHECK);
  await expect(page.locator("#check[data-hydrated]")).toBeVisible();
  const kept = page.locator(".notice").filter({ hasText: "现在没有网络" });
  await expect(kept).toContainText("2026年12月2日 保存的规定，按今天（2026年12月5日）来算");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator(".notice").filter({ hasText: "You are offline" })).toContainText("kept on 2 December 2026");
  await page.getByRole("button", { name: "中文" }).click();
  await begin(page, [["妈妈", "72"]], false);
  await go(page, "下一步");
  await untilResult(page);
  await expect(page.locator(".ladder li")).toHaveCount(5);
  await expect(kept).toBeVisible();
  await expect(page.locator("main")).toContainText("2026年12月5日算");
  await context.setOffline(false);
  await page.goto(CHECK);
  await expect(page.locator("#check[data-hydrated]")).toBeVisible();
  await expect(kept).toHaveCount(0);
});

test("links lead out of the check, and Back leads into it again", async ({ page }) => {
  await open(page, CHECK);
  await page.getByRole("link", { name: "换一个地方" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("惠民政策与补贴");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("看看能办哪些");
  await page.getByRole("banner").getByRole("link").first().click();
  await expect(page).toHaveURL("/");
  await expect(page.locator("#check")).toHaveCount(0);
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
