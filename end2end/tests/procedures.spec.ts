// A family applies for a green-burial reward, with and without scripts: from the start page to the receipt, with a slip, two
// windows and another phone on the way. All people and numbers are invented.
import type { Page } from "@playwright/test";
import { atWork } from "./at_work";
import { codeFor, goOn } from "./couple";
import { START, type Family, applicant, begin, burial, choose, deceased, newFamily, photo } from "./family";
import { expect, fitsInEverySize, look, lookInBothModes, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

/** Sends two photographs of one paper, after a program that is refused, and comes back to all answers. */
async function photograph(page: Page) {
  await page.getByRole("link", { name: "修改 火化证明", exact: true }).click();
  await lookInBothModes(page, "/procedures/{id}/drafts/{draft}/papers");
  await fitsInEverySize(page);
  const program = { name: "证明.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\x90\0") };
  await page.getByLabel("选“火化证明”的照片或 PDF").setInputFiles([program]);
  await page.getByRole("button", { name: "交“火化证明”" }).click();
  await expect(page.getByRole("alert")).toContainText("能运行的程序");
  const both = [await photo(page, "IMG_0001.jpg"), await photo(page, "IMG_0002.jpg")];
  await page.getByLabel("选“火化证明”的照片或 PDF").setInputFiles(both);
  await page.getByRole("button", { name: "交“火化证明”" }).click();
  await expect(page.locator("main")).toContainText("收到了");
  await lookInBothModes(page, "/procedures/{id}/drafts/{draft}/papers");
  await page.getByRole("button", { name: "去掉“IMG_0002.jpg”" }).click();
  await page.getByRole("link", { name: "核对填写的内容" }).click();
  await expect(page.locator("main")).toContainText("IMG_0001.jpg");
}

