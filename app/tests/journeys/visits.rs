//! Beside a couple: its visit, who looked at its booking, an end that must not say why, a booking that is not theirs.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::database::sql::{int, sql};
use shared::staff::Role;

use super::{
    at_work::{DAY, OFFICE, SAT, at_work, press},
    browser::{Browser, Page},
    couple::{CODES, Couple, REVIEW},
    house::House,
};

pub const RELEASE: &str = "/staff/release";
const LOOKS: &str = "/staff/looks";

/// A couple that is booked today, the page of its booking, and a clerk who sits at a counter.
pub struct Morning {
    pub house: House,
    pub couple: Couple,
    pub page: String,
    pub clerk: Browser,
}

impl Morning {
    pub async fn new() -> Self {
        Self::with(&["--supervision-phone", "000-22222222"]).await
    }

    /// Under further settings.
    pub async fn with(flags: &[&str]) -> Self {
        let house = House::open_with(flags).await;
        let mut couple = Couple::new(&house, 1);
        let page = couple.book(&house, "nanshan").await;
        Self::of(house, couple, page).await
    }

    /// Of a couple that left one phone for both.
    pub async fn of_one_phone() -> Self {
        let house = House::open().await;
        let mut couple = Couple::new(&house, 1);
        couple.hold("nanshan").await;
        couple.fill_in().await;
        couple.person_and(1, &[("shared", "yes"), ("phone", "")]).await.leads_to(REVIEW);
        couple.declare().await.leads_to(CODES);
        let hold = couple.browser.get(CODES).await.value("hold");
        let code = house.code(couple.phone(0)).await;
        let form = [("hold", hold.as_str()), ("parties.0.phone_code", &code)];
        let page = couple.browser.post(CODES, &form).await.location;
        Self::of(house, couple, page).await
    }

    async fn of(house: House, couple: Couple, page: String) -> Self {
        house.set_clock("2026-05-14T09:05:00+08:00");
        let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
        let office = format!("{OFFICE}?office=nanshan");
        manager.post(&office, &[("do", "create"), ("name", "91")]).await.leads_to(&office);
        let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
        let day = clerk.get(DAY).await;
        press(&mut clerk, &day, "坐到 91 号窗口", &[]).await.leads_to(SAT);
        Self { house, couple, page, clerk }
    }

    /// The address of the visit, as the day sheet links it.
    pub async fn visit(&mut self) -> String {
        let day = self.clerk.get("/staff/day?state=all").await;
        let from = day.html.find("/staff/visits/").unwrap_or_else(|| panic!("no visit is linked: {}", day.html));
        day.html[from..].split('"').next().unwrap().trim_end_matches("/refusal").trim_end_matches("/missing").to_owned()
    }

    /// Checks them in, calls them, and begins.
    pub async fn serve(&mut self) -> Page {
        let day = self.clerk.get(DAY).await;
        let reference = self.page.rsplit('/').next().unwrap().to_owned();
        let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
        let arrived = self.clerk.post(DAY, &form).await;
        let arrived = self.clerk.get(&arrived.location).await;
        let called = and_look(&mut self.clerk, &arrived, "叫下一个", &[]).await;
        and_look(&mut self.clerk, &called, "人到了，开始办理", &[]).await
    }
}

pub async fn and_look(browser: &mut Browser, page: &Page, words: &str, more: &[(&str, &str)]) -> Page {
    let answer = press(browser, page, words, more).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{words}: {}", answer.html);
    browser.get(&answer.location).await
}

#[tokio::test]
async fn a_visit_is_opened_from_the_day_sheet_and_its_couple_reads_who_looked() {
    let mut morning = Morning::new().await;
    let before = morning.couple.browser.get(&morning.page).await;
    before.says("没有可以显示的查看记录");
    let visit = morning.visit().await;
    let opened = morning.clerk.get(&visit).await;
    assert_eq!((opened.status, &*opened.cache), (StatusCode::OK, "no-store"));
    for words in ["还没到", "来办的人", "居民身份证", "经过", "谁看过", "核对预约", "clerk1", "结婚登记"]
    {
        opened.says(words);
    }
    for person in &morning.couple.people {
        assert!(!opened.has(&person.name) && !opened.has(&person.id_number) && !opened.has(&person.phone));
    }
    assert!(!opened.has("另行处理…"), "nobody is there to be ended");
    let after = morning.couple.browser.get(&morning.page).await;
    for words in ["谁看过这条预约", "窗口工作人员", "打开了预约，核对预约", "南山"] {
        after.says(words);
    }
    assert!(!after.has("clerk1"), "no clerk is named");
}

