//! What people type, and what they are told.

use axum::http::StatusCode;
use shared::invented::with_check_character;

use super::{
    couple::{Couple, FIRST, REVIEW, SECOND},
    house::House,
};

/// Born on 20 May 2004: 22 years old on 20 May 2026 and not a day before.
fn just_old_enough() -> String {
    with_check_character("10000020040520001")
}

#[tokio::test]
async fn what_cannot_be_read_is_told_at_its_field_and_stays_typed() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    let woman = couple.people[1].id_number.clone();
    for (name, number, said) in [
        ("", "", "请填写姓名，与证件上的一致"),
        ("张三", "440308990110151", "15 位身份证号码"),
        ("张三", "44030819990110151", "现在是 17 位"),
        ("张三", "440308199901101513", "最后一位和前面对不上"),
        ("张三", "O40308199901101512", "是不是数字 0"),
        ("张三😀", "440308199901101512", "请去掉姓名里的“😀”"),
        ("张\u{0}三", "440308199901101512", "看不见的控制字符"),
        ("张三", woman.as_str(), "这一页请填写男方的号码"),
        ("<b>\"张\"</b>", "<script>", "请去掉"),
    ] {
        let answer = couple.browser.post(FIRST, &[("kind", "mainland"), ("name", name), ("id_number", number)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
        answer.says(said);
        assert_eq!((answer.value("name"), answer.value("id_number")), (name.to_owned(), number.to_owned()));
        assert!(answer.has(r#"class="errors""#) && !answer.has("<script>") && answer.cache == "no-store");
    }
}

#[tokio::test]
async fn each_step_begins_at_its_heading_and_a_service_does_not() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    for start in ["/marriage", "/ceremony", "/marriage/book"] {
        assert!(!couple.browser.get(start).await.has("autofocus"), "{start}");
    }
    couple.hold("nanshan").await;
    couple.fill_in().await;
    for step in ["/marriage/book?registry=nanshan", FIRST, SECOND, REVIEW] {
        let page = couple.browser.get(step).await;
        assert_eq!(page.html.matches("autofocus").count(), 1, "{step}");
        assert!(page.has(r#"<h1 tabindex="-1" autofocus>"#), "{step}");
    }
    let wrong = couple.browser.post(FIRST, &[]).await;
    assert_eq!(wrong.html.matches("autofocus").count(), 1, "what is to be corrected has the focus alone");
}

#[tokio::test]
async fn full_width_digits_spaces_and_a_small_x_are_read() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    let wide: String = "440308 19990110 1512"
        .chars()
        .map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
        .collect();
    let form =
        [("kind", "mainland"), ("name", "欧阳 · 𠮷"), ("id_number", wide.as_str()), ("phone", "＋86 138-0000 0000")];
    couple.browser.post(FIRST, &form).await.leads_to(SECOND);
    let review = couple.browser.get(REVIEW).await;
    for read in ["440308 19990110 1512", "138 0000 0000", "欧阳·𠮷"] {
        review.says(read);
    }
    // What was typed is shown again as it was typed.
    assert_eq!(couple.browser.get(FIRST).await.value("id_number"), wide);
}

#[tokio::test]
async fn the_same_person_twice_is_told_on_the_second_page() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    let passport = |name: &'static str| {
        [
            ("kind", "foreigner"),
            ("name", name),
            ("id_type.foreigner", "passport"),
            ("id_number", "X1234567"),
            ("birth_date.year", "1998"),
            ("birth_date.month", "3"),
            ("birth_date.day", "27"),
            ("phone", "13800000000"),
        ]
    };
    couple.browser.post(FIRST, &passport("Jan Smith")).await.leads_to(SECOND);
    let answer = couple.browser.post(SECOND, &passport("Jane Smith")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("两位填的是同一个证件号码");
    assert_eq!(answer.value("name"), "Jane Smith");
}

#[tokio::test]
async fn age_counts_on_the_day_of_the_appointment() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.people[0].id_number = just_old_enough();
    couple.hold("nanshan").await;
    let answer = couple.person(0).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("请选择 2026年5月20日或以后的日期");
    answer.says("换一个日期");
    answer.says("您填写的内容为您保留到中午 12:15。");
    // It is no slip, so it is kept, and the review says what is in the way.
    assert_eq!(couple.browser.get(FIRST).await.value("id_number"), just_old_enough());
    couple.browser.get(REVIEW).await.says("请选择 2026年5月20日或以后的日期");

    // On 22 May he is old enough; today he is not.
    house.wait(chrono::TimeDelta::seconds(1));
    let day = "/marriage/book?registry=nanshan&date=2026-05-22";
    let page = couple.browser.get(day).await;
    let at = page.html.find("id=\"of-day\"").unwrap();
    let slot = page.html[at..].split("name=\"slot\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    couple.browser.post(day, &[("slot", &slot)]).await.leads_to(FIRST);
    couple.person(0).await.leads_to(SECOND);
}

#[tokio::test]
async fn a_date_of_birth_is_asked_for_where_the_document_does_not_tell_it() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("demo-bay").await;
    let mut form = vec![
        ("kind", "hk_macao_taiwan"),
        ("name", "陈大文"),
        ("id_type.hk_macao_taiwan", "hk_macao_permit"),
        ("id_number", "H12345678"),
        ("birth_date.year", "1999"),
        ("birth_date.month", "2"),
        ("birth_date.day", "29"),
        ("phone", "+852 5123 4567"),
    ];
    let answer = couple.browser.post(FIRST, &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("2 月");
    assert_eq!(answer.value("birth_date.day"), "29");
    form[6].1 = "28";
    couple.browser.post(FIRST, &form).await.leads_to(SECOND);
    // A residence permit's number tells it, whatever stands in the boxes that the page then hides.
    let permit = with_check_character("81000019990228001");
    form[2].1 = "hk_macao_taiwan_residence_permit";
    form[3].1 = &permit;
    form[6].1 = "1";
    couple.browser.post(FIRST, &form).await.leads_to(SECOND);
}

#[tokio::test]
async fn a_kind_without_its_document_leads_to_the_list_of_that_kind() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.browser.get(FIRST).await;
    let form = [("kind", "foreigner"), ("name", "Jan"), ("id_number", "X1234567")];
    let answer = couple.browser.post(FIRST, &form).await;
    answer.says("请选择证件类型");
    answer.says("#id_type.foreigner");
}

#[tokio::test]
async fn phones_that_cannot_receive_a_code_say_so() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    for (phone, said) in [("", "请填写手机号码"), ("0755 2666 1013", "座机收不到"), ("138", "现在是 3 位")]
    {
        let answer = couple.person_and(0, &[("phone", phone)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{phone}");
        answer.says(said);
        assert_eq!(answer.value("phone"), phone);
    }
}

#[tokio::test]
async fn more_than_a_form_can_hold_is_refused_and_nothing_is_lost() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.person(0).await.leads_to(SECOND);
    let huge = "张".repeat(350_000);
    let answer = couple.browser.post(FIRST, &[("kind", "mainland"), ("name", &huge)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    answer.says("填写的内容太长了");
    assert_eq!(couple.browser.get(FIRST).await.value("name"), couple.people[0].name);
    let long = "张".repeat(5000);
    let answer = couple.browser.post(FIRST, &[("kind", "mainland"), ("name", &long)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("姓名最多填 60 个字符");
}

#[tokio::test]
async fn details_may_come_before_the_time() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.browser.get(FIRST).await.says("还没有选时间");
    couple.person(0).await.leads_to(SECOND);
    couple.person(1).await.leads_to("/marriage/book");
    // Nobody has to hurry to a time because of what was typed.
    house.wait(chrono::TimeDelta::minutes(119));
    couple.hold("nanshan").await;
    house.wait(chrono::TimeDelta::minutes(14));
    let review = couple.browser.get(REVIEW).await;
    review.says("发送验证码");
    review.says(&couple.people[1].name);
}

#[tokio::test]
async fn unknown_pages_of_a_person_are_not_found() {
    let house = House::open().await;
    let mut browser = house.browser();
    for path in ["third", "third/identity", "third/contact", "first/secrets"] {
        let answer = browser.get(&format!("/marriage/book/details/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_pages_that_identity_and_phone_once_had_lead_to_the_one_of_the_person() {
    let house = House::open().await;
    let mut browser = house.browser();
    for (before, now) in [
        ("/marriage/book/details/first/identity", FIRST),
        ("/marriage/book/details/second/contact?from=review", "/marriage/book/details/second?from=review"),
        ("/en/marriage/book/details/second/identity", "/en/marriage/book/details/second"),
    ] {
        let answer = browser.get(before).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::PERMANENT_REDIRECT, now));
        // A form that was open meanwhile comes along.
        let answer = browser.post(before, &[("name", "张三")]).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::PERMANENT_REDIRECT, now));
    }
}

#[tokio::test]
async fn a_person_is_one_step_of_five_and_begins_as_a_mainland_resident() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    let page = couple.browser.get(FIRST).await;
    page.says("第 2 步，共 5 步");
    assert!(page.has(r#"name="kind" checked value="mainland""#), "{}", page.html);
    for field in ["name", "id_number", "phone"] {
        assert_eq!(page.value(field), "", "{field}");
    }
    couple.person(0).await.leads_to(SECOND);
    couple.browser.get(SECOND).await.says("第 3 步，共 5 步");
    couple.person(1).await.leads_to(REVIEW);
    couple.browser.get(REVIEW).await.says("第 4 步，共 5 步");
}

#[tokio::test]
async fn what_a_browser_without_cookies_fills_in_is_not_lost_in_silence() {
    let house = House::open().await;
    let form = [("kind", "mainland"), ("name", "张三"), ("id_number", "440308199901101512"), ("phone", "13800000000")];
    let answer = house.browser().post(FIRST, &form).await;
    assert_eq!((answer.status, answer.cache.as_str()), (StatusCode::CONFLICT, "no-store"));
    answer.says("浏览器没有保存 Cookie");
    assert_eq!(answer.value("name"), "张三", "it can be sent again as it is");
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.person(0).await.leads_to(SECOND);
    let answer = couple.browser.post(FIRST, &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(couple.browser.get(FIRST).await.value("name"), couple.people[0].name);
}
