//! Notices: an editor writes them, and those who come read them.

use axum::http::StatusCode;
use chrono::TimeDelta;
use shared::{
    notices::bureau,
    staff::{Grant, GrantedBy, NewGrant, Role, Scope},
};

use super::{
    at_work::{at_work, sign_in},
    browser::{Browser, Page},
    house::House,
};

const NOTICES: &str = "/staff/notices";
const PUBLISHED: &str = "/staff/notices?done=published";
const CHANGED: &str = "/staff/notices?done=changed";

/// An editor of the texts of `nanshan` and of the bureau, and their browser.
async fn editor(house: &House) -> Browser {
    let (clerk, mut browser) = at_work(house, 3, Role::ContentEditor, "nanshan").await;
    let at = bureau();
    let scope = Scope::Organisation(at.organisation.clone().unwrap());
    let grant = Grant { role: Role::ContentEditor, scope, from: house.now(), until: None };
    let new = NewGrant { person: clerk.person.clone(), grant, by: GrantedBy::Operator };
    server::staff::roles::give(&house.app, &new, &at, house.now()).await.unwrap();
    sign_in(house, &clerk, &mut browser, &[]).await.leads_to("/staff");
    browser
}

/// What is typed into the form of a page.
fn form<'a>(board: &'a str, act: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("where", board),
        ("tone", "warning"),
        ("title", "二号楼电梯检修"),
        ("text", "请走楼梯。不方便的可以[改约](/marriage/bookings)。"),
        ("from", "2026-05-13T09:00"),
        ("until", "2026-05-20T18:00"),
        ("do", act),
    ];
    for (name, value) in more {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    form
}

async fn write(browser: &mut Browser, board: &str, act: &str, more: &[(&str, &str)]) -> Page {
    let id = browser.get("/staff/notices?new=1").await.value("id");
    let mut typed = form(board, act, more);
    typed.push(("id", &id));
    browser.post(NOTICES, &typed).await
}

