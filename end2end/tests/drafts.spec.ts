// What is typed into an application is not lost: every kind of field, when the session is over, the network is cut, the tab is closed,
// another device goes on, or two tabs say different things. And photographs go on where their connection broke.
import { type BrowserContext, type Page } from "@playwright/test";
import { goOn } from "./couple";
import { begin, choose, date, newFamily, openAgain, photo } from "./family";
import { expect, look, test } from "./house";

test.use({ clock: "2026-05-13T10:00:00+08:00", settings: { HUIMIN_RATE_LIMIT: "off" } });

const DRAFT = "/procedures/{id}/drafts/{draft}";
const SAVED = /已经自动保存，/;

/** One field: what is typed into it, something else that could be, and whether it stands there. */
type Field = {
  put: (page: Page, which: 0 | 1) => Promise<void>;
  has: (page: Page, which: 0 | 1, timeout?: number) => Promise<void>;
};

function text(label: string, answers: [string, string]): Field {
  return {
    put: (page, which) => page.getByLabel(label).fill(answers[which]),
    has: (page, which, timeout) => expect(page.getByLabel(label), label).toHaveValue(answers[which], { timeout }),
  };
}

function choice(legend: string, answers: [string, string]): Field {
  return {
    put: (page, which) => choose(page, legend, answers[which]),
    has: (page, which, timeout) =>
      expect(page.getByRole("group", { name: legend }).getByLabel(answers[which], { exact: true }), legend).toBeChecked({ timeout }),
  };
}

function day(legend: string, days: [string, string]): Field {
  return {
    put: (page, which) => date(page, legend, ["2026", "4", days[which]]),
    has: async (page, which, timeout) => {
      const group = page.getByRole("group", { name: legend });
      for (const [part, value] of [["年", "2026"], ["月", "4"], ["日", days[which]]]) {
        await expect(group.getByLabel(part, { exact: true }), `${legend} ${part}`).toHaveValue(value, { timeout });
      }
    },
  };
}

/** A box says one thing only. */
const ticked: Field = {
  put: (page) => page.getByRole("checkbox").check(),
  has: (page, _, timeout) => expect(page.getByRole("checkbox")).toBeChecked({ timeout }),
};

// Names, numbers, days, questions and choices; half a number is kept as it is.
const STEPS: Record<string, Field[]> = {
  deceased: [
    text("逝者姓名", ["赵演示", "赵示例"]),
    text("逝者身份证号码", ["11010519491231002X", "110105194912"]),
    day("去世的日子", ["2", "12"]),
    choice("去世那天，户口在本市吗？", ["是", "不是"]),
    text("火化证明编号", ["SZ2026-90001", "SZ2026-9000"]),
  ],
  burial: [choice("怎么安葬的？", ["海葬", "江河葬"]), day("安葬的日子", ["6", "16"]), choice("是深圳的民政部门组织的吗？", ["是", "不是"])],
  applicant: [choice("您是逝者的", ["子女", "配偶"]), text("您的姓名", ["钱演示", "钱示例"]), text("您自己的银行卡号", ["0123456789", "98765"])],
  declaration: [ticked],
};

async function put(page: Page, step: string, which: 0 | 1 = 0) {
  for (const field of STEPS[step]) await field.put(page, which);
}

async function has(page: Page, step: string, which: 0 | 1 = 0, timeout?: number) {
  for (const field of STEPS[step]) await field.has(page, which, timeout);
}

/** What is said of it. */
function said(page: Page) {
  return page.locator("#keeping");
}

/** A draft of which the phone and the number of the applicant are kept, so that another device finds it. */
async function begun(page: Page, workerIndex: number) {
  const family = newFamily(workerIndex);
  await begin(page);
  const draft = page.url();
  await page.goto(`${draft}?step=applicant`);
  await page.getByLabel("您的身份证号码").fill(family.number);
  await page.getByLabel("您的手机号码").fill(family.phone);
  await expect(said(page)).toContainText(SAVED);
  await page.goto(draft);
  return { family, at: (step: string) => `${draft}?step=${step}` };
}

/** Each page of the form in a tab of its own. */
async function tabs(context: BrowserContext, at: (step: string) => string) {
  const open = async (step: string) => {
    const tab = await context.newPage();
    await tab.goto(at(step));
    await expect(said(tab)).toBeVisible();
    return [step, tab] as const;
  };
  return Promise.all(Object.keys(STEPS).map(open));
}

test("what was typed before a tab is closed is there in the next one @scripts", async ({ page, context }, { workerIndex }) => {
  const { at } = await begun(page, workerIndex);
  for (const [step, tab] of await tabs(context, at)) {
    await put(tab, step);
    await tab.close({ runBeforeUnload: true });
    // It is still on its way when the next one opens.
    await expect(async () => {
      await page.goto(at(step));
      await has(page, step, 0, 1_000);
    }).toPass();
  }
});

test("without a network it is said that nothing is saved, and it is saved once there is one @scripts", async ({ page, context, troubles }, {
  workerIndex,
}) => {
  troubles.expected(/ERR_INTERNET_DISCONNECTED/);
  const { at } = await begun(page, workerIndex);
  const all = await tabs(context, at);
  await context.setOffline(true);
  for (const [step, tab] of all) {
    await put(tab, step);
    await expect(said(tab)).toContainText("还没有保存");
  }
  await look(all[0][1], DRAFT);
  await context.setOffline(false);
  for (const [step, tab] of all) {
    await expect(said(tab)).toContainText(SAVED);
    await page.goto(at(step));
    await has(page, step);
  }
});

