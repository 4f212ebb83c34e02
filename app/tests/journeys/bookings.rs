//! Who may look after a booking, and how one gets back to it.

use axum::http::StatusCode;
use server::appointments::booking::release::release;
use server::marriage::BOOKABLE;
use shared::appointments::BookingReference;
use shared::plain_words::PlainWords;

use super::{couple::Couple, house::House};

const FIND: &str = "/marriage/bookings";
const CODE: &str = "/marriage/bookings/code";

#[tokio::test]
async fn a_booking_opens_to_nobody_without_its_key() {
    let house = House::open().await;
    let (mut one, mut two) = (Couple::new(&house, 1), Couple::new(&house, 2));
    let page = one.book(&house, "nanshan").await;
    two.book(&house, "nanshan").await;
    let reference = page.rsplit('/').next().unwrap().to_owned();
    let stolen = format!("{reference}-{}", two.browser.cookie("manage").unwrap().split_once('-').unwrap().1);
    let mut forged = house.browser();
    forged.set_cookie("manage", &stolen);
    for browser in [&mut house.browser(), &mut two.browser, &mut forged] {
        for below in ["", "/cancel", "/reschedule", "/reschedule/confirm", "/calendar.ics", "/data", "/print"] {
            let answer = browser.get(&format!("{page}{below}")).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{below}");
            assert_eq!(answer.cache, "no-store");
            answer.says("请先验证手机");
            assert!(!answer.has("南山") && !answer.has("演*") && !answer.has("2026"));
        }
        for below in ["/cancel", "/reschedule", "/reschedule/confirm", "/data"] {
            assert_eq!(browser.post(&format!("{page}{below}"), &[]).await.status, StatusCode::UNAUTHORIZED);
        }
    }
    one.browser.get(&page).await.says("预约成功");
}

#[tokio::test]
async fn references_that_nobody_has_look_like_those_of_others() {
    let house = House::open().await;
    let mut browser = house.browser();
    let unknown = shared::appointments::BookingReference::from_random(7);
    let answer = browser.get(&format!("{FIND}/{}", unknown.as_str())).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    for forged in ["K7MP4CRT9WXA", "0", "../etc", "%00", "AAAAAAAAAAAAA"] {
        let answer = browser.get(&format!("{FIND}/{forged}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{forged}");
    }
}

#[tokio::test]
async fn the_link_in_the_message_opens_the_booking_in_another_browser() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let text = house.text_to(couple.phone(1), "booking_made").await;
    let link = text.split("3000").nth(1).unwrap().split(|c: char| !c.is_ascii_graphic()).next().unwrap();
    let mut hers = house.browser();
    hers.get(link).await.leads_to(&page);
    hers.get(&page).await.says("预约成功");
    // The address bar and the page never show the key.
    let token = link.rsplit('-').next().unwrap();
    for below in ["", "/print", "/calendar.ics", "/cancel"] {
        let shown = hers.get(&format!("{page}{below}")).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(!shown.has(token) && !shown.has("/m/"), "{below}");
    }
    let mut wrong = house.browser();
    // What is copied along with a link opens the same booking.
    for after in ["%E3%80%82%E6%9F%A5%E7%9C%8B", "%E2%80%8B", "."] {
        house.browser().get(&format!("{link}{after}")).await.leads_to(&page);
    }
    for wrong_link in [link[..link.len() - 1].to_owned(), "/m/K7MP".to_owned(), "/m/-".to_owned()] {
        let answer = wrong.get(&wrong_link).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong_link}");
        answer.says("这个链接打不开预约");
        assert_eq!(wrong.cookie("manage"), None);
    }
}

