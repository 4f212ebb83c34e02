//! When an office serves: hours that are changed, days that open again, and more places on the day itself.

use axum::http::StatusCode;
use server::counter::{By, Kiosk, walk_in};
use shared::appointments::SlotState;
use shared::counter::Press;
use shared::marriage::SERVICE;
use shared::staff::{OfficeId, Role};

use super::{
    at_work::{DAY, at_work, busy_house, press},
    browser::{Browser, Page},
    couple::Couple,
    hall::{link, opened},
    house::House,
};

const HOURS: &str = "/staff/office/hours?office=nanshan&of=marriage_registration%40nanshan";
const TODAY: &str = "/staff/office/today?office=nanshan";

async fn managed() -> (House, Browser) {
    let house = busy_house().await;
    let (_, manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    (house, manager)
}

/// Mornings of the first four weekdays from a day on, with other fields in place of these.
fn mornings<'a>(act: &'a str, plan: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("kind", "week"),
        ("do", act),
        ("plan", plan),
        ("lines.0.weekdays", "1"),
        ("lines.0.weekdays", "2"),
        ("lines.0.weekdays", "3"),
        ("lines.0.weekdays", "4"),
        ("lines.0.starts", "09:00"),
        ("lines.0.ends", "11:00"),
        ("lines.0.slot_minutes", "30"),
        ("lines.0.capacity", "2"),
        ("from", "2026-05-14"),
    ];
    for (name, _) in more {
        form.retain(|(known, _)| known != name);
    }
    form.extend(more);
    form
}

