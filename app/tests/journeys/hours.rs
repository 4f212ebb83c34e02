//! When an office serves: hours that are changed, and days that open again.

use axum::http::StatusCode;
use shared::appointments::SlotState;
use shared::staff::Role;

use super::{
    at_work::{at_work, busy_house},
    browser::{Browser, Page},
    couple::Couple,
    house::House,
};

pub const HOURS: &str = "/staff/office/hours?office=nanshan&of=marriage_registration%40nanshan";

pub async fn managed() -> (House, Browser) {
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
