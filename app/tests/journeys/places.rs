//! A further place of an office: added, given a service and hours, and only then seen by those who book.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::staff::Role;

use super::{
    at_work::{at_work, busy_house},
    browser::Page,
};

const PLACES: &str = "/staff/places?office=nanshan";
const SERVICES: &str = "/staff/office/services?office=nanshan";
const BOOK: &str = "/staff/book";
const HOURS: &str = "/staff/office/hours?office=nanshan&of=marriage_registration%40nanshan-bay-street-branch";

fn branch<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("name_zh", "海湾路分厅"),
        ("name_en", "Bay Street branch"),
        ("address_zh", "海湾路 9 号"),
        ("address_en", "9 Bay Street"),
        ("phone", "0755-12345678"),
        ("directions_zh", ""),
        ("directions_en", ""),
        ("latitude", ""),
        ("longitude", ""),
        ("datum", "gcj02"),
    ];
    for (name, value) in more {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    form
}

fn is_listed(page: &Page) -> bool {
    page.has("海湾路分厅")
}

#[tokio::test]
async fn a_place_is_added_and_seen_once_it_has_a_service_with_times() {
    let house = busy_house().await;
    let (_, mut administrator) = at_work(&house, 7, Role::AccountAdministrator, "nanshan").await;
    let wrong = administrator.post(PLACES, &branch(&[("name_en", ""), ("latitude", "22.5")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("请填写英文名称");
    assert!(!wrong.has("请填写名称"), "which of the two is said: {}", wrong.html);
    wrong.says("请填写经度");
    assert!(wrong.has("value=\"海湾路 9 号\"") && wrong.has("value=\"22.5\""), "{}", wrong.html);
    house.wait(TimeDelta::minutes(6));
    let asked = administrator.post(PLACES, &branch(&[])).await;
    asked.says("确认，并新增这个地点");
    assert!(!is_listed(&administrator.get(PLACES).await), "whoever found a session open adds nothing");
    let (_, mut administrator) = at_work(&house, 6, Role::AccountAdministrator, "nanshan").await;
    let done = administrator.post(PLACES, &branch(&[])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.html);
    let page = administrator.get(&done.location).await;
    page.says("大家还看不到它");
    assert!(is_listed(&page));
    administrator.post(PLACES, &branch(&[])).await.says("已经有同名的地点");
    let not_theirs = administrator.get(SERVICES).await;
    assert_eq!(not_theirs.status, StatusCode::FORBIDDEN);
    not_theirs.says("管账号的人不办业务");
    assert!(!not_theirs.has("请找账号管理员") && not_theirs.has("回到我的工作台"), "{}", not_theirs.html);

    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    let page = manager.get(SERVICES).await;
    page.says("海湾路分厅：结婚登记");
    page.says("新增地点");
    let offer = [("do", "offer"), ("what", "marriage_registration@nanshan-bay-street-branch")];
    let offered = manager.post(SERVICES, &offer).await;
    assert_eq!(offered.status, StatusCode::SEE_OTHER, "{}", offered.html);
    let offered = manager.get(&offered.location).await;
    offered.says("接下来填办理时间");
    let (_, row) = offered.html.split_once("结婚登记（海湾路分厅）").unwrap();
    let row = row.split("</li>").next().unwrap();
    assert!(row.contains("还没有办理时间") && row.contains("填办理时间") && !row.contains("停办几天"), "{row}");
    assert!(!is_listed(&house.browser().get("/marriage/book").await), "it has no hours");
    assert!(!manager.get(BOOK).await.has("海湾路分厅"), "nobody is booked in where there is no time");
    let page = manager.get(HOURS).await;
    page.says("还没有办理时间");
    let form = |act: &'static str, effect: &str| {
        [
            ("kind", "week".to_owned()),
            ("do", act.to_owned()),
            ("plan", page.value("plan")),
            ("lines.0.weekdays", "5".to_owned()),
            ("lines.0.starts", "9:00".to_owned()),
            ("lines.0.ends", "10:00".to_owned()),
            ("lines.0.slot_minutes", "30".to_owned()),
            ("lines.0.capacity", "1".to_owned()),
            ("from", "2026-05-15".to_owned()),
            ("effect", effect.to_owned()),
        ]
    };
    let preview = form("preview", "");
    let preview: Vec<_> = preview.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let preview = manager.post(HOURS, &preview).await;
    preview.says("9:00–10:00（2 个时段，2 个名额）");
    let save = form("save", &preview.value("effect"));
    let save: Vec<_> = save.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(manager.post(HOURS, &save).await.status, StatusCode::SEE_OTHER);
    assert!(is_listed(&house.browser().get("/marriage/book").await));
    manager.get(BOOK).await.says("海湾路分厅");
    let times = house.browser().get("/marriage/book?registry=nanshan-bay-street-branch&date=2026-05-15").await;
    times.says("9:30");
}
