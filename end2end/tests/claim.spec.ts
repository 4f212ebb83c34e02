// A claim from a phone's photograph to the letter, all of it in the browser: the family, whoever reviews and whoever signs. All people
// and numbers are invented.
import { type Page } from "@playwright/test";
import { atWork } from "./at_work";
import { goOn } from "./couple";
import { applicant, begin, burial, deceased, fromCamera, newFamily } from "./family";
import { expect, look, lookInBothModes, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DRAFT = "/procedures/{id}/drafts/{draft}";
const OFFICE = "/staff/cases/{id}";

/** Presses a button of the office and reads that it was done. */
async function press(page: Page, button: string, done: string) {
  await page.getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByText(done)).toBeVisible();
}

/** Opens an application from a list of the office. */
async function open(page: Page, account: string, [queue, reference]: [string, string]) {
  await atWork(page, account, `/staff/cases?queue=${queue}`);
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByRole("heading", { name: "按规定核对" })).toBeVisible();
}

test("a claim goes from a photograph of a phone to the letter that its family reads", async ({ page, another }, { workerIndex }) => {
  const family = newFamily(workerIndex);
  await begin(page);
  await page.getByRole("link", { name: "填写“逝者”" }).click();
  await deceased(page, family);
  await goOn(page);
  await burial(page);
  await goOn(page);
  await applicant(page, family);
  await goOn(page);
  await page.getByRole("checkbox").check();
  await goOn(page);
  await expect(page).toHaveURL(/\/check$/);
  await page.getByRole("link", { name: "修改 火化证明", exact: true }).click();
  await page.getByLabel("选“火化证明”的照片或 PDF").setInputFiles([await fromCamera(page, "IMG_0001.jpg")]);
  await page.getByRole("button", { name: "交“火化证明”" }).click();
  await expect(page.getByRole("button", { name: "去掉“IMG_0001.jpg”" })).toBeVisible();
  await lookInBothModes(page, `${DRAFT}/papers`);
  await page.getByRole("link", { name: "核对填写的内容" }).click();
  await lookInBothModes(page, `${DRAFT}/check`);
  await page.getByRole("button", { name: "确认并提交申请" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("申请已经提交");
  await lookInBothModes(page, "/cases/{reference}/receipt");
  const reference = new URL(page.url()).pathname.split("/")[2];

  const reviews = await another();
  await open(reviews, "demo-reviewer", ["unassigned", reference]);
  await expect(reviews.locator("main")).toContainText("IMG_0001.jpg");
  await press(reviews, "受理", "已经受理");
  await press(reviews, "开始审核", "开始审核了");
  await reviews.getByText("材料不全，要求补正…").click();
  await reviews.getByRole("checkbox", { name: "安葬证明" }).check();
  await reviews.getByRole("button", { name: "核对要补正的" }).click();
  await press(reviews, "确认，一次告知申请人", "已经告诉申请人要补什么");
  await lookInBothModes(reviews, OFFICE);

  await page.goto(`/cases/${reference}`);
  await page.getByRole("link", { name: "看要补充什么" }).click();
  await lookInBothModes(page, "/cases/{reference}/supplement");
  await page.getByRole("link", { name: "拍照交材料" }).click();
  await page.getByLabel("选“安葬证明”的照片或 PDF").setInputFiles([await fromCamera(page, "IMG_0002.jpg")]);
  await page.getByRole("button", { name: "交“安葬证明”" }).click();
  await expect(page.locator("main")).toContainText("交了 1 个");
  await lookInBothModes(page, "/cases/{reference}/papers");
  await page.getByRole("link", { name: "照片交好了，继续" }).click();
  await page.getByRole("button", { name: "交上补充的内容" }).click();
  await expect(page.locator("main")).toContainText("补充的内容已经收到");

  await reviews.goto(reviews.url());
  await expect(reviews.locator("main")).toContainText("IMG_0002.jpg");
  await reviews.getByText("提出意见…").click();
  await reviews.getByRole("radio", { name: "准予" }).check();
  await reviews.getByLabel(/^金额/).fill("3000");
  await press(reviews, "提出意见，请别人复核", "意见已经提出，等别人复核");
  await expect(reviews.getByText("意见是您提的，要由另一个人复核")).toBeVisible();

  const signs = await another();
  await open(signs, "demo-approver", ["second_signature", reference]);
  await signs.getByRole("button", { name: "复核：看决定书，再同意…" }).click();
  await look(signs, OFFICE);
  await press(signs, "同意，作出决定", "已经作出决定，申请人看得到了");
  await lookInBothModes(signs, OFFICE);

  await page.goto(`/cases/${reference}`);
  await page.getByRole("link", { name: "看决定书" }).click();
  await expect(page.locator("main")).toContainText("准予");
  await expect(page.locator("main")).toContainText(/3,?000/);
  await lookInBothModes(page, "/cases/{reference}/letter");
});