#[tokio::test]
async fn a_look_for_safety_changes_nothing_on_the_page_of_the_booking() {
    let mut morning = Morning::new().await;
    let (visit, page) = (morning.visit().await, morning.page.clone());
    let before = morning.couple.browser.get(&page).await.html;
    let day = morning.clerk.get(DAY).await;
    day.says("为保护当事人查看");
    let reference = page.rsplit('/').next().unwrap();
    let aside = morning.clerk.post(DAY, &[("do", "aside"), ("aside", reference)]).await;
    aside.leads_to(&format!("{visit}?aside"));
    let asked = morning.clerk.get(&aside.location).await;
    asked.says("为什么（不要写号码）");
    assert!(!asked.has("谁看过") && !asked.has("来办的人"), "nothing is opened before");
    for (why, wrong) in [("", "请写明为什么"), ("13800000000", "请不要写证件号码")] {
        let refused = morning.clerk.post(&aside.location, &[("do", "aside"), ("aside-why", why)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.says(wrong);
        assert_eq!(refused.value("aside-why"), why, "what was typed is kept");
    }
    let why = ("aside-why", "单独说受到威胁");
    let opened = morning.clerk.post(&aside.location, &[("do", "aside"), why]).await;
    opened.says("这次打开记为：保护当事人");
    assert_eq!(opened.value("aside-why"), why.1, "its forms carry why it was opened");
    let unsaid = [why, ("what", "1.phone"), ("why", "safety"), ("reason", "")];
    let unsaid = morning.clerk.post(&aside.location, &unsaid).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    unsaid.says("请写明情况");
    let form = [why, ("what", "1.phone"), ("why", "safety"), ("reason", "回拨确认安全")];
    morning.clerk.post(&aside.location, &form).await.says(&morning.couple.people[1].phone[7..]);
    let other = [why, ("what", "1.phone"), ("why", "call"), ("reason", "")];
    let kept_inside = morning.clerk.post(&aside.location, &other).await;
    assert_eq!(kept_inside.status, StatusCode::UNPROCESSABLE_ENTITY, "what is opened aside is read for safety alone");
    assert_eq!(morning.couple.browser.get(&page).await.html, before);
    let nowhere = morning.clerk.post(DAY, &[("do", "aside"), ("aside", "999")]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);

    // Whoever reads the record and whoever answers for the office read of it, and nobody else.
    let (_, mut auditor) = at_work(&morning.house, 3, Role::Auditor, "nanshan").await;
    assert_eq!(auditor.get("/staff").await.location, LOOKS, "it is what an auditor comes for");
    let listed = auditor.get(LOOKS).await;
    assert_eq!((listed.status, &*listed.cache), (StatusCode::OK, "no-store"));
    for words in ["单独说受到威胁", "回拨确认安全", "clerk1", "看了完整的手机号码", ">90 天<"] {
        listed.says(words);
    }
    assert!(!listed.has("/staff/visits/"), "an auditor opens no visit");
    for person in &morning.couple.people {
        assert!(!listed.has(&person.name) && !listed.has(&person.phone) && !listed.has(&person.phone[7..]));
    }
    let (_, mut manager) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    let day = manager.get(DAY).await;
    assert!(day.has(LOOKS), "a manager is led to it from every page");
    let listed = manager.get(&format!("{LOOKS}?office=nanshan&back=90")).await;
    listed.says("单独说受到威胁");
    assert!(listed.has(&visit));
    assert_eq!(morning.clerk.get(LOOKS).await.status, StatusCode::FORBIDDEN);
    assert_eq!(morning.couple.browser.get(&page).await.html, before);
}

#[tokio::test]
async fn no_page_of_a_day_says_a_name_or_a_number_in_full_and_what_was_typed_stands_as_text() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    let looks = async |house: &House| {
        let statement = sql("select count(*) as looks from look", []);
        let row = statement.fetch_one(&mut *house.app.database().read().await.unwrap()).await.unwrap();
        int(&row, "looks").unwrap()
    };
    let none = morning.clerk.get(&format!("{visit}/refusal")).await;
    assert_eq!((none.status, looks(&morning.house).await), (StatusCode::NOT_FOUND, 0), "nobody has read anything");
    let serving = morning.serve().await;
    let typed = [("what", "0.phone"), ("why", "call"), ("reason", "<img src=x onerror=alert(1)> =HYPERLINK(x)")];
    morning.clerk.post(&visit, &typed).await.says("看了完整的手机号码");
    let more = [("outcome", "refused"), ("ground", "under_age")];
    and_look(&mut morning.clerk, &serving, "因为什么", &more).await;
    let refusal = format!("{visit}/refusal");
    morning.clerk.get(&refusal).await.says("000-22222222");
    let line = morning.clerk.follow("/staff/day/events").await.next().await.unwrap().data;
    let all = ["/staff/day?state=all", "/staff/day/print", "/staff/day/paper", &visit, &refusal];
    for path in all {
        let page = morning.clerk.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.has("<img src=x"), "{path}");
        for person in &morning.couple.people {
            let spoken = [&person.phone[..3], &person.phone[3..7], &person.phone[7..]].join(" ");
            for secret in [&person.name, &person.id_number, &person.phone, &spoken] {
                assert!(!page.has(secret) && !line.contains(secret.as_str()), "{path} says {secret}");
            }
        }
    }
}