#[tokio::test]
async fn a_manager_sees_what_new_hours_do_before_they_hold_and_keeps_what_was_typed() {
    let (house, mut manager) = managed().await;
    manager.get("/staff/office/services?office=nanshan").await.says("改时间");
    let list = "/staff/office/services?office=nanshan";
    manager.get("/staff/office/hours?office=nanshan").await.leads_to(list);
    let page = manager.get(HOURS).await;
    page.says("星期一至星期五 9:00–12:00，每 15 分钟 3 个名额");
    let plan = page.value("plan");
    let wrong = [("lines.0.ends", "8:00"), ("lines.0.capacity", "viele"), ("from", "2026-05-13")];
    let wrong = manager.post(HOURS, &mornings("preview", &plan, &wrong)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("每个时段的名额请填写 1 到 200");
    wrong.says("最早从明天起");
    assert!(wrong.has("value=\"viele\"") && wrong.has("value=\"8:00\""), "{}", wrong.html);

    let preview = manager.post(HOURS, &mornings("preview", &plan, &[])).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.html);
    preview.says("个预约在改掉的时间里");
    preview.says("这些预约不取消、不改期");
    preview.says("改了以后的两周");
    preview.says("9:00–11:00（4 个时段，8 个名额）");
    let effect = preview.value("effect");
    let blind = manager.post(HOURS, &mornings("save", &plan, &[("effect", "guess")])).await;
    assert_eq!(blind.status, StatusCode::OK);
    blind.says("就这样保存");
    let texts = house.texts().await;
    let saved = manager.post(HOURS, &mornings("save", &plan, &[("effect", &effect)])).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
    manager.get(&saved.location).await.says("已经保存");
    assert_eq!(house.texts().await, texts, "nobody is told, since nobody's booking changes");
    let times = house.browser().get("/marriage/book?registry=nanshan&date=2026-05-14").await;
    times.says("10:30");
    assert!(!times.has("14:30"), "{}", times.html);

    let stale = manager.post(HOURS, &mornings("save", &plan, &[("effect", &effect)])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("刚刚有人改过");
}

#[tokio::test]
async fn lines_are_added_and_taken_away_without_scripts() {
    let (_house, mut manager) = managed().await;
    let plan = manager.get(HOURS).await.value("plan");
    let more = manager.post(HOURS, &mornings("more", &plan, &[])).await;
    assert_eq!(more.status, StatusCode::OK, "{}", more.html);
    // The form for one day has a second line in any case.
    let second = |page: &Page| page.html.matches("name=\"lines.1.starts\"").count();
    assert!(second(&more) == 2 && more.has("value=\"11:00\""), "{}", more.html);
    let fewer = [("lines.1.starts", "14:00"), ("lines.1.weekdays", "6")];
    let fewer = manager.post(HOURS, &mornings("drop:0", &plan, &fewer)).await;
    assert!(second(&fewer) == 1 && fewer.has("value=\"14:00\""), "{}", fewer.html);
}

/// Switches the 14th and 15th off.
pub async fn closed(manager: &mut Browser) {
    let form = |act: &'static str, effect: String| {
        [
            ("do", act.to_owned()),
            ("of", "marriage_registration@nanshan".to_owned()),
            ("from", "2026-05-14".to_owned()),
            ("to", "2026-05-15".to_owned()),
            ("why", "systems".to_owned()),
            ("effect", effect),
        ]
    };
    let services = "/staff/office/services?office=nanshan";
    let send = async |manager: &mut Browser, form: [(&'static str, String); 6]| -> Page {
        let form: Vec<_> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
        manager.post(services, &form).await
    };
    let preview = send(manager, form("preview", String::new())).await;
    let done = send(manager, form("switch-off", preview.value("effect"))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
}

#[tokio::test]
async fn a_day_that_was_switched_off_opens_again_and_says_what_that_means_for_whom() {
    let (house, mut manager) = managed().await;
    closed(&mut manager).await;
    manager.get("/staff/office/services?office=nanshan").await.says("恢复办理");
    let page = manager.get(HOURS).await;
    page.says("停办的日子");
    let plan = page.value("plan");
    let form = |act: &'static str, to: &'static str, effect: &str| {
        let form =
            [("kind", "reopen"), ("do", act), ("plan", &plan), ("from", "2026-05-14"), ("to", to), ("effect", effect)];
        form.map(|(name, text)| (name, text.to_owned()))
    };
    let send = async |manager: &mut Browser, form: [(&'static str, String); 6]| -> Page {
        let form: Vec<_> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
        manager.post(HOURS, &form).await
    };
    let wrong = send(&mut manager, form("preview", "2026-05-13", "")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let preview = send(&mut manager, form("preview", "2026-05-14", "")).await;
    preview.says("不会改回来，也不会再收到短信");
    preview.says("一直有效");
    let texts = house.texts().await;
    let done = send(&mut manager, form("save", "2026-05-14", &preview.value("effect"))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    assert_eq!(house.texts().await, texts);
    let is_closed =
        async |day: &str| house.slots("nanshan", day).await.iter().any(|slot| slot.state == SlotState::Closed);
    assert!(!is_closed("2026-05-14").await && is_closed("2026-05-15").await);
}

#[tokio::test]
async fn whoever_was_told_that_the_day_is_closed_is_told_that_it_opens_again_and_reads_it() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    closed(&mut manager).await;
    couple.browser.get(&page).await.says("登记处这一天不办理，请改期");
    let plan = manager.get(HOURS).await.value("plan");
    let form = |act: &'static str| {
        vec![("kind", "reopen"), ("do", act), ("plan", &*plan), ("from", "2026-05-14"), ("to", "2026-05-14")]
    };
    let preview = manager.post(HOURS, &form("preview")).await;
    preview.says("都收到过停办的短信");
    preview.says("恢复办理，不发短信");
    let day = "/staff/day?office=nanshan&amp;date=2026-05-14&amp;q=";
    assert!(preview.has(day), "the number leads to the booking: {}", preview.html);
    let effect = preview.value("effect");
    let mut save = form("save-tell");
    save.push(("effect", &effect));
    let done = manager.post(HOURS, &save).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    for address in [&*done.location, HOURS] {
        let again = manager.get(address).await;
        again.says("恢复办理后，还约着的");
        again.says("短信已经告诉照常来");
        assert!(again.has(day), "the list can be read again: {}", again.html);
    }
    for who in [0, 1] {
        let text = house.text_to(couple.phone(who), "booking_day_reopened").await;
        assert!(text.contains("恢复办公") && text.contains("请照原来的时间来"), "{text}");
    }
    let shown = couple.browser.get(&page).await;
    shown.says("预约成功");
    shown.says("恢复办理的短信");
    assert!(!shown.has("这一天不办理，请改期"), "{}", shown.html);
    let file = couple.browser.get(&format!("{page}/calendar.ics")).await;
    assert!(file.has("STATUS:CONFIRMED") && file.has("SEQUENCE:2"), "greater than that of the closing: {}", file.html);
}

#[tokio::test]
async fn whoever_was_told_nothing_of_the_reopening_reads_it_and_can_be_told_later_once() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    closed(&mut manager).await;
    let plan = manager.get(HOURS).await.value("plan");
    let mut form = vec![("kind", "reopen"), ("plan", &*plan), ("from", "2026-05-14"), ("to", "2026-05-14")];
    form.push(("do", "preview"));
    let effect = manager.post(HOURS, &form).await.value("effect");
    form.pop();
    form.extend([("do", "save"), ("effect", &effect)]);
    assert_eq!(manager.post(HOURS, &form).await.status, StatusCode::SEE_OTHER);
    let before = house.texts().await;
    let shown = couple.browser.get(&page).await;
    shown.says("预约成功");
    shown.says("登记处已经恢复办理，请照常来");
    let again = manager.get(HOURS).await;
    again.says("短信告诉这 1 个照常来");
    again.says("这一天恢复办公了");
    for _ in 0..2 {
        assert_eq!(manager.post(HOURS, &[("do", "tell")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.texts().await, before + 2, "both of them, once");
    }
    let told = manager.get(HOURS).await;
    told.says("短信已经告诉照常来");
    assert!(!told.has("短信告诉这"), "{}", told.html);
    assert!(!couple.browser.get(&page).await.has("恢复办理，请照常来"), "the text has said it");
}

#[tokio::test]
async fn hours_of_one_day_stand_at_the_head_of_its_sheet_and_on_the_page_of_whoever_is_outside_them() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let plan = manager.get(HOURS).await.value("plan");
    let mut form = vec![
        ("kind", "own"),
        ("plan", &*plan),
        ("from", "2026-05-14"),
        ("lines.0.starts", "14:00"),
        ("lines.0.ends", "16:00"),
        ("lines.0.slot_minutes", "30"),
        ("lines.0.capacity", "2"),
        ("why", "power_cut"),
        ("do", "preview"),
    ];
    let preview = manager.post(HOURS, &form).await;
    preview.says("不发短信");
    preview.says("预约还有效，没有取消，也没有改期");
    let effect = preview.value("effect");
    form.pop();
    form.extend([("do", "save"), ("effect", &effect)]);
    assert_eq!(manager.post(HOURS, &form).await.status, StatusCode::SEE_OTHER);
    let shown = couple.browser.get(&page).await;
    for words in ["登记处这一天只办 14:00–16:00：停电", "预约还有效，没有取消，也没有改期", "自己改到别的时间"]
    {
        shown.says(words);
    }
    let day = manager.get("/staff/day?office=nanshan&date=2026-05-14").await;
    day.says("这一天只办 14:00–16:00：停电");
    day.says("有 1 个约在这以外");
    let list = manager.get("/staff/day?office=nanshan&date=2026-05-14&state=outside").await;
    list.says("约在办理时间以外");
    assert_eq!(list.html.matches("data-visit=").count(), 1, "{}", list.html);
    let ordinary = manager.get("/staff/day?office=nanshan&date=2026-05-15").await;
    assert!(!ordinary.has("只办") && !ordinary.has("约在办理时间以外"), "{}", ordinary.html);
}

#[tokio::test]
async fn one_saturday_is_opened_and_made_ordinary_again() {
    let (_house, mut manager) = managed().await;
    let plan = manager.get(HOURS).await.value("plan");
    let form = [("kind", "like"), ("plan", &plan), ("date", "2026-05-16"), ("weekday", "1"), ("why", "demand")];
    let with = |more: &[(&'static str, String)]| {
        let form = form.iter().map(|(name, text)| (*name, (*text).to_owned()));
        form.chain(more.iter().cloned()).collect::<Vec<_>>()
    };
    let send = async |manager: &mut Browser, form: Vec<(&'static str, String)>| -> Page {
        let form: Vec<_> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
        manager.post(HOURS, &form).await
    };
    let preview = send(&mut manager, with(&[("do", "preview".to_owned())])).await;
    preview.says("没有预约受影响");
    preview.says("按星期一：办理人数较多");
    let done = send(&mut manager, with(&[("do", "save".to_owned()), ("effect", preview.value("effect"))])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let page = manager.get(HOURS).await;
    page.says("按星期一的时间办：办理人数较多");
    let plan = page.value("plan");
    let ordinary = [("kind", "ordinary"), ("plan", plan.as_str()), ("date", "2026-05-16"), ("do", "preview")];
    manager.post(HOURS, &ordinary).await.says("改回平常");
}

#[tokio::test]
async fn one_day_has_hours_of_its_own_and_a_reason() {
    let (house, mut manager) = managed().await;
    let page = manager.get(HOURS).await;
    page.says("给一天单独定时间");
    let form = |act: &'static str, effect: &str| {
        [
            ("kind", "own".to_owned()),
            ("do", act.to_owned()),
            ("plan", page.value("plan")),
            ("from", "2026-05-14".to_owned()),
            ("lines.0.starts", "9:00".to_owned()),
            ("lines.0.ends", "11:00".to_owned()),
            ("lines.0.slot_minutes", "30".to_owned()),
            ("lines.0.capacity", "2".to_owned()),
            ("lines.1.starts", String::new()),
            ("lines.1.ends", String::new()),
            ("lines.1.slot_minutes", "30".to_owned()),
            ("lines.1.capacity", "2".to_owned()),
            ("why", "power_cut".to_owned()),
            ("effect", effect.to_owned()),
        ]
    };
    let send = async |manager: &mut Browser, form: &[(&'static str, String)]| -> Page {
        let form: Vec<_> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
        manager.post(HOURS, &form).await
    };
    let mut wrong = form("preview", "");
    for field in [4, 5, 12] {
        wrong[field].1.clear();
    }
    let wrong = send(&mut manager, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["请填写几点开始", "请填写几点结束", "请选择原因"] {
        wrong.says(words);
    }
    let preview = send(&mut manager, &form("preview", "")).await;
    preview.says("这一天单独：停电");
    preview.says("9:00–11:00（4 个时段，8 个名额）");
    let saved = send(&mut manager, &form("save", &preview.value("effect"))).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
    manager.get(HOURS).await.says("只办 9:00–11:00，每 30 分钟 2 个名额：停电");
    let times = house.browser().get("/marriage/book?registry=nanshan&date=2026-05-14").await;
    times.says("10:30");
    assert_eq!(
        (house.slots("nanshan", "2026-05-14").await.len(), house.slots("nanshan", "2026-05-15").await.len()),
        (4, 26)
    );
    manager.get(&format!("/en{HOURS}")).await.says("Power cut");
}

#[tokio::test]
async fn when_all_is_given_out_a_manager_adds_places_and_the_sheet_says_so() {
    let (house, mut manager) = managed().await;
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let office = OfficeId::parse("nanshan").unwrap();
    let take = async |n: usize| {
        // Each gives out few tickets at a time.
        let by = By::Kiosk(Kiosk { id: format!("door{n}"), office: office.clone() });
        let press = Press::parse(&server::keys::token::new_id()).unwrap();
        walk_in::take(&house.app, &by, &office, &SERVICE, &press, house.now()).await
    };
    let door = link(&mut manager, "kiosk").await;
    let (mut kiosk, _) = opened(&house, &door).await;
    kiosk.get("/kiosk/nanshan").await.says("取现场号：结婚登记");
    let sheet = clerk.get(DAY).await;
    let mut given = 0;
    while take(given).await.is_ok() {
        given += 1;
    }
    assert!(!sheet.has("加号…"), "it is the manager's to decide");
    let refused = press(&mut clerk, &sheet, "现场取号", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("请大厅负责人加号");
    // Nothing is offered that would be refused.
    let [sheet, start] = [clerk.get(DAY).await, kiosk.get("/kiosk/nanshan").await];
    sheet.says("今天没有现场号了");
    start.says("今天没有现场号了：结婚登记");
    assert!(!sheet.has("现场取号</button>") && !start.has("取现场号："), "{}{}", sheet.html, start.html);

    manager.get(DAY).await.says("加号…");
    let page = manager.get(TODAY).await;
    page.says("今天的名额都给完了");
    let pressed = page.value("press");
    let form = |places: &'static str, reason: &'static str| {
        [
            ("do", "add"),
            ("of", "marriage_registration@nanshan"),
            ("press", pressed.as_str()),
            ("places", places),
            ("reason", reason),
        ]
    };
    let wrong = manager.post(TODAY, &form("0", "")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("请填写 1 到 50 的数字");
    wrong.says("请写明为什么加号");
    let done = manager.post(TODAY, &form("2", "下午窗口空着")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let again = manager.post(TODAY, &form("2", "下午窗口空着")).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "the same press once more");
    let other = manager.post(TODAY, &form("3", "下午窗口空着")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.says("这一页刚才已经提交过一次，那一次已经办成");
    assert!(
        other.has(r#"value="3""#) && !other.has("请求编号"),
        "it can be sent by a press of its own: {}",
        other.html
    );
    manager.get(TODAY).await.says("还有 2 个");
    kiosk.get("/kiosk/nanshan").await.says("取现场号：结婚登记");
    let sheet = clerk.get(DAY).await;
    sheet.says("当天加号 2 个，已取 0 个（下午窗口空着）");
    assert_eq!(press(&mut clerk, &sheet, "现场取号", &[]).await.status, StatusCode::SEE_OTHER);
    let page = manager.get(TODAY).await;
    page.says("加了 2 个，已取 1 个：下午窗口空着");
    let back = page.html.split("take-back:").nth(1).unwrap().split('"').next().unwrap();
    let back = format!("take-back:{back}");
    assert_eq!(manager.post(TODAY, &[("do", &back)]).await.status, StatusCode::SEE_OTHER);
    manager.get(TODAY).await.says("今天的名额都给完了");
    assert_eq!(clerk.get(TODAY).await.status, StatusCode::FORBIDDEN);
    let (_, mut other) = at_work(&house, 4, Role::OfficeManager, "demo-bay").await;
    assert_eq!(other.get(TODAY).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get(HOURS).await.status, StatusCode::NOT_FOUND);
    let own = HOURS.replace("office=nanshan", "office=demo-bay");
    assert_eq!(other.get(&own).await.status, StatusCode::NOT_FOUND, "a place of another office");
}

#[tokio::test]
async fn after_the_last_time_the_refusal_says_that() {
    let house = busy_house().await;
    house.set_clock("2026-05-13T17:20:00+08:00");
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    let sheet = clerk.get(DAY).await;
    house.set_clock("2026-05-13T17:31:00+08:00");
    clerk.get(DAY).await.says("今天没有现场号了");
    let refused = press(&mut clerk, &sheet, "现场取号", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says("今天已经没有办理时段");
}

#[tokio::test]
async fn a_day_that_no_form_offers_is_refused_at_its_field_and_costs_nothing() {
    let (_house, mut manager) = managed().await;
    let plan = manager.get(HOURS).await.value("plan");
    for (kind, field) in [("give-up", "from"), ("ordinary", "date")] {
        for day in ["+262000-01-01", "9999-12-31", "soon"] {
            let form = [("kind", kind), ("do", "save"), ("plan", &*plan), ("effect", "guess"), (field, day)];
            let refused = manager.post(HOURS, &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind} {day}: {}", refused.html);
        }
    }
    assert_eq!(manager.get("/staff/day?date=%2B262142-12-31").await.status, StatusCode::OK);
}
