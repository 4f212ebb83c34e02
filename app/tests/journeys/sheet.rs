//! The sheet of a day: who is found on it, who takes a ticket, and what its numbers count.

use axum::http::StatusCode;

use super::{
    at_work::{DAY, press, pressed},
    desk::seated,
    visits::and_look,
};

#[tokio::test]
async fn somebody_is_found_by_a_number_that_stands_in_no_address() {
    let (_, _, mut clerk) = seated().await;
    let day = clerk.get(DAY).await;
    let search = |text: &'static str| vec![("do", "search"), ("q", text)];
    clerk.post(DAY, &search("12")).await.leads_to("/staff/day?q=12");
    let found = clerk.post(DAY, &search("13900000000")).await;
    assert_eq!(found.status, StatusCode::OK, "no redirect carries the phone");
    found.says("没用验证码确认过的手机，只找得到今天的");
    assert_eq!(found.value("q"), "13900000000", "it stays in the field");
    let none = clerk.get("/staff/day?q=912").await;
    none.says("没有 912 号。号只在当天有用");
    none.says("按尾号找不到人");
    let nobody = clerk.post(DAY, &search("张三")).await;
    nobody.says("按名字、尾号找不到。请输入今天的号");
    nobody.says("清除");
    assert!(!nobody.has("aria-current=\"true\""), "none of the lists is shown: {}", nobody.html);
    let head = nobody.html.split("id=\"found\"").nth(1).unwrap();
    assert!(head[..head.find('>').unwrap()].contains("autofocus"), "whoever looked reads on from what was found");
    // What is no reference of a booking is not looked for as one.
    let scan = |text: &'static str| [("do", "check-in"), ("press", "abcdefghijkl"), ("reference", text)];
    clerk.post(DAY, &scan("003")).await.leads_to("/staff/day?q=3");
    let empty = clerk.post(DAY, &scan(" ")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.says("请扫码，或者输入预约号");
    assert!(pressed(&day, "叫下一个").starts_with("next:"));
}

#[tokio::test]
async fn a_walk_in_gets_a_ticket_and_the_paper_sheet_has_everybody_and_room_to_write() {
    let (_, _, mut clerk) = seated().await;
    let day = clerk.get(DAY).await;
    let ticket = and_look(&mut clerk, &day, "现场取号", &[]).await;
    ticket.says("现场号");
    // Pressed by mistake, it is taken back like everything else.
    ticket.says("刚才：");
    let back = and_look(&mut clerk, &ticket, "撤销", &[]).await;
    back.says("还回现场号");
    assert!(!clerk.get("/staff/day?state=done").await.has("现场</span>"), "nobody of the day stands behind it");
    let again = and_look(&mut clerk, &back, "现场取号", &[]).await;
    and_look(&mut clerk, &again, "已离开", &[]).await;
    let print = ticket.html.split("data-print").next().unwrap();
    assert!(print.matches("<form").count() == print.matches("</form>").count(), "printing sends nothing");
    let paper = clerk.get("/staff/day/print").await;
    paper.says("停电断网");
    assert!(paper.html.matches("<tr>").count() > 20, "{}", paper.html.matches("<tr>").count());
    assert!(!paper.has("<form"), "nothing on paper can be pressed");
    assert!(!paper.has("拨打"), "whoever works there asks nobody else");
    assert!(!paper.has("<td class=\"to-write\">等候"), "what is not over is written by hand");
    for known in ["<td class=\"to-write\">已离开</td>", "<td>现场</td>"] {
        paper.says(known);
    }
}

#[tokio::test]
async fn a_number_beside_a_state_is_that_of_the_rows_it_lists() {
    let (_, _, mut clerk) = seated().await;
    for words in ["叫下一个", "人到了，开始办理", "暂放", "叫下一个"] {
        let day = clerk.get(DAY).await;
        press(&mut clerk, &day, words, &[]).await;
    }
    let mut listed = 0;
    for state in ["booked", "waiting", "at-counter", "parked", "done", "all"] {
        let page = clerk.get(&format!("{DAY}?state={state}")).await;
        let link = page.html.split("aria-current=\"true\"").nth(1).unwrap();
        let count = link.split("class=\"count\">").nth(1).unwrap().split('<').next().unwrap();
        let rows = page.html.matches("data-visit=").count();
        assert_eq!(count, rows.to_string(), "{state}");
        listed += rows;
    }
    assert!(listed > 10, "{listed}");
}