#[tokio::test]
async fn one_number_is_read_for_a_reason_in_that_answer_alone() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    let (his, spoken) =
        (morning.couple.people[0].clone(), |phone: &str| format!("{} {} {}", &phone[..3], &phone[3..7], &phone[7..]));
    let nothing = morning.clerk.post(&visit, &[("what", ""), ("why", ""), ("reason", "证件磨损")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("请选择看哪一项");
    nothing.says("请选择为什么要看");
    assert_eq!(nothing.value("reason"), "证件磨损", "what was typed is kept");
    let number = [("what", "0.number"), ("why", "document"), ("reason", "440308199901101512")];
    let numbered = morning.clerk.post(&visit, &number).await;
    numbered.says("请不要写证件号码");
    let shown = morning.clerk.post(&visit, &[("what", "0.phone"), ("why", "call"), ("reason", "")]).await;
    assert_eq!((shown.status, &*shown.cache), (StatusCode::OK, "no-store"));
    shown.says(&spoken(&his.phone));
    shown.says("看了完整的手机号码");
    let again = morning.clerk.get(&visit).await;
    assert!(!again.has(&spoken(&his.phone)), "it is gone with the answer");
    let page = morning.couple.browser.get(&morning.page).await;
    page.says("看了完整的手机号码，为您办理");
}

#[tokio::test]
async fn the_page_of_the_booking_is_the_same_to_the_byte_whichever_way_the_visit_ended() {
    let mut morning = Morning::new().await;
    let serving = morning.serve().await;
    serving.says("另行处理");
    serving.says("12338");
    let page = morning.page.clone();
    // Both ends at the same instant, one after the other, since the first is taken back.
    let more = [("outcome", "to_return"), ("paper", "as_told")];
    let ordinary = and_look(&mut morning.clerk, &serving, "一方没有来", &more).await;
    let slips = format!("{}/missing", morning.visit().await);
    assert_eq!(morning.clerk.get(&slips).await.status, StatusCode::NOT_FOUND, "nothing is to be brought");
    let told = morning.couple.browser.get(&page).await;
    assert!(!told.has("没有办完的短信"), "it can still be taken back: {}", told.html);
    told.says("今天的预约已经结束");
    told.says("已经办好的，不用再做什么");
    assert!(!told.has("预约就在今天") && !told.has("没有赶上的"), "nothing is left to come for");
    let texts = morning.house.messages().await;
    let back = and_look(&mut morning.clerk, &ordinary, "撤销", &[]).await;
    morning.couple.browser.get(&page).await.says("正在 91 号窗口办理");
    let apart = and_look(&mut morning.clerk, &back, "不追问细节", &[]).await;
    assert_eq!(morning.couple.browser.get(&page).await.html, told.html);
    let again = morning.house.messages().await;
    assert_eq!(again.len(), texts.len());
    for (one, two) in texts.iter().zip(&again) {
        assert_eq!((&one.kind, &one.message.text, one.due_at), (&two.kind, &two.message.text, two.due_at));
    }
    morning.house.wait(TimeDelta::seconds(60));
    morning.couple.browser.get(&page).await.says("没有办完的短信");
    // The day sheet says the same of both, too.
    for page in [&ordinary, &apart] {
        page.says("办结：没有办完");
    }
    let visit = morning.visit().await;
    let opened = morning.clerk.get(&visit).await;
    assert!(!opened.has("另行办结") && !opened.has("内部记录"), "a colleague reads of none");
    let (_, mut other) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    let opened = other.get(&visit).await;
    opened.says("内部记录");
    opened.says("另行办结：一方单独表示不愿意，未继续办理");
    assert!(!opened.has("不算数"), "it stands");
    let (_, mut auditor) = at_work(&morning.house, 3, Role::Auditor, "nanshan").await;
    assert!(!auditor.get(LOOKS).await.has("不算数"), "it stands");
}

#[tokio::test]
async fn whoever_lacks_papers_reads_on_the_page_what_the_text_says() {
    let mut morning = Morning::new().await;
    let serving = morning.serve().await;
    // What is one person's own business stands in no text, and on a slip of its own.
    let more = [("outcome", "to_return"), ("paper", "status_proof"), ("paper", "photos")];
    let own = and_look(&mut morning.clerk, &serving, "还缺什么", &more).await;
    own.says("打印材料单");
    let visit = morning.visit().await;
    // Nor on a list that others read too: with one that is private, no paper is named.
    for list in ["/staff/day?state=done", "/staff/day?state=all", "/staff/day/print"] {
        let listed = morning.clerk.get(list).await;
        listed.says("补材料再来");
        for paper in ["前一段婚姻", "合影"] {
            assert!(!listed.has(&format!("补材料再来：{paper}")) && !listed.has(&format!("、{paper}")), "{list}");
        }
    }
    let opened = morning.clerk.get(&visit).await;
    assert!(opened.has("前一段婚姻已经结束的证明") && opened.has("双人合影"), "on its own page: {}", opened.html);
    let slips = format!("{visit}/missing");
    let printed = morning.clerk.get(&slips).await;
    printed.says("只交给要补它的本人");
    let each: Vec<_> = printed.html.split("class=\"slip\"").skip(1).collect();
    let names = |paper: &str| each.iter().map(|slip| slip.contains(paper)).collect::<Vec<_>>();
    assert_eq!((names("合影"), names("前一段婚姻")), (vec![true; 2], vec![false, true]), "{}", printed.html);
    let decision = format!("{visit}/refusal");
    printed.says("要书面决定的");
    let by_hand = morning.clerk.get(&decision).await;
    by_hand.says("材料不齐，还差：＿＿＿＿＿＿＿＿");
    assert!(!by_hand.has("前一段婚姻") && !by_hand.has("合影"), "both get one: {}", by_hand.html);
    let back = and_look(&mut morning.clerk, &own, "撤销", &[]).await;
    assert_eq!(morning.clerk.get(&slips).await.status, StatusCode::NOT_FOUND);
    let more = [("outcome", "to_return"), ("paper", "photos"), ("paper", "resident_id")];
    and_look(&mut morning.clerk, &back, "还缺什么", &more).await;
    morning.clerk.get("/staff/day?state=done").await.says("补材料再来：双人合影、居民身份证");
    let decided = morning.clerk.get(&decision).await;
    for words in
        ["编号：＿", "还差：两人的 2 寸合影 3 张（本登记处的做法，条例没有写）", "《婚姻登记条例》第八条", "60 日内"]
    {
        decided.says(words);
    }
    let printed = morning.clerk.get(&slips).await;
    for words in [
        "合影 3 张（本登记处的做法，条例没有写）",
        "本人的居民身份证（《婚姻登记条例》第八条）",
        "要书面决定的，可以请登记机关出具书面决定",
        "60 日内",
        "6 个月内",
    ] {
        printed.says(words);
    }
    for words in
        ["一个人一张，当面交给本人", "过了当天，可以重新预约", "节假日以预约日历为准", "到哪里", "000-22222222"]
    {
        printed.says(words);
    }
    assert!(!printed.has("前一段婚姻") && !printed.has(&morning.couple.people[0].name), "{}", printed.html);
    let page = morning.page.clone();
    let early = morning.couple.browser.get(&page).await;
    early.says("今天的预约已经结束");
    assert!(!early.has("还差材料："), "nobody is told before it stands: {}", early.html);
    morning.house.wait(TimeDelta::seconds(61));
    let text = morning.house.text_to(morning.couple.phone(0), "visit_to_return").await;
    let lacks = text.split("结婚登记").nth(1).unwrap().split('。').next().unwrap().to_owned();
    assert!(lacks.starts_with("还差材料：") && text.contains("过了当天，可以重新预约"), "{text}");
    let told = morning.couple.browser.get(&page).await;
    told.says(&lacks);
    told.says("今天再来的，请先打电话问登记处还能不能办；明天起，可以重新预约");
    let data = morning.couple.browser.get(&format!("{page}/data")).await;
    data.says("过了预约的那一天，本人带证件到任何一个登记处的窗口");
    assert!(!data.has("先取消预约"), "nothing is left to cancel");
    morning.house.set_clock("2026-05-15T09:00:00+08:00");
    morning.couple.browser.get(&page).await.says(&format!("那天来的时候{lacks}。带齐以后，可以重新预约"));
}

#[tokio::test]
async fn an_end_apart_that_was_a_slip_is_told_apart_once_it_is_undone() {
    let mut morning = Morning::new().await;
    let serving = morning.serve().await;
    let apart = and_look(&mut morning.clerk, &serving, "不追问细节", &[]).await;
    morning.house.wait(TimeDelta::seconds(9));
    and_look(&mut morning.clerk, &apart, "撤销", &[]).await;
    let visit = morning.visit().await;
    let (_, mut manager) = at_work(&morning.house, 9, Role::OfficeManager, "nanshan").await;
    for page in [&*visit, LOOKS] {
        let shown = manager.get(page).await;
        shown.says("已撤销，不算数（");
        assert!(shown.has("<s>另行办结"), "{}", shown.html);
    }
}

#[tokio::test]
async fn another_offices_clerk_gets_nothing_of_a_visit_and_who_has_no_right_nothing_of_bookings() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    let (_, mut stranger) = at_work(&morning.house, 2, Role::CounterClerk, "demo-bay").await;
    let form = [("what", "0.phone"), ("why", "safety"), ("reason", "")];
    let aside = format!("{visit}?aside");
    for answer in [
        stranger.get(&visit).await,
        stranger.get(&aside).await,
        stranger.post(&visit, &form).await,
        stranger.post(&aside, &form).await,
    ] {
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(!answer.has("演") || !answer.has("尾号"), "{}", answer.html);
    }
    assert_eq!(stranger.get("/staff/visits/none").await.status, StatusCode::NOT_FOUND);
    let (_, mut auditor) = at_work(&morning.house, 3, Role::Auditor, "nanshan").await;
    for path in [&*visit, RELEASE] {
        assert_eq!(auditor.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(auditor.post(path, &[("do", "find")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    morning.couple.browser.get(&morning.page).await.says("没有可以显示的查看记录");
}

#[tokio::test]
async fn a_booking_that_is_not_theirs_is_found_by_the_card_and_released_by_a_second_press() {
    let mut morning = Morning::new().await;
    let hers = morning.couple.people[1].clone();
    let find = |number: &str| {
        vec![("do", "find".to_owned()), ("id_type", "resident_id".to_owned()), ("id_number", number.to_owned())]
    };
    let send = async |clerk: &mut Browser, form: Vec<(&str, String)>| {
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        clerk.post(RELEASE, &form).await
    };
    let wrong = send(&mut morning.clerk, find("44030819990110")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.value("id_number"), "44030819990110", "what was typed is kept");
    let found = send(&mut morning.clerk, find(&hers.id_number)).await;
    assert_eq!((found.status, &*found.cache), (StatusCode::OK, "no-store"));
    found.says("有一个预约：结婚登记，2026年5月14日");
    assert!(!found.has("南山") && !found.has(&morning.couple.people[0].name), "no place and nobody else");
    let claim = found.value("claim");
    let second = |tell: &str, hours: &str| {
        vec![
            ("do", "release".to_owned()),
            ("claim", claim.clone()),
            ("tell", tell.to_owned()),
            ("hours", hours.to_owned()),
        ]
    };
    for hours in ["", "0", "73", "soon"] {
        let wrong = send(&mut morning.clerk, second("later", hours)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{hours}");
        wrong.says("1 到 72");
        assert_eq!((wrong.value("claim"), wrong.value("hours")), (claim.clone(), hours.to_owned()));
    }
    let without_words = send(&mut morning.clerk, second("never", "")).await;
    assert_eq!(without_words.status, StatusCode::UNPROCESSABLE_ENTITY);
    without_words.says("选了“不通知”，请写一句为什么。");
    without_words.says("一切和原来一样，到那一天结束");
    let before = morning.couple.browser.get(&morning.page).await;
    let entry = morning.couple.browser.get(&format!("{}/calendar.ics", morning.page)).await;
    let ended = send(&mut morning.clerk, second("later", "5")).await;
    assert!(ended.location.starts_with(&format!("{RELEASE}?done=")), "{}", ended.location);
    let done = morning.clerk.get(&ended.location).await;
    for words in ["预约已经撤销", "短信 2026年5月14日 星期四 下午 2:0", "在那以前，预约页面不说", "12338"]
    {
        done.says(words);
    }
    let page = morning.couple.browser.get(&morning.page).await;
    assert!(!page.has("预约被撤销的短信"), "the text waits");
    // Nobody could have called it off any more: until then it stands for whoever booked.
    assert_eq!(page.html, before.html);
    let file = morning.couple.browser.get(&format!("{}/calendar.ics", morning.page)).await;
    assert_eq!(file.html, entry.html);
    let day = morning.clerk.get(DAY).await;
    let reference = morning.page.rsplit('/').next().unwrap().to_owned();
    let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
    let arrived = morning.clerk.post(DAY, &form).await;
    assert_eq!(arrived.status, StatusCode::CONFLICT);
    arrived.says("只说“现在办不了，请稍等”");
    morning.house.wait(TimeDelta::hours(5));
    let told = morning.couple.browser.get(&morning.page).await;
    told.says("预约被撤销的短信");
    told.says("撤销了这个预约");
    told.says("有疑问的，请打下面的电话");
    assert!(!told.has("想知道原因"), "nobody is sent to the registry who should not go there");
    let again = send(&mut morning.clerk, find(&hers.id_number)).await;
    assert!(again.has("没有有效的预约") || again.status == StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_text_that_did_not_arrive_stands_on_the_sheet_until_somebody_says_that_they_were_told() {
    let mut morning = Morning::new().await;
    let failed = "update outbox set state = 'failed' where kind = 'booking_made'";
    sql(failed, []).execute(&mut morning.house.connection().await).await.unwrap();
    morning.clerk.get(DAY).await.says("2 条短信没有送到");
    let page = "/staff/messages?office=nanshan";
    for left in [2, 1] {
        let tasks = morning.clerk.get(page).await;
        assert_eq!(tasks.html.matches(r#"name="told""#).count(), left);
        let told = tasks.value("told");
        morning.clerk.post(page, &[("told", &told)]).await.leads_to(page);
    }
    morning.clerk.get(page).await.says("都送到了");
    assert!(!morning.clerk.get(DAY).await.has("条短信没有送到"));
}

#[tokio::test]
async fn whoever_opens_a_visit_at_another_counter_reads_whose_it_is_and_is_sent_to_no_sheet_without_an_act() {
    let mut morning = Morning::new().await;
    let visit = morning.visit().await;
    morning.serve().await;
    morning.house.wait(TimeDelta::minutes(2));
    let (_, mut other) = at_work(&morning.house, 3, Role::CounterClerk, "nanshan").await;
    let one = other.get(&visit).await;
    one.says("现在在 91 号窗口，由那里办理");
    assert!(!one.has("到当天的名单上办理"), "{}", one.html);
    morning.clerk.get(&visit).await.says("到当天的名单上办理这个号");
    let (_, mut manager) = at_work(&morning.house, 7, Role::OfficeManager, "nanshan").await;
    manager.get(&visit).await.says("到当天的名单上办理这个号");
}

#[tokio::test]
async fn a_clerk_books_moves_and_cancels_for_whoever_calls_and_reads_out_what_the_database_has() {
    let mut morning = Morning::new().await;
    morning.clerk.get(DAY).await.says("代为预约");
    let clerk = &mut morning.clerk;
    let times = clerk.get("/staff/book?date=2026-05-18").await;
    times.says("2026年5月18日");
    times.says("今天的不能预约");
    times.says("“今天”里现场取号");
    let slots = times.slots("time");
    let form = format!("/staff/book?slot={}", slots[0]);
    let page = clerk.get(&form).await;
    page.says("看到证件了吗");
    assert!(!page.has("去之前先问"), "a clerk of that office is told to ask nobody: {}", page.html);
    page.says("请先把填写的姓名、证件号码和手机念给对方核对");
    assert!(
        page.has("别的人去哪里") && page.has("0755-00000001（演示，打不通）"),
        "before anything is typed: {}",
        page.html
    );
    let action = page.html.split("action=\"").find(|tail| tail.contains("name=\"press\"")).unwrap();
    let action = action.split('"').next().unwrap().replace("&amp;", "&");
    let two = Couple::new(&morning.house, 7).people;
    let mut fields = vec![("do", "book"), ("slot", &*slots[0]), ("seen", "no"), ("language", "zh")];
    let press = page.value("press");
    fields.push(("press", &press));
    let wrong = clerk.post(&action, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("男方：请填写姓名");
    wrong.says("请填写手机号码，预约的短信发到这里。");
    assert!(!wrong.has("我们会发一条验证码短信"), "no code is sent from here");
    let document = "mainland/resident_id";
    fields.extend([
        ("parties.0.name", &*two[0].name),
        ("parties.0.document", document),
        ("parties.0.id_number", &*two[0].id_number),
        ("parties.0.phone", &*two[0].phone),
        ("parties.1.name", &*two[1].name),
        ("parties.1.document", document),
        ("parties.1.id_number", &*two[0].id_number),
        ("parties.1.phone", ""),
    ]);
    let same = clerk.post(&action, &fields).await;
    assert_eq!((same.status, same.value("parties.0.name")), (StatusCode::UNPROCESSABLE_ENTITY, two[0].name.clone()));
    let at = fields.iter().position(|(name, _)| *name == "parties.1.id_number").unwrap();
    fields[at].1 = &two[1].id_number;
    let booked = clerk.post(&action, &fields).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.html);
    clerk.post(&action, &fields).await.leads_to(&booked.location);
    // Back, and something else on the same page.
    fields.last_mut().unwrap().1 = &two[1].phone;
    let other = clerk.post(&action, &fields).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.says("这一页刚才已经提交过一次，那一次已经办成");
    assert_eq!(other.value("parties.1.phone"), two[1].phone, "nothing that was typed is lost");
    assert_ne!(other.value("press"), press, "and a further press does it");
    assert!(!other.has("请求编号"), "{}", other.html);
    fields.last_mut().unwrap().1 = "";
    let done = clerk.get(&booked.location).await;
    for words in ["已经预约", "2026年5月18日", "短信发到尾号", "请念给对方听："] {
        done.says(words);
    }
    let id = booked.location.split("done=").nth(1).unwrap().to_owned();
    clerk.get(&format!("/staff/visits/{id}")).await.says("改到别的时间");
    let other = clerk.get(&format!("/staff/book?move={id}&date=2026-05-19")).await;
    for words in ["现在约的是 2026年5月18日", "不能改到今天"] {
        other.says(words);
    }
    let to = other.slots("time")[0].clone();
    let page = clerk.get(&format!("/staff/book?move={id}&slot={to}")).await;
    page.says("原来的时间");
    let press = page.value("press");
    let form = [("do", "move"), ("from", &*page.value("from")), ("slot", &*to), ("press", &*press)];
    let moved = clerk.post(&format!("/staff/book?move={id}&at=marriage_registration%40nanshan"), &form).await;
    let done = clerk.get(&moved.location).await;
    done.says("已经改到新的时间");
    done.says("2026年5月19日");
    let at = fields.iter().position(|(name, _)| *name == "press").unwrap();
    fields[at].1 = "another-press";
    let again = clerk.post(&action, &fields).await;
    again.says("他们里有人已经约了");
    assert!(!again.has("带上证件原件去一趟"), "they stand at the place they are sent to: {}", again.html);

    let visit = format!("/staff/visits/{id}");
    let page = clerk.get(&visit).await;
    page.says("他们说不来了，取消预约…");
    let form = page.html.split("取消预约…").nth(1).unwrap();
    let press = form.split("name=\"press\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let cancel = [("do", "cancel"), ("press", press)];
    for _ in 0..2 {
        clerk.post(&visit, &cancel).await.leads_to(&format!("{visit}?done=cancelled"));
    }
    let cancelled = clerk.get(&format!("{visit}?done=cancelled")).await;
    cancelled.says("预约已经取消");
    cancelled.says("短信发到尾号");
    let cancelled = clerk.get(&visit).await;
    cancelled.says("预约已取消");
    assert!(!cancelled.has("取消预约…") && !cancelled.has("改到别的时间"), "{}", cancelled.html);
    is_listed(&morning.house, &id).await;
    let (_, mut editor) = at_work(&morning.house, 6, Role::ContentEditor, "nanshan").await;
    assert_eq!(editor.get("/staff/book").await.status, StatusCode::FORBIDDEN);
}

/// What a clerk booked, moved and cancelled stands on the manager's list.
async fn is_listed(house: &House, id: &str) {
    let (_, mut manager) = at_work(house, 12, Role::OfficeManager, "nanshan").await;
    let listed = manager.get("/staff/looks?office=nanshan&list=changed").await;
    for words in [
        "替人约的、取消、改期的预约",
        "取消了 2026年5月19日",
        "从 2026年5月18日",
        "改到 2026年5月19日",
        "新约的",
        "共 3 条",
    ] {
        listed.says(words);
    }
    assert!(listed.has(&format!("href=\"/staff/visits/{id}\"")), "{}", listed.html);
}

#[tokio::test]
async fn somebody_who_is_there_with_a_booking_that_is_not_theirs_leaves_with_it() {
    let mut morning = Morning::new().await;
    morning.serve().await;
    let visit = morning.visit().await;
    let hers = morning.couple.people[1].id_number.clone();
    let find = [("do", "find"), ("id_type", "resident_id"), ("id_number", &*hers)];
    let found = morning.clerk.post(RELEASE, &find).await;
    found.says("有人已经用这个预约签到");
    found.says("办理机关后来给其中的人再约了一个，也会知道");
    let claim = found.value("claim");
    let form = [("do", "release"), ("claim", &*claim), ("tell", "never"), ("hours", ""), ("reason", "单独说有危险")];
    morning.clerk.post(RELEASE, &form).await.leads_to(&format!("{RELEASE}?done=never"));
    morning.clerk.get(&format!("{RELEASE}?done=never")).await.says("不发短信");
    let day = morning.clerk.get(DAY).await;
    day.says("叫下一个");
    let left = morning.clerk.get(&visit).await;
    left.says("已离开");
    left.says("随预约撤销");
    left.says("有人来问，只说“今天的预约已经结束”");
    assert!(!left.has("办理机关撤销预约"), "{}", left.html);
    let page = morning.couple.browser.get(&morning.page).await;
    page.says("今天的预约已经结束");
    assert!(!page.has("取消"), "nobody could have: {}", page.html);
    let file = morning.couple.browser.get(&format!("{}/calendar.ics", morning.page)).await;
    assert!(!file.has("CANCELLED"), "{}", file.html);
    let (_, mut auditor) = at_work(&morning.house, 3, Role::Auditor, "nanshan").await;
    let listed = auditor.get(&format!("{LOOKS}?list=releases")).await;
    for words in
        ["撤销了预约，不通知", "原因：本人持证到窗口，说不是自己约的：单独说有危险", "按证件查到了预约", "clerk1"]
    {
        listed.says(words);
    }
    assert!(!listed.has("/staff/visits/"), "an auditor opens no visit");
}

#[tokio::test]
async fn the_page_and_the_calendar_of_who_had_come_are_the_same_to_the_byte_however_they_left() {
    let mut morning = Morning::new().await;
    let day = morning.clerk.get(DAY).await;
    let reference = morning.page.rsplit('/').next().unwrap().to_owned();
    let form = [("do", "check-in"), ("press", &*day.value("press")), ("reference", &reference)];
    let arrived = morning.clerk.post(DAY, &form).await;
    let arrived = morning.clerk.get(&arrived.location).await;
    let left = and_look(&mut morning.clerk, &arrived, "已离开", &[]).await;
    let calendar = format!("{}/calendar.ics", morning.page);
    let ordinary = [morning.page.clone(), calendar];
    let mut read = Vec::new();
    for address in &ordinary {
        read.push(morning.couple.browser.get(address).await.html);
    }
    and_look(&mut morning.clerk, &left, "撤销", &[]).await;
    let find = [("do", "find"), ("id_type", "resident_id"), ("id_number", &*morning.couple.people[1].id_number)];
    let claim = morning.clerk.post(RELEASE, &find).await.value("claim");
    let form = [("do", "release"), ("claim", &*claim), ("tell", "never"), ("hours", ""), ("reason", "单独说有危险")];
    morning.clerk.post(RELEASE, &form).await.leads_to(&format!("{RELEASE}?done=never"));
    for (address, before) in ordinary.iter().zip(read) {
        assert_eq!(morning.couple.browser.get(address).await.html, before, "{address}");
    }
}