test("what could not be sent by the button either is put back, and nothing of it stays behind @scripts", async ({ page, context, troubles }, {
  workerIndex,
}) => {
  troubles.expected(/ERR_INTERNET_DISCONNECTED/);
  const { at } = await begun(page, workerIndex);
  for (const [step, tab] of await tabs(context, at)) {
    await context.setOffline(true);
    await put(tab, step);
    await goOn(tab);
    await expect(tab.locator("form[data-draft]")).toHaveCount(0);
    await context.setOffline(false);
    await tab.goto(at(step));
    await has(tab, step);
    await expect(said(tab)).toContainText(SAVED);
    expect(await tab.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
  }
});

test("where the session is over the draft is opened again, and what was typed is put back @scripts", async ({ page, context, troubles }, {
  workerIndex,
}) => {
  troubles.expected(/answer 401/);
  const { family, at } = await begun(page, workerIndex);
  const all = await tabs(context, at);
  await context.clearCookies({ name: "drafts" });
  for (const [step, tab] of all) {
    await put(tab, step);
    await expect(said(tab)).toContainText("这份申请在这里保存不了了");
  }
  const [, first] = all[0];
  await goOn(first);
  await expect(first.getByRole("heading", { level: 1 })).toHaveText("这份申请在这里打不开");
  await openAgain(page, family);
  for (const [step, tab] of all) {
    await tab.goto(at(step));
    await has(tab, step);
    await expect(said(tab)).toContainText(SAVED);
    await page.goto(at(step));
    await has(page, step);
  }
});

test("another device goes on with what was typed and never sent @scripts", async ({ page, context, another }, { workerIndex }) => {
  const { family, at } = await begun(page, workerIndex);
  for (const [step, tab] of await tabs(context, at)) {
    await put(tab, step);
    await expect(said(tab)).toContainText(SAVED);
  }
  const device = await another();
  await openAgain(device, family);
  for (const step of Object.keys(STEPS)) {
    await device.goto(at(step));
    await has(device, step);
  }
});

test("of two tabs that say different things both answers stand, and one is chosen @scripts", async ({ page, context, troubles }, {
  workerIndex,
}) => {
  troubles.expected(/answer 409/);
  const { at } = await begun(page, workerIndex);
  for (const step of ["deceased", "burial", "applicant"]) {
    const [one, other] = [await context.newPage(), await context.newPage()];
    await Promise.all([one.goto(at(step)), other.goto(at(step))]);
    await put(one, step, 0);
    await expect(said(one)).toContainText(SAVED);
    await put(other, step, 1);
    await expect(said(other)).toContainText("另一个窗口填得不一样");
    await goOn(other);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("这份申请在另一个窗口也改过");
    const asked = other.locator("fieldset");
    await expect(asked.first()).toBeVisible();
    for (const group of await asked.all()) await expect(group.getByRole("radio")).toHaveCount(2);
    await other.getByRole("button", { name: "按选好的保存" }).click();
    await expect(other.getByRole("heading", { level: 1 })).not.toHaveText("这份申请在另一个窗口也改过");
    await page.goto(at(step));
    await has(page, step, 1);
    await Promise.all([one.close(), other.close()]);
  }
});

/** A photograph of some megabytes: with comments, which no decoder reads. */
async function large(page: Page) {
  const small = await photo(page, "IMG_0001.jpg");
  const comment = Buffer.alloc(60_004, " ");
  comment.writeUInt32BE(0xfffe_ea62);
  const comments = Array.from({ length: 55 }, () => comment);
  return { ...small, buffer: Buffer.concat([small.buffer.subarray(0, 2), ...comments, small.buffer.subarray(2)]) };
}

test("a photograph goes on where its connection broke, and comes once @scripts", async ({ page, troubles }, { workerIndex }) => {
  troubles.expected(/ERR_CONNECTION_RESET/);
  const { at } = await begun(page, workerIndex);
  await page.goto(at("").replace("?step=", "/papers"));
  const offsets: number[] = [];
  let goOnAsking = () => {};
  const looked = new Promise<void>((done) => (goOnAsking = done));
  await page.route(/\/papers\/parts\?.*&offset=/, async (route) => {
    offsets.push(Number(new URL(route.request().url()).searchParams.get("offset")));
    if (offsets.length === 2) return route.abort("connectionreset");
    if (offsets.length === 3) await looked;
    return route.continue();
  });
  await page.getByLabel("选“火化证明”的照片或 PDF").setInputFiles([await large(page)]);
  await page.getByRole("button", { name: "交“火化证明”" }).click();
  await expect(page.getByText("连接断了")).toBeVisible();
  await expect.poll(() => offsets.length, "it asks how much has come").toBe(3);
  await expect(page.getByRole("progressbar")).toBeVisible();
  await look(page, `${DRAFT}/papers`);
  goOnAsking();
  await expect(page.getByRole("button", { name: "去掉“IMG_0001.jpg”" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: /^去掉/ })).toHaveCount(1);
  const part = 1024 * 1024;
  expect(offsets, "what had come is not sent again").toEqual([0, part, 0, part, 2 * part, 3 * part]);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});
