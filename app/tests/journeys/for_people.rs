//! What a clerk books, moves and cancels for whoever calls.

use axum::http::StatusCode;
use shared::staff::Role;

use super::{
    at_work::{DAY, at_work},
    couple::Couple,
    house::House,
    visits::Morning,
};

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
