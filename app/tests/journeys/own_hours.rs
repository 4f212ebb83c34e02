//! One day that has hours of its own, or is opened.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::at_work,
    browser::{Browser, Page},
    couple::Couple,
    hours::{HOURS, managed},
    house::House,
};

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
