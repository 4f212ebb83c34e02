// Applications at the office: accepted, asked about once, proposed, signed by somebody else, and printed.
import { type Page } from "@playwright/test";
import { atWork } from "./at_work";
import { expect, fitsAtFourHundred, look, lookInBothModes, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const LIST = "/staff/cases";
const CASE = "/staff/cases/{id}";
const FILE = "/staff/cases/{id}/files/{file}";
const LETTER = "/staff/cases/{id}/letter";

/** A page that says nothing. */
const PDF = "%PDF-1.7\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

/** Hands an application in, as a program of the family's would; everybody in it is invented. */
async function handIn(page: Page, proof: string) {
  const fields = {
    deceased_name: "赵演示",
    deceased_id: "11010519491231002X",
    died_on: "2026-04-01",
    deceased_hukou_here: "yes",
    proof_number: proof,
    burial_kind: "sea",
    buried_on: "2026-04-20",
    organised: "yes",
    relation: "child",
    applicant_name: "演示甲",
    applicant_id: "440308199901101512",
    applicant_phone: "13800138077",
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
  const paper = { paper: "cremation_proof", name: "证明.pdf", size: PDF.length };
  const room = await page.request.post(`${draft}/files`, { headers, data: paper });
  expect(room.status(), "room for a file").toBe(201);
  const { file_id } = (await room.json()) as { file_id: string };
  const bytes = { ...headers, "Content-Type": "application/octet-stream" };
  const sent = await page.request.patch(`${draft}/files/${file_id}`, { headers: bytes, data: Buffer.from(PDF) });
  expect(sent.status(), "the file").toBe(200);
  const made = await page.request.post(`${draft}/submit`, { headers, data: { version } });
  expect(made.status(), "handed in").toBe(201);
  return ((await made.json()) as { reference: string }).reference;
}

test("an application goes from nobody's list to a letter that two people have signed", async ({ page, another }, info) => {
  const reference = await handIn(page, `YS2026-${info.parallelIndex}0001`);
  await atWork(page, "demo-reviewer", `${LIST}?queue=waiting_on_family`);
  await expect(page.getByText("没有在等申请人的")).toBeVisible();
  await lookInBothModes(page, LIST);
  await page.getByRole("link", { name: /^还没有人办/ }).click();
  await expect(page.getByRole("link", { name: reference })).toBeVisible();
  await lookInBothModes(page, LIST);
  await fitsAtFourHundred(page);
  await page.getByRole("button", { name: `我来办 ${reference}` }).click();
  await expect(page.getByText("已经转好了")).toBeVisible();
  await page.getByRole("link", { name: "谁手里有多少" }).click();
  await expect(page.getByRole("columnheader", { name: "在办" })).toBeVisible();
  await lookInBothModes(page, LIST);
  await fitsAtFourHundred(page);

  await page.getByRole("link", { name: /^我的 \d/ }).click();
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByRole("heading", { name: "按规定核对" })).toBeVisible();
  await lookInBothModes(page, CASE);
  await fitsAtFourHundred(page);
  await page.getByRole("link", { name: /下载“证明/ }).click();
  await expect(page.getByRole("heading", { name: "打开材料" })).toBeVisible();
  await lookInBothModes(page, FILE);
  await page.getByLabel(/^为什么要看/).fill("和窗口的原件核对");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "记录原因，打开" }).click();
  expect((await download).suggestedFilename()).toBe("证明.pdf");
  await page.getByRole("link", { name: "返回申请" }).click();
  await page.getByText("给申请人留言…").click();
  await look(page, CASE);
  await page.getByLabel("现成的话", { exact: true }).selectOption("waiting");
  await page.getByRole("button", { name: "看看申请人会读到什么…" }).click();
  await expect(page.getByRole("heading", { name: "申请人会读到的" })).toBeVisible();
  await look(page, CASE);
  await page.getByRole("button", { name: "发给申请人" }).click();
  await expect(page.getByText("留言已经发出")).toBeVisible();
  await page.getByRole("button", { name: "受理", exact: true }).click();
  await expect(page.getByText("已经受理")).toBeVisible();
  await page.getByRole("button", { name: "开始审核" }).click();
  await expect(page.getByText("开始审核了")).toBeVisible();

  await page.getByText("材料不全，要求补正…").click();
  await look(page, CASE);
  await page.getByRole("checkbox", { name: "安葬证明" }).check();
  await page.getByRole("button", { name: "核对要补正的" }).click();
  await expect(page.getByRole("heading", { name: "请再核对一遍" })).toBeVisible();
  await look(page, CASE);
  await page.getByRole("button", { name: "确认，一次告知申请人" }).click();
  await expect(page.getByText("已经告诉申请人要补什么")).toBeVisible();
  await look(page, CASE);
  await page.getByText("补正的材料在窗口收到了…").click();
  await page.getByRole("button", { name: "记下已经收到" }).click();
  await page.getByRole("button", { name: "确认，已经收齐" }).click();
  await expect(page.getByText("已经记下收到了")).toBeVisible();

  await page.getByRole("link", { name: "修改 怎么安葬的？" }).click();
  await expect(page.getByRole("heading", { name: "更正“怎么安葬的？”" })).toBeVisible();
  await look(page, CASE);
  await page.getByRole("link", { name: "不改了" }).click();
  await page.getByText("看完整的一项…").click();
  await page.getByRole("button", { name: "记录原因，显示这一项" }).click();
  await expect(page.getByText("请选择看哪一项").first()).toBeVisible();
  await look(page, CASE);
  await page.getByRole("radio", { name: "申请人手机号码" }).check();
  await page.getByLabel(/^为什么要看/).fill("打电话问安葬的日子");
  await page.getByRole("button", { name: "记录原因，显示这一项" }).click();
  await expect(page.locator(".in-full")).toHaveText("13800138077");
  await look(page, CASE);

  await page.getByText("提出意见…").click();
  await page.getByRole("button", { name: "提出意见，请别人复核" }).click();
  await expect(page.getByText("请选择准予还是不予").first()).toBeVisible();
  await page.getByRole("radio", { name: "不予" }).check();
  await look(page, CASE);
  await page.getByRole("radio", { name: "准予" }).check();
  await page.getByLabel(/^金额/).fill("3000");
  await look(page, CASE);
  await page.getByRole("button", { name: "提出意见，请别人复核" }).click();
  await expect(page.getByText("意见已经提出，等别人复核")).toBeVisible();
  await expect(page.getByText("意见是您提的，要由另一个人复核")).toBeVisible();
  await look(page, CASE);

  const signs = await another();
  await atWork(signs, "demo-approver", "/staff/cases/threshold");
  await look(signs, "/staff/cases/threshold");
  await signs.goto(`${LIST}?queue=second_signature`);
  await signs.getByRole("link", { name: reference }).click();
  await look(signs, CASE);
  await signs.getByText("退回，不同意这个意见…").click();
  await look(signs, CASE);
  await signs.getByRole("button", { name: "复核：看决定书，再同意…" }).click();
  await expect(signs.getByRole("heading", { name: /^关于节地生态安葬奖补申请的决定$/ })).toBeVisible();
  await look(signs, CASE);
  await signs.getByRole("button", { name: "同意，作出决定" }).click();
  await expect(signs.getByText("已经作出决定，申请人看得到了")).toBeVisible();
  await look(signs, CASE);
  await signs.getByRole("link", { name: "打印决定书" }).click();
  await expect(signs.getByText(/60 日内/)).toBeVisible();
  await lookInBothModes(signs, LETTER);
  await fitsAtFourHundred(signs);
});

