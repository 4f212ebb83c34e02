// Beside a couple: its visit, one number in full, an end that does not say why, a booking that is not theirs, and their own data.
import { atWork, leave } from "./at_work";
import { bookATime, newCouple } from "./couple";
import { expect, fitsAtFourHundred, look, lookInBothModes, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

test("a clerk opens a visit, reads one number for a reason, and ends a visit without a word of why", async ({ page }) => {
  await atWork(page, "demo-clerk", "/staff/day?state=booked");
  await page.locator(".queue-ticket a").first().click();
  await expect(page.getByRole("heading", { name: "谁看过" })).toBeVisible();
  await lookInBothModes(page, "/staff/visits/{id}");
  await fitsAtFourHundred(page);
  await page.getByText("看完整的姓名或者号码…").click();
  await page.getByRole("button", { name: "记录原因，显示这一项" }).click();
  await expect(page.getByText("请选择看哪一项").first()).toBeVisible();
  await look(page, "/staff/visits/{id}");
  await page.getByRole("radio", { name: /手机号码$/ }).first().check();
  await page.getByRole("radio", { name: "打电话联系本人" }).check();
  await page.getByRole("button", { name: "记录原因，显示这一项" }).click();
  await expect(page.locator(".in-full")).toBeVisible();
  await look(page, "/staff/visits/{id}");
  await page.goto("/staff/day");
  await page.getByRole("button", { name: "现场取号" }).click();
  await page.getByRole("link", { name: /^\d{3}$/ }).last().click();
  await expect(page.getByRole("heading", { name: "谁看过" })).toBeVisible();
  await look(page, "/staff/visits/{id}");
  await page.goto("/staff/messages");
  await expect(page.getByText("都送到了")).toBeVisible();
  await lookInBothModes(page, "/staff/messages");
});

test("a booking that is not theirs is looked for by the card", async ({ page }) => {
  await atWork(page, "demo-clerk-2", "/staff/release");
  await lookInBothModes(page, "/staff/release");
  await page.getByLabel("证件号码").fill("44030819990110");
  await page.getByRole("button", { name: "查有没有预约" }).click();
  await expect(page.getByLabel("证件号码")).toHaveValue("44030819990110");
  await look(page, "/staff/release");
  await page.getByLabel("证件号码").fill("11010519491231002X");
  await page.getByRole("button", { name: "查有没有预约" }).click();
  await expect(page.getByText("这个证件名下没有有效的预约")).toBeVisible();
  await look(page, "/staff/release");
});

test("what is kept of somebody is found by the card, printed, and put right", async ({ page }, info) => {
  const PAGE = "/staff/own-data";
  const { bride, groom } = newCouple(info.parallelIndex);
  await bookATime(page, { bride, groom }, "/marriage/book?registry=demo-hill&date=2026-05-25");
  await atWork(page, "demo-clerk-2", PAGE);
  await lookInBothModes(page, PAGE);
  await page.getByText("预约里的证件号码填错了").click();
  await page.getByLabel("证件上的姓名").fill("演示");
  await page.getByRole("button", { name: "查存了什么" }).click();
  await expect(page.getByLabel("证件上的姓名")).toHaveValue("演示");
  await look(page, PAGE);
  await page.goto(PAGE);
  const find = async () => {
    await page.getByLabel("证件号码", { exact: true }).fill(bride.number);
    await page.getByRole("button", { name: "查存了什么" }).click();
  };
  await find();
  await expect(page.getByRole("heading", { name: /^结婚登记.*有效$/ })).toBeVisible();
  await look(page, PAGE);
  await fitsAtFourHundred(page);
  await page.getByRole("button", { name: "打开打印的一份" }).click();
  await expect(page.getByText(bride.number)).toBeVisible();
  await expect(page.getByText(groom.number)).toHaveCount(0);
  await look(page, PAGE);
  await fitsAtFourHundred(page);
  await page.getByRole("link", { name: "返回" }).click();
  await find();
  await page.getByLabel(/^姓名，照证件填/).fill("演示丙");
  await page.getByRole("button", { name: "核对要更正的" }).click();
  await expect(page.getByText("→ 演示丙"), "what was typed is read in full").toBeVisible();
  await look(page, PAGE);
  await page.getByRole("button", { name: "有错，返回修改" }).click();
  await expect(page.getByLabel(/^姓名，照证件填/), "what was typed is still there").toHaveValue("演示丙");
  await page.getByRole("button", { name: "核对要更正的" }).click();
  await page.getByRole("button", { name: "更正，并发短信" }).click();
  await expect(page.getByText("时间没有变")).toBeVisible();
  await look(page, PAGE);
});

test("whoever is refused can have the reason on paper", async ({ page }) => {
  await atWork(page, "demo-clerk", "/staff/day");
  await page.getByRole("button", { name: /^坐到/ }).first().click();
  await page.getByRole("button", { name: /^叫下一个/ }).click();
  await page.getByRole("button", { name: "人到了，开始办理" }).click();
  await page.getByText("不予办理…").click();
  await page.getByRole("radio", { name: "未到法定结婚年龄" }).check();
  await page.getByRole("button", { name: /^办结：不予办理/ }).click();
  await page.goto("/staff/day?state=done");
  await page.locator(".queue-ticket a").first().click();
  await page.getByRole("link", { name: /^打印书面说明/ }).click();
  await expect(page.getByText("第九条第（一）项")).toBeVisible();
  await lookInBothModes(page, "/staff/visits/{id}/refusal");
  await leave(page);
});

test("whoever lacks papers has on a slip what is still to be brought", async ({ page }) => {
  await atWork(page, "demo-clerk-2", "/staff/day");
  await page.getByRole("button", { name: /^坐到/ }).first().click();
  await page.getByRole("button", { name: /^叫下一个/ }).click();
  await page.getByRole("button", { name: "人到了，开始办理" }).click();
  await page.getByText("材料不齐…").click();
  await page.getByRole("checkbox", { name: "双人合影" }).check();
  await page.getByRole("button", { name: /^办结：补材料再来/ }).click();
  await page.getByRole("link", { name: "打印材料单" }).click();
  await expect(page.getByRole("heading", { name: "材料单", level: 1 })).toBeVisible();
  await lookInBothModes(page, "/staff/visits/{id}/missing");
  await leave(page);
});

test("a clerk books for somebody who calls, moves the booking and cancels it", async ({ page }) => {
  const PAGE = "/staff/book";
  await atWork(page, "demo-clerk-2", "/staff/day");
  await page.getByRole("link", { name: "代为预约" }).click();
  const what = page.getByRole("link", { name: /结婚登记/ }).first();
  if (await what.isVisible()) {
    await lookInBothModes(page, PAGE);
    await what.click();
  }
  await lookInBothModes(page, PAGE);
  await page.getByRole("button", { name: /^选择/ }).first().click();
  await lookInBothModes(page, PAGE);
  await page.getByRole("button", { name: "预约，并发短信" }).click();
  await expect(page.getByText("请选择有没有看到证件").first()).toBeVisible();
  await look(page, PAGE);
  await page.locator("[name='parties.0.name']").fill("演示甲");
  await page.locator("[name='parties.0.id_number']").fill("440308199901101512");
  await page.locator("[name='parties.0.phone']").fill("13800138077");
  await page.locator("[name='parties.1.name']").fill("演示乙");
  await page.locator("[name='parties.1.id_number']").fill("440308199902021522");
  await page.getByRole("radio", { name: /打电话来的/ }).check();
  await page.getByRole("button", { name: "预约，并发短信" }).click();
  await expect(page.getByRole("heading", { name: "已经预约" })).toBeVisible();
  await lookInBothModes(page, PAGE);
  const id = new URL(page.url()).searchParams.get("done");
  await page.goto(`${PAGE}?move=${id}`);
  await page.getByRole("button", { name: /^选择/ }).last().click();
  await lookInBothModes(page, PAGE);
  await page.getByRole("button", { name: "改到这个时间，并发短信" }).click();
  await expect(page.getByRole("heading", { name: "已经改到新的时间" })).toBeVisible();
  await look(page, PAGE);
  await page.goto(`/staff/visits/${id}`);
  await page.getByText("他们说不来了，取消预约…").click();
  await look(page, "/staff/visits/{id}");
  await page.getByRole("button", { name: "取消预约，并发短信" }).click();
  await expect(page.getByText("预约已取消")).toBeVisible();
  await look(page, "/staff/visits/{id}");
});

test("a look for safety asks why, and the auditor reads of it", async ({ page, another }) => {
  await atWork(page, "demo-manager", "/staff/day?state=booked");
  await page.locator(".queue-ticket a").first().click();
  await page.goto(`${page.url()}?aside`);
  await lookInBothModes(page, "/staff/visits/{id}");
  await page.getByRole("button", { name: "记下原因，打开" }).click();
  await expect(page.getByText("请写明为什么要这样查看").first()).toBeVisible();
  await page.getByLabel("为什么（不要写号码）").fill("单独说受到威胁");
  await page.getByRole("button", { name: "记下原因，打开" }).click();
  await expect(page.getByText("这次打开记为：保护当事人")).toBeVisible();
  const auditor = await another();
  await atWork(auditor, "demo-auditor", "/staff/looks");
  await expect(auditor.getByText("原因：单独说受到威胁").first()).toBeVisible();
  await lookInBothModes(auditor, "/staff/looks");
  await auditor.getByRole("link", { name: "查到、撤销" }).click();
  await expect(auditor.getByRole("heading", { name: "按证件查到的、撤销的预约" })).toBeVisible();
  await lookInBothModes(auditor, "/staff/looks");
  await auditor.getByRole("link", { name: "替人办的" }).click();
  await expect(auditor.getByRole("heading", { name: "替人约的、取消、改期的预约" })).toBeVisible();
  await lookInBothModes(auditor, "/staff/looks");
  await auditor.goto("/staff/day-lists");
  await lookInBothModes(auditor, "/staff/day-lists");
  for (const [tab, list] of [["提前结束", "提前结束和重新打开"], ["按人计数", "按人计数：叫号、优先、离开"]]) {
    await auditor.getByRole("link", { name: tab }).click();
    await expect(auditor.getByRole("heading", { name: list })).toBeVisible();
    await lookInBothModes(auditor, "/staff/day-lists");
  }
});