test("a claim goes from the start page to the receipt, and is withdrawn", async ({ page }, { workerIndex }) => {
  const family = newFamily(workerIndex);
  await page.goto("/procedures");
  await page.getByRole("link", { name: "节地生态安葬奖补" }).click();
  await expect(page).toHaveURL(START);
  await page.getByRole("button", { name: "开始填写申请" }).click();
  await expect(page.locator("main")).toContainText("填写的内容保留到");
  await lookInBothModes(page, "/procedures/{id}/drafts/{draft}");
  await page.getByRole("link", { name: "填写“逝者”" }).click();
  await expect(page.locator("h1")).toBeFocused();
  await lookInBothModes(page, "/procedures/{id}/drafts/{draft}");
  await fitsInEverySize(page);
  await goOn(page);
  await expect(page.getByRole("alert")).toContainText("需要更正");
  await deceased(page, family);
  await goOn(page);
  await burial(page);
  await goOn(page);
  await applicant(page, family, "6222 0212 3456 78901");
  await goOn(page);
  await expect(page.getByRole("alert")).toContainText("这个卡号里有一位不对");
  await expect(page.getByLabel("您自己的银行卡号")).toHaveValue("6222 0212 3456 78901");
  await page.getByLabel("您自己的银行卡号").fill("0123456789");
  await goOn(page);
  await page.getByRole("checkbox").check();
  await goOn(page);
  await expect(page).toHaveURL(/\/check$/);
  await photograph(page);
  await lookInBothModes(page, "/procedures/{id}/drafts/{draft}/check");
  await page.getByRole("link", { name: "修改 怎么安葬的？" }).click();
  await choose(page, "怎么安葬的？", "江河葬");
  await page.getByRole("button", { name: "保存修改" }).click();
  await expect(page.locator("main")).toContainText("江河葬");
  await page.getByRole("button", { name: "确认并提交申请" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("申请已经提交");
  await lookInBothModes(page, "/cases/{reference}/receipt");

  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("这份申请已经提交了");
  await look(page, "/procedures/{id}/drafts/{draft}");
  await page.getByRole("button", { name: "看这份申请" }).click();
  await page.getByRole("link", { name: "看办到哪一步" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("已经收到");
  await lookInBothModes(page, "/cases/{reference}");
  await page.getByRole("link", { name: /^有话问工作人员/ }).click();
  await lookInBothModes(page, "/cases/{reference}/messages");
  await fitsInEverySize(page);
  await page.getByLabel("要说的话").fill("请问办得怎么样了？");
  await page.getByRole("button", { name: "送出留言" }).click();
  await expect(page.locator("main")).toContainText("留言已经送到民政部门");
  await expect(page.locator("main")).toContainText("工作人员还没有看");
  await look(page, "/cases/{reference}/messages");
  await page.getByRole("link", { name: "返回申请" }).click();
  await page.getByRole("link", { name: "撤回申请" }).click();
  await lookInBothModes(page, "/cases/{reference}/withdraw");
  await page.getByRole("button", { name: "撤回这件申请" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("您已经撤回");
});

test("a draft is gone on with on another phone, and an application is found there", async ({ page, another }, { workerIndex }) => {
  const family = newFamily(workerIndex);
  await begin(page);
  const draft = new URL(page.url()).pathname;
  await page.goto(`${draft}?step=applicant`);
  await applicant(page, family);
  await goOn(page);
  await expect(page).toHaveURL(/step=declaration$/);

  const phone = await another();
  await phone.goto(new URL(draft, page.url()).href);
  await expect(phone.getByRole("heading", { level: 1 })).toHaveText("这份申请在这里打不开");
  await look(phone, "/procedures/{id}/drafts/{draft}");
  await phone.getByRole("link", { name: "用手机验证码打开" }).click();
  await phone.getByLabel("手机号码").fill(family.phone);
  await phone.getByLabel("您身份证号码的最后 6 位").fill(family.number.slice(-6));
  await phone.getByRole("button", { name: "发送验证码" }).click();
  await expect(phone).toHaveURL(/\/resume\/code$/);
  await look(phone, "/procedures/{id}/resume/code");
  await phone.locator('input[autocomplete="one-time-code"]').fill(await codeFor(phone, family.phone));
  await phone.getByRole("button", { name: "打开我的申请" }).click();
  await expect(phone).toHaveURL(new URL(draft, page.url()).href);

  await phone.goto(new URL(`${draft}?step=deceased`, page.url()).href);
  await deceased(phone, family);
  await goOn(phone);
  await burial(phone);
  await goOn(phone);
  await expect(phone).toHaveURL(/step=applicant$/);
  await phone.goto(new URL(`${draft}?step=declaration`, page.url()).href);
  await phone.getByRole("checkbox").check();
  await goOn(phone);
  await phone.getByRole("button", { name: "确认并提交申请" }).click();
  const reference = new URL(phone.url()).pathname.split("/")[2];

  await page.goto("/cases");
  await page.getByLabel("申请编号").fill(reference.toLowerCase());
  await page.getByLabel("手机号码").fill(family.phone);
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page).toHaveURL(/\/cases\/code$/);
  await look(page, "/cases/code");
  await page.locator('input[autocomplete="one-time-code"]').fill(await codeFor(page, family.phone));
  await page.getByRole("button", { name: "打开我的申请" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("已经收到");
});

test("two windows that say different things are both shown, and one is chosen", async ({ page, context, troubles }, { workerIndex }) => {
  // With scripts it is told before the button is pressed.
  troubles.expected(/answer 409/);
  const family = newFamily(workerIndex);
  await begin(page);
  const step = `${new URL(page.url()).pathname}?step=deceased`;
  const second = await context.newPage();
  await Promise.all([page.goto(step), second.goto(step)]);
  await deceased(page, family);
  await goOn(page);
  await expect(page).toHaveURL(/step=burial$/);
  await deceased(second, family, "赵示例");
  await goOn(second);
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("这份申请在另一个窗口也改过");
  await look(second, "/procedures/{id}/drafts/{draft}");
  await second.getByLabel("赵演示").check();
  await second.getByRole("button", { name: "按选好的保存" }).click();
  await expect(second).toHaveURL(/step=burial$/);
  await second.goto(step);
  await expect(second.getByLabel("逝者姓名")).toHaveValue("赵演示");
});

test("what is deleted is gone for good, and says so before", async ({ page }) => {
  await begin(page);
  const draft = page.url();
  await page.getByRole("link", { name: "删除填写的内容" }).click();
  await lookInBothModes(page, "/procedures/{id}/drafts/{draft}/discard");
  await page.getByRole("button", { name: "删除这份申请" }).click();
  await expect(page).toHaveURL(START);
  await page.goto(draft);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("这份申请在这里打不开");
});

/** Hands an application in, as a program of the family's would, and gives its number. */
async function handIn(page: Page, { phone, number, proof }: Family) {
  const fields = {
    deceased_name: "赵演示",
    deceased_id: "11010519491231002X",
    died_on: "2026-04-02",
    deceased_hukou_here: "yes",
    proof_number: proof,
    burial_kind: "sea",
    buried_on: "2026-05-06",
    organised: "yes",
    relation: "child",
    applicant_name: "钱演示",
    applicant_id: number,
    applicant_phone: phone,
    account: "0123456789",
    wish: "yes",
  };
  const begun = await page.request.post("/api/v1/procedures/green_burial/drafts");
  expect(begun.status(), "a draft").toBe(201);
  const { draft_id, token } = (await begun.json()) as { draft_id: string; token: string };
  const headers = { Authorization: `Bearer ${token}` };
  const draft = `/api/v1/procedures/green_burial/drafts/${draft_id}`;
  const kept = await page.request.put(draft, { headers, data: { version: 0, fields } });
  expect(kept.status(), "kept").toBe(200);
  const { version } = (await kept.json()) as { version: number };
  const made = await page.request.post(`${draft}/submit`, { headers, data: { version } });
  expect(made.status(), "handed in").toBe(201);
  return ((await made.json()) as { reference: string }).reference;
}

/** Does something to a case as the office. */
async function act(office: Page, id: string, name: string, data: Record<string, unknown>) {
  const answer = await office.request.post(`/api/v1/staff/cases/${id}/${name}`, { data });
  expect(answer.status(), `${name}: ${await answer.text()}`).toBe(200);
  return (await answer.json()) as { proposal_hash?: string };
}

test("what was asked for is added, and the decision is read and printed", async ({ page, another }, { workerIndex }) => {
  const family = newFamily(workerIndex);
  const reference = await handIn(page, family);
  await page.goto(`/cases/${reference}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("请先验证手机");
  await page.getByLabel("手机号码").fill(family.phone);
  await page.getByRole("button", { name: "发送验证码" }).click();
  await page.locator('input[autocomplete="one-time-code"]').fill(await codeFor(page, family.phone));
  await page.getByRole("button", { name: "打开我的申请" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("已经收到");

  const [reviews, signs] = [await another(), await another()];
  await atWork(reviews, "demo-reviewer", "/staff/cases");
  const list = await reviews.request.get("/api/v1/staff/cases?queue=all");
  const { items } = (await list.json()) as { items: { id: string; reference: string }[] };
  const id = items.find((item) => item.reference === reference)!.id;
  await act(reviews, id, "ask", { version: 0, items: ["account", "burial_certificate"] });
  await page.goto(`/cases/${reference}`);
  await page.getByRole("link", { name: "看要补充什么" }).click();
  await expect(page.locator("main")).toContainText("要补的材料");
  await expect(page.getByLabel("您的姓名")).toHaveCount(0);
  await lookInBothModes(page, "/cases/{reference}/supplement");
  await page.getByRole("link", { name: "拍照交材料" }).click();
  await lookInBothModes(page, "/cases/{reference}/papers");
  await page.getByLabel("选“安葬证明”的照片或 PDF").setInputFiles([await photo(page, "IMG_0003.jpg")]);
  await page.getByRole("button", { name: "交“安葬证明”" }).click();
  await expect(page.locator("main")).toContainText("交了 1 个");
  await page.getByRole("link", { name: "照片交好了，继续" }).click();
  await expect(page.locator("main")).toContainText("IMG_0003.jpg");
  await page.getByRole("button", { name: "交上补充的内容" }).click();
  await expect(page.getByRole("alert")).toContainText("有 1 处需要更正");
  await page.getByLabel("您自己的银行卡号").fill("9876543210");
  await page.getByRole("button", { name: "交上补充的内容" }).click();
  await expect(page.locator("main")).toContainText("补充的内容已经收到");

  await act(reviews, id, "accept", { version: 2 });
  await act(reviews, id, "review", { version: 3 });
  const refusal = { requirement: "place", facts: "安葬证明上写的是外地的海域。", evidence: "安葬证明" };
  const { proposal_hash } = await act(reviews, id, "propose", { version: 4, outcome: "refused", ...refusal });
  await atWork(signs, "demo-approver", "/staff/cases");
  await act(signs, id, "approve", { version: 5, hash: proposal_hash });
  await page.goto(`/cases/${reference}`);
  await page.getByRole("link", { name: "看决定书" }).click();
  await expect(page.locator("main")).toContainText("60 日内");
  await expect(page.locator("main")).toContainText("外地的海域");
  await lookInBothModes(page, "/cases/{reference}/letter");

  await page.goto(`/cases/${reference}`);
  await page.getByRole("link", { name: "评价这次办理" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("这次办得怎么样？");
  await lookInBothModes(page, "/cases/{reference}/rating");
  await page.getByRole("button", { name: "送出评价" }).click();
  await expect(page.getByRole("alert")).toContainText("请选择一项");
  await page.getByRole("radio", { name: "不满意", exact: true }).check();
  await page.getByRole("checkbox", { name: "办得太慢" }).check();
  await look(page, "/cases/{reference}/rating");
  await page.getByRole("button", { name: "送出评价" }).click();
  await expect(page.locator("main")).toContainText("您评的是：不满意");
  await page.getByRole("link", { name: "查看、打印您填写的内容和办理记录" }).click();
  await lookInBothModes(page, "/cases/{reference}/data");
  await page.getByRole("button", { name: "发送验证码" }).click();
  await page.locator('input[autocomplete="one-time-code"]').fill(await codeFor(page, family.phone));
  await page.getByRole("button", { name: "看这份副本" }).click();
  await expect(page.locator("main")).toContainText("填写的内容");
});