test("somebody at the counter fills in for a family", async ({ page }) => {
  await atWork(page, "demo-clerk", "/staff/cases/new");
  await expect(page.getByRole("heading", { level: 1, name: "代为申请" })).toBeVisible();
  await lookInBothModes(page, "/staff/cases/new");
  await fitsAtFourHundred(page);
  const part = page.locator("section").filter({ hasText: "节地生态安葬" });
  await part.getByRole("button", { name: "开始填写" }).click();
  await expect(page.getByText("会记下是您填的")).toBeVisible();
});

test("two who claim one reward are shown to each other", async ({ page }, info) => {
  const proof = `YS2026-${info.parallelIndex}0777`;
  const first = await handIn(page, proof);
  const second = await handIn(page, proof);
  await atWork(page, "demo-reviewer", `${LIST}?queue=rivals`);
  await expect(page.getByRole("link", { name: first })).toBeVisible();
  await look(page, LIST);
  await page.getByRole("link", { name: second }).click();
  await expect(page.getByRole("heading", { name: "用同一份证明的其他申请" })).toBeVisible();
  await expect(page.getByRole("link", { name: first })).toBeVisible();
  await lookInBothModes(page, CASE);
});

test("lists are counted, taken along, and gone through with keys that can be switched off", async ({ page }, info) => {
  const reference = await handIn(page, `YS2026-${info.parallelIndex}0888`);
  await atWork(page, "demo-reviewer", `${LIST}?queue=unassigned`);
  await page.keyboard.press("j");
  await expect(page.locator("[data-row] a").first()).toBeFocused();
  await page.keyboard.press("x");
  await expect(page.getByRole("checkbox", { name: /^选 C-/ }).first()).toBeChecked();
  await page.getByRole("button", { name: "关掉快捷键" }).click();
  await page.keyboard.press("x");
  await expect(page.getByRole("checkbox", { name: /^选 C-/ }).first()).toBeChecked();
  await page.getByRole("button", { name: "打开快捷键" }).click();
  await page.getByText("选几件一起办…").click();
  await page.getByRole("checkbox", { name: `选 ${reference}` }).check();
  await page.getByRole("button", { name: "看看会办哪些…" }).click();
  await expect(page.getByRole("heading", { name: "几件一起办" })).toBeVisible();
  await look(page, LIST);
  await page.getByRole("button", { name: /^受理 \d+ 件$/ }).click();
  await expect(page.getByText(/件都办好了|件没有办/)).toBeVisible();
  await page.goto("/staff/cases/figures");
  await lookInBothModes(page, "/staff/cases/figures");
  await fitsAtFourHundred(page);
  await page.goto("/staff/cases/export");
  await lookInBothModes(page, "/staff/cases/export");
  await fitsAtFourHundred(page);
  await page.goto("/staff/cases/ratings");
  await lookInBothModes(page, "/staff/cases/ratings");
  await fitsAtFourHundred(page);
});