/// The value of the button with these words.
fn pressed(page: &Page, act: &str) -> String {
    let mark = format!("value=\"{act}:");
    let at = page.html.find(&mark).unwrap_or_else(|| panic!("no {act}: {}", page.html));
    page.html[at + 7..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_notice_is_tried_out_published_read_and_taken_down() {
    let house = House::open().await;
    let mut editor = editor(&house).await;
    editor.get("/staff").await.leads_to(NOTICES);
    editor.get(NOTICES).await.says("还没有通知");
    let preview = write(&mut editor, "home", "preview", &[]).await;
    assert_eq!(preview.status, StatusCode::OK);
    preview.says("还没有发布");
    assert!(preview.has(r#"href="/marriage/bookings""#) && preview.has(r#"href="/en/marriage/bookings""#));
    let mut stranger = house.browser();
    assert!(!stranger.get("/").await.has("二号楼电梯检修"));
    write(&mut editor, "home", "save", &[]).await.leads_to(PUBLISHED);
    // In the same second, from the cache that all strangers share.
    stranger.get("/").await.says("二号楼电梯检修");
    let english = stranger.get("/en").await;
    assert!(english.has(r#"<div lang="zh-CN">"#) && english.has("二号楼电梯检修"), "{}", english.html);
    assert!(!stranger.get("/marriage").await.has("二号楼电梯检修"), "it stands on the home page");
    let list = editor.get(PUBLISHED).await;
    list.says("通知已经保存");
    list.says("正在显示");
    editor.post(NOTICES, &[("do", &pressed(&list, "end"))]).await.leads_to("/staff/notices?done=ended");
    editor.get("/staff/notices?done=ended").await.says("通知已经撤下");
    assert!(!stranger.get("/").await.has("二号楼电梯检修"));
    let list = editor.get(NOTICES).await;
    list.says("已经结束");
    editor.post(NOTICES, &[("do", &pressed(&list, "undo"))]).await.leads_to("/staff/notices?done=undone");
    stranger.get("/").await.says("二号楼电梯检修");
    house.wait(TimeDelta::days(8));
    assert!(!stranger.get("/").await.has("二号楼电梯检修"), "it ended by the clock");
}

#[tokio::test]
async fn each_board_is_where_it_says() {
    let house = House::open().await;
    let mut editor = editor(&house).await;
    let boards =
        [("service:marriage", "甲"), ("service:ceremony", "乙"), ("service:benefits", "丙"), ("place:nanshan", "丁")];
    for (board, title) in boards {
        let title = format!("通知{title}号");
        write(&mut editor, board, "save", &[("title", &title)]).await.leads_to(PUBLISHED);
    }
    let mut stranger = house.browser();
    for (page, there) in [
        ("/", ""),
        ("/marriage", "甲"),
        ("/ceremony", "乙"),
        ("/benefits", "丙"),
        ("/marriage/book", "甲"),
        ("/marriage/book?registry=nanshan", "甲丁"),
        ("/marriage/book?registry=demo-bay", "甲"),
        ("/ceremony/book", "乙"),
    ] {
        let page_there = stranger.get(page).await;
        assert_eq!(page_there.status, StatusCode::OK, "{page}");
        for letter in ["甲", "乙", "丙", "丁"] {
            assert_eq!(page_there.has(&format!("通知{letter}号")), there.contains(letter), "{page}: {letter}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    let house = House::open().await;
    let mut editor = editor(&house).await;
    let wrong =
        [("text", "</textarea><b>请看 https://evil.example"), ("until", "2026-05-01T00:00"), ("title_en", "Lift")];
    let page = write(&mut editor, "place:demo-bay", "save", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (at, words) in [
        ("where", "请选择放在哪里"),
        ("text", "只能通到本站，或者政府网站"),
        ("text_en", "请写正文"),
        ("until", "结束要晚于开始"),
    ] {
        page.says(words);
        assert!(page.has(&format!("href=\"#{at}\"")), "{at}");
    }
    assert_eq!((page.value("title"), page.value("title_en")), ("二号楼电梯检修".to_owned(), "Lift".to_owned()));
    assert_eq!(page.value("until"), "2026-05-01T00:00");
    page.says("&lt;/textarea&gt;&lt;b&gt;请看");
    assert!(page.has(r#"<details open class="ask""#), "what is wrong in it is seen");
}

#[tokio::test]
async fn whoever_was_slower_sees_how_it_stands_and_keeps_what_they_wrote() {
    let house = House::open().await;
    let mut editor = editor(&house).await;
    write(&mut editor, "home", "save", &[]).await.leads_to(PUBLISHED);
    let list = editor.get(NOTICES).await;
    let id = pressed(&list, "end").rsplit(':').next().unwrap().to_owned();
    let edit = format!("/staff/notices?edit={id}");
    let opened = editor.get(&edit).await;
    assert_eq!(opened.value("title"), "二号楼电梯检修");
    let version = opened.value("version");
    let saving = |title: &'static str, version: String| {
        let id = id.clone();
        async move |editor: &mut Browser| {
            let typed = form("home", "save", &[("title", title), ("id", &id), ("version", &version)]);
            editor.post(NOTICES, &typed).await
        }
    };
    saving("三号楼电梯检修", version.clone())(&mut editor).await.leads_to(CHANGED);
    let stale = saving("四号楼电梯检修", version)(&mut editor).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says("刚刚有人改过");
    stale.says("三号楼电梯检修");
    assert_eq!(stale.value("title"), "四号楼电梯检修");
    saving("四号楼电梯检修", stale.value("version"))(&mut editor).await.leads_to(CHANGED);
    house.browser().get("/").await.says("四号楼电梯检修");
    let old = editor.post(NOTICES, &[("do", &format!("end:1:{id}"))]).await;
    assert_eq!(old.status, StatusCode::CONFLICT);
    assert_eq!(editor.get("/staff/notices?edit=none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_editor_of_one_office_is_offered_its_places_alone() {
    let house = House::open().await;
    let (_, mut editor) = at_work(&house, 4, Role::ContentEditor, "demo-bay").await;
    let page = editor.get("/staff/notices?new=1").await;
    assert!(page.has(r#"value="place:demo-bay""#) && page.has(r#"value="place:demo-bay-hall""#), "{}", page.html);
    for board in ["home", "service:marriage", "place:nanshan"] {
        assert!(!page.has(&format!("value=\"{board}\"")), "{board}");
        assert_eq!(write(&mut editor, board, "save", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (_, mut clerk) = at_work(&house, 5, Role::CounterClerk, "demo-bay").await;
    assert_eq!(clerk.get(NOTICES).await.status, StatusCode::FORBIDDEN);
}
