//! The paper of a day when the network was down, entered in a browser without scripts.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::database::sql::sql;
use shared::staff::Role;

use super::{
    at_work::{DAY, at_work, busy_house},
    browser::{Browser, Page},
    house::House,
};

const PAPER: &str = "/staff/day/paper";

/// A house with a clerk at `nanshan`, at the end of a day on which nobody served.
async fn evening() -> (House, Browser) {
    let house = busy_house().await;
    house.wait(TimeDelta::hours(6));
    let (_, mut manager) = at_work(&house, 8, Role::OfficeManager, "nanshan").await;
    manager.post("/staff/office?office=nanshan", &[("do", "create"), ("name", "91")]).await;
    let (_, clerk) = at_work(&house, 1, Role::CounterClerk, "nanshan").await;
    (house, clerk)
}

/// All that a browser sends of a page's lines, with these fields filled in.
fn filled(page: &Page, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let hidden = page.html.split("<input ").skip(1).filter(|tag| tag.starts_with(r#"type="hidden" name="r"#));
    let part = |tag: &str, name: &str| {
        let from = tag.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
        tag[from..].split('"').next().unwrap().to_owned()
    };
    let mut form: Vec<_> = hidden.map(|tag| (part(tag, "name"), part(tag, "value"))).collect();
    let tickets = page.html.split("<input ").skip(1).filter(|tag| tag.contains(".ticket\"") && tag.contains("name="));
    form.extend(tickets.map(|tag| (part(tag, " name"), part(tag, "value"))));
    for (name, value) in fields {
        form.retain(|(known, _)| known != name);
        form.push(((*name).to_owned(), (*value).to_owned()));
    }
    form
}

async fn send(browser: &mut Browser, to: &str, form: &[(String, String)]) -> Page {
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(to, &form).await
}

/// The key of the first line with these words.
fn line(page: &Page, words: &str) -> String {
    let at = page.html.find(words).unwrap_or_else(|| panic!("no {words}: {}", page.html));
    let from = page.html[at..].find("name=\"r").unwrap() + at + 6;
    page.html[from..].split('.').next().unwrap().to_owned()
}

const NOT_HERE: &str = "已预约，还没有到</legend>";
const WALK_IN: &str = "<legend>现场取号</legend>";

/// The counter that was made.
fn counter(page: &Page) -> String {
    let at = page.html.find(">91</option>").unwrap();
    let from = page.html[..at].rfind("value=\"").unwrap() + 7;
    page.html[from..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn lines_are_saved_with_one_press_and_once_only() {
    let (_house, mut clerk) = evening().await;
    clerk.get(DAY).await.says("补录纸上写的");
    let page = clerk.get(PAPER).await;
    for words in ["没有办完 *</option>", "单独说不愿意的"] {
        page.says(words);
    }
    let sheet = clerk.get("/staff/day/print").await;
    assert!(!sheet.has("不愿意") && !sheet.has("另行处理"), "nothing on paper says what the mark means");
    let (booked, walk_in, window) = (line(&page, NOT_HERE), line(&page, WALK_IN), counter(&page));
    let field = |line: &str, name: &str| format!("{line}.{name}");
    let names: Vec<_> = [(&booked, "ending"), (&walk_in, "ending"), (&walk_in, "ticket"), (&walk_in, "arrived")]
        .map(|(line, name)| field(line, name))
        .into();
    let more =
        [field(&walk_in, "called"), field(&walk_in, "ended"), field(&walk_in, "counter"), field(&walk_in, "service")];
    let fields = [
        (names[0].as_str(), "no_show"),
        (&names[1], "registered"),
        (&names[2], "88"),
        (&names[3], "9:00"),
        (&more[0], "910"),
        (&more[1], "09：30"),
        (&more[2], &window),
        (&more[3], "marriage_registration"),
    ];
    let form = filled(&page, &fields);
    let saved = send(&mut clerk, PAPER, &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);
    assert!(saved.location.ends_with("&saved=2"), "{}", saved.location);
    clerk.get(&saved.location).await.says("已经补录 2 行");
    let done = clerk.get("/staff/day?state=done").await;
    done.says("088");
    // The same page sent again, as a browser that was not answered does.
    let again = send(&mut clerk, PAPER, &form).await;
    assert!(again.location.ends_with("&saved=2"), "{}", again.location);
    assert_eq!(clerk.get("/staff/day?state=done").await.html.matches("088").count(), done.html.matches("088").count());
}

#[tokio::test]
async fn a_line_that_cannot_be_is_said_so_where_it_is_and_the_others_are_saved() {
    let (_house, mut clerk) = evening().await;
    let page = clerk.get(PAPER).await;
    let (booked, walk_in, window) = (line(&page, NOT_HERE), line(&page, WALK_IN), counter(&page));
    let name = |line: &str, name: &str| format!("{line}.{name}");
    let names = [
        name(&booked, "ending"),
        name(&walk_in, "ending"),
        name(&walk_in, "ticket"),
        name(&walk_in, "arrived"),
        name(&walk_in, "called"),
        name(&walk_in, "counter"),
        name(&walk_in, "ended"),
    ];
    let values = ["no_show", "registered", "88", "9:30", "9:10", &window, "25:00"];
    let fields: Vec<_> = names.iter().map(String::as_str).zip(values).collect();
    let form = filled(&page, &fields);
    let wrong = send(&mut clerk, PAPER, &form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("已经补录 1 行");
    wrong.says("时间请写成 9:05 这样");
    let begins = wrong.html[..wrong.html.find("value=\"25:00\"").unwrap()].rfind("<legend>").unwrap();
    let rest = &wrong.html[begins..];
    assert!(rest.contains("value=\"88\"") && rest.contains("value=\"9:30\""), "{rest}");
    assert!(rest.contains("<option value=\"registered\" selected"), "{rest}");
    let again = line(&wrong, WALK_IN);
    let ended = name(&again, "ended");
    let mut form = filled(&wrong, &[(&ended, "9:40")]);
    for (field, value) in
        [("ending", "registered"), ("ticket", "88"), ("arrived", "9:30"), ("called", "9:10"), ("counter", &window)]
    {
        form.push((name(&again, field), value.to_owned()));
    }
    let order = send(&mut clerk, PAPER, &form).await;
    order.says("早于到达的时间");
    let fresh = clerk.get(PAPER).await;
    let nothing = send(&mut clerk, PAPER, &filled(&fresh, &[])).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.says("还没有填写");
}

#[tokio::test]
async fn whoever_still_waits_by_paper_is_marked_where_they_are_called_in_their_record_and_for_who_reads_the_counts() {
    let (house, mut clerk) = evening().await;
    let page = clerk.get(PAPER).await;
    let walk_in = line(&page, WALK_IN);
    let names = ["ending", "ticket", "arrived", "service"].map(|name| format!("{walk_in}.{name}"));
    let fields: Vec<_> =
        names.iter().map(String::as_str).zip(["waiting", "88", "0:01", "marriage_registration"]).collect();
    let early = send(&mut clerk, PAPER, &filled(&page, &fields)).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    early.says("比这一天最早的办理时间早了一个多小时");
    let page = clerk.get(PAPER).await;
    let walk_in = line(&page, WALK_IN);
    let names = ["ending", "ticket", "arrived", "service"].map(|name| format!("{walk_in}.{name}"));
    let fields: Vec<_> =
        names.iter().map(String::as_str).zip(["waiting", "88", "8:59", "marriage_registration"]).collect();
    let saved = send(&mut clerk, PAPER, &filled(&page, &fields)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.html);

    let day = clerk.get("/staff/day?state=waiting").await;
    day.says("现场号，8:59 到 · 从纸上补录");
    let row = &day.html[..day.html.find(">088").unwrap()];
    let visit = row[row.rfind("/staff/visits/").unwrap()..].split('"').next().unwrap().to_owned();
    let opened = clerk.get(&visit).await;
    opened.says("取号 · 从纸上补录，纸上写的是");
    opened.says("8:59");
    let (_, mut auditor) = at_work(&house, 9, Role::Auditor, "nanshan").await;
    auditor.get("/staff/day-lists?office=nanshan&list=clerks").await.says("从纸上补录还在等的号 1 个");
}

#[tokio::test]
async fn the_paper_of_a_day_is_entered_by_those_who_work_there() {
    let (house, mut clerk) = evening().await;
    let (_, mut stranger) = at_work(&house, 5, Role::CounterClerk, "demo-bay").await;
    assert_eq!(stranger.get("/staff/day/paper?office=nanshan").await.status, StatusCode::NOT_FOUND);
    let (_, mut editor) = at_work(&house, 6, Role::ContentEditor, "nanshan").await;
    assert_eq!(editor.get(PAPER).await.status, StatusCode::FORBIDDEN);
    assert_eq!(clerk.get("/staff/day/paper?date=2026-05-20").await.status, StatusCode::NOT_FOUND, "it is yet to come");
    assert_eq!(clerk.get("/staff/day/paper?date=2026-05-12").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_room_of_a_hall_of_an_office_offers_what_the_office_does() {
    let house = House::open().await;
    for statement in [
        "insert into place (id, kind, parent, position, name_zh, name_en, address_zh, address_en, division, phone, demo, \
         source, checked) select 'far', kind, null, 97, name_zh, name_en, address_zh, address_en, division, phone, demo, \
         source, checked from place where id = 'nanshan'",
        "insert into place (id, kind, parent, position, name_zh, name_en, address_zh, address_en, division, phone, demo, \
         source, checked) select 'far-hall', kind, 'far', 98, name_zh, name_en, address_zh, address_en, division, phone, \
         demo, source, checked from place where id = 'nanshan'",
        "insert into place (id, kind, parent, position, name_zh, name_en, address_zh, address_en, division, phone, demo, \
         source, checked) select 'far-room', kind, 'far-hall', 99, name_zh, name_en, address_zh, address_en, division, \
         phone, demo, source, checked from place where id = 'nanshan'",
        "insert into service_point (place_id, service, phone_codes, demo) select 'far-room', service, phone_codes, demo \
         from service_point where place_id = 'nanshan' and service = 'marriage_registration'",
        // With its first time it is open.
        "insert into slot (place_id, service, date, starts_at, ends_at, capacity) \
         select 'far-room', service, date, starts_at, ends_at, capacity from slot where id = (select min(id) from slot \
         where place_id = 'nanshan' and service = 'marriage_registration')",
    ] {
        sql(statement, []).execute(&mut house.connection().await).await.unwrap();
    }
    house.app.appointments().forget();
    let (_, mut clerk) = at_work(&house, 1, Role::CounterClerk, "far").await;
    let page = clerk.get("/staff/day/paper?office=far").await;
    page.says("现场取号");
    assert!(page.has("value=\"marriage_registration\""), "{}", page.html);
}