#[tokio::test]
async fn a_booking_is_found_by_its_number_and_a_phone_of_the_couple() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let reference = page.rsplit('/').next().unwrap().to_ascii_lowercase();
    house.wait(chrono::TimeDelta::minutes(2));
    let mut other = house.browser();
    let form = [("reference", reference.as_str()), ("phone", couple.phone(1))];
    other.post(FIND, &form).await.leads_to(CODE);
    let asked = other.get(CODE).await;
    asked.says("预约号和手机号对得上的话");
    assert!(!asked.has(couple.phone(1)));
    let code = house.code(couple.phone(1)).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let answer = other.post(CODE, &[("phone_code", wrong)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("这个验证码没有对上");
    assert_eq!(answer.value("phone_code"), wrong);
    other.post(CODE, &[("phone_code", &code)]).await.leads_to(&page);
    other.get(&page).await.says("预约成功");
    // It is theirs who have the phone; everybody else has the link.
    let data = format!("{page}/data");
    other.get(&data).await.says("您自己的姓名和号码是完整的");
    couple.browser.get(&data).await.says("用预约号和手机验证码打开预约");
    let [own, others] = [couple.phone(1), couple.phone(0)].map(str::to_owned);
    // Following the link from the text takes nothing away from whoever has proved their phone.
    let text = house.text_to(couple.phone(1), "booking_made").await;
    let link = text.split("3000").nth(1).unwrap().split(|c: char| !c.is_ascii_graphic()).next().unwrap();
    other.get(link).await.leads_to(&page);
    let copy = other.post(&data, &[]).await;
    assert!(copy.has(&own) && !copy.has(&others), "{}", copy.html);
    let copy = couple.browser.post(&data, &[]).await;
    assert!(!copy.has(&own) && !copy.has(&others), "{}", copy.html);
    // The claim is used up.
    other.get(CODE).await.leads_to("/marriage/bookings?first");
}

#[tokio::test]
async fn the_page_that_finds_a_booking_gives_the_session_to_which_its_code_will_belong() {
    let house = House::open().await;
    let mut browser = house.browser_at(FIND).await;
    let session = browser.cookie("session").expect("it is given before anything is pressed").to_owned();
    browser.post(FIND, &[("reference", "K7MP4CRT9WXA"), ("phone", "13700000000")]).await;
    assert_eq!(browser.cookie("session"), Some(session.as_str()));
    let mut without = house.browser();
    let unknown = shared::appointments::BookingReference::from_random(7);
    without.post(FIND, &[("reference", unknown.as_str()), ("phone", "13700000000")]).await.leads_to(CODE);
    assert!(without.cookie("session").is_some());
    let abroad = browser.post(FIND, &[("reference", unknown.as_str()), ("phone", "+79123456789")]).await;
    assert_eq!(abroad.status, StatusCode::UNPROCESSABLE_ENTITY);
    abroad.says("我们的短信发不到 +7 的这类号码");
}

#[tokio::test]
async fn a_strangers_phone_gets_the_same_answers_and_no_message() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let reference = page.rsplit('/').next().unwrap().to_owned();
    let before = house.texts().await;
    let mut stranger = house.browser();
    stranger.post(FIND, &[("reference", &reference), ("phone", "13700000000")]).await.leads_to(CODE);
    stranger.get(CODE).await.says("预约号和手机号对得上的话");
    let answer = stranger.post(CODE, &[("phone_code", "123456")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("这个验证码没有对上");
    assert_eq!(house.texts().await, before);
}

#[tokio::test]
async fn a_number_that_is_misread_says_how() {
    let house = House::open().await;
    let mut browser = house.browser();
    for (reference, said) in [
        ("", "请填写预约号"),
        ("K7MP", "预约号是 12 个字符"),
        ("K7MP-4CRT-9WX0", "预约号里不会有“0”"),
        ("K7MP-4CRT-9WXA", "有一个字符填错"),
    ] {
        let answer = browser.post(FIND, &[("reference", reference), ("phone", "12")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.says(said);
        answer.says("现在是 2 位");
        assert_eq!((answer.value("reference"), answer.value("phone")), (reference.to_owned(), "12".to_owned()));
    }
}

#[tokio::test]
async fn an_old_or_forged_claim_starts_again() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.set_cookie("claim", "AAAA");
    browser.post(CODE, &[("phone_code", "123456")]).await.leads_to("/marriage/bookings?late");
    browser.get("/marriage/bookings?late").await.says("验证码已经过期");
}

#[tokio::test]
async fn the_calendar_entry_names_no_person() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let file = couple.browser.get(&format!("{page}/calendar.ics")).await;
    assert_eq!((file.status, file.kind.as_str()), (StatusCode::OK, "text/calendar; charset=utf-8"));
    assert!(file.has("DTSTART;TZID=Asia/Shanghai:20260514T0900") && file.has("SUMMARY:结婚登记"), "{}", file.html);
    assert!(!file.has("演") || !file.has("演*"));
    for person in &couple.people {
        assert!(!file.has(&person.name) && !file.has(&person.phone) && !file.has(&person.id_number));
    }
}

#[tokio::test]
async fn the_mailbox_shows_codes_to_masked_phones_and_only_in_a_demonstration() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.browser.get("/demo/mailbox").await.says("还没有消息");
    couple.book(&house, "nanshan").await;
    let mailbox = couple.browser.get("/demo/mailbox").await;
    for words in ["验证码", "结婚登记预约成功", "139****0003", "等待发送", "<a href=\"http://127.0.0.1:3000/m/"]
    {
        mailbox.says(words);
    }
    assert!(!mailbox.has(couple.phone(0)));
    let gateway = House::open_with(&["--messages", "https://sms.example/send"]).await;
    assert_eq!(gateway.browser().get("/demo/mailbox").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_couple_takes_a_copy_of_what_is_kept_and_reads_until_when() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    couple.browser.get(&page).await.says("姓名、号码和短信保存到 2026年7月13日，之后自动删除。");
    let kept = couple.browser.get(&format!("{page}/data")).await;
    kept.says("这个预约存了什么");
    assert!(!kept.has(&couple.people[0].id_number), "the page itself shows it in part");
    let copy = couple.browser.post(&format!("{page}/data"), &[]).await;
    assert_eq!((copy.status, copy.cache.as_str()), (StatusCode::OK, "no-store"));
    for person in &couple.people {
        assert!(!copy.has(&person.id_number) && !copy.has(&person.name), "nobody proved whose browser it is");
    }
    assert!(copy.has("南山") && copy.has("people_note"));
    house.text_to(couple.phone(1), "booking_copied").await;
}

#[tokio::test]
async fn help_for_whoever_is_not_safe_stands_on_every_page_of_marriage_and_on_no_other() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let mut other = Couple::new(&house, 2);
    other.hold("nanshan").await;
    other.fill_in().await;
    let help = r#"href="/marriage/safety""#;
    assert!(couple.browser.get(&page).await.has(help));
    for path in ["/marriage/book", super::couple::FIRST, super::couple::REVIEW] {
        assert!(other.browser.get(path).await.has(help), "{path}");
    }
    assert!(!couple.browser.get("/ceremony").await.has("/marriage/safety"));
}

#[tokio::test]
async fn a_booking_that_the_office_ended_says_so_and_what_can_be_done() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    let page = couple.book(&house, "nanshan").await;
    let reference = BookingReference::parse(page.rsplit('/').next().unwrap()).unwrap();
    let reason = PlainWords::parse("本人到窗口核对了证件").unwrap();
    release(&house.app, &[&BOOKABLE], reference, &reason, house.now()).await.unwrap();
    let shown = couple.browser.get(&page).await;
    for said in [
        "登记处撤销了这个预约",
        "不是预约的人取消的",
        "现在都可以重新预约",
        "有疑问的，请打下面的电话",
        "预约被撤销的短信",
    ] {
        shown.says(said);
    }
    for gone in ["窗口", "取消这个预约", "会打电话说明原因"] {
        assert!(!shown.has(gone), "{gone}");
    }
    couple.browser.get(&format!("{page}/cancel")).await.says("这个预约已经结束");
    couple.browser.get(&format!("{page}/print")).await.says("登记处撤销了这个预约");
    couple.browser.get(&format!("/en{page}")).await.says("The registry has withdrawn this booking");
    Couple { browser: house.browser(), ..Couple::new(&house, 1) }.book(&house, "nanshan").await;
}
