//! Slips: what is wrong is told at its field, and what was typed stays.

use axum::http::StatusCode;

use super::super::house::House;
use super::family::Family;

#[tokio::test]
async fn a_wrong_digit_of_the_card_is_told_at_its_field_and_nothing_typed_is_lost() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let wrong = family.fill_with("applicant", &[("account", "6222 0212 3456 78901")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("有 1 处需要更正");
    wrong.says("这个卡号里有一位不对");
    assert_eq!(wrong.value("account"), "6222 0212 3456 78901");
    assert_eq!(wrong.value("applicant_phone"), family.phone);
    // It was kept as it is, and its part says that something is missing.
    let again = family.browser.get(&family.step("applicant")).await;
    assert_eq!(
        (again.value("account").as_str(), again.value("applicant_name").as_str()),
        ("6222 0212 3456 78901", "钱演示")
    );
    family.browser.get(&family.draft).await.says("还差 1 项");
    family.fill("applicant").await.leads_to(&family.step("declaration"));
}

#[tokio::test]
async fn digits_typed_in_full_width_are_the_same_digits() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 2).await;
    let wide = |text: &str| -> String {
        let sign =
            |sign: char| if sign.is_ascii_graphic() { char::from_u32(u32::from(sign) + 0xfee0).unwrap() } else { sign };
        text.chars().map(sign).collect()
    };
    let (proof, phone, number) = (wide(&family.proof), wide(&family.phone), wide(&family.id_number));
    family
        .fill_with("deceased", &[("proof_number", &proof), ("died_on.year", "２０２６")])
        .await
        .leads_to(&family.step("burial"));
    family.fill("burial").await;
    let more =
        [("applicant_phone", phone.as_str()), ("applicant_id", number.as_str()), ("account", "０１２３４５６７８９")];
    family.fill_with("applicant", &more).await.leads_to(&family.step("declaration"));
    family.fill("declaration").await.leads_to(&family.check());
    family.browser.get(&family.check()).await.says("0123 4567 89");
    assert!(family.hand_in().await.location.ends_with("/receipt"));
    house.text_to(&family.phone, "case_submitted").await;
}

#[tokio::test]
async fn a_burial_before_the_death_is_told_at_its_day_whichever_was_typed_last() {
    const WRONG: &str = "安葬的日子比去世的日子还早，请把这两个日期对照证明再看一遍。";
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill_in().await;
    let before = family.fill_with("burial", &[("buried_on.month", "3")]).await;
    assert_eq!(before.status, StatusCode::UNPROCESSABLE_ENTITY);
    before.says(WRONG);
    assert_eq!((before.value("buried_on.month").as_str(), before.value("buried_on.day").as_str()), ("3", "6"));
    family.browser.get(&family.check()).await.says("还不能提交");
    family.fill("burial").await.leads_to(&family.step("applicant"));
    family
        .fill_with("deceased", &[("died_on.month", "5"), ("died_on.day", "8")])
        .await
        .leads_to(&family.step("burial"));
    let check = family.browser.get(&family.check()).await;
    check.says(WRONG);
    check.says("去填“安葬”");
}

#[tokio::test]
async fn what_the_rules_seem_to_speak_against_is_told_and_the_bureau_decides() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill_in().await;
    family.fill_with("burial", &[("organised", "no")]).await;
    let check = family.browser.get(&family.check()).await;
    check.says("看到的规定只给深圳民政部门组织的。");
    check.says("您仍然想申请的，也可以交，由民政部门决定。");
    assert!(family.hand_in().await.location.ends_with("/receipt"));
}

#[tokio::test]
async fn whoever_is_alive_is_to_be_told_and_whoever_died_is_not() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    let tell = "请先告诉他们";
    assert!(!family.browser.get(&family.step("deceased")).await.has(tell));
    family.browser.get(&family.step("applicant")).await.says("填家里其他在世的人的，请先告诉他们");
}

#[tokio::test]
async fn a_question_that_an_answer_makes_unnecessary_may_stay_empty_and_one_that_it_needs_may_not() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.browser.get(&family.step("deceased")).await.says("这一项空着就行");
    let elsewhere = family.fill_with("deceased", &[("deceased_hukou_here", "no")]).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    elsewhere.says("有 1 处需要更正");
    elsewhere.says("在深圳去世并火化吗？请选一项。");
    assert!(elsewhere.has(r##"href="#cremated_here""##), "{}", elsewhere.html);
    family.fill("deceased").await.leads_to(&family.step("burial"));
    assert!(!family.browser.get(&family.step("deceased")).await.has("cremated_here"));
}

#[tokio::test]
async fn a_step_back_shows_what_was_typed_and_after_handing_in_that_it_was_handed_in() {
    let house = House::open().await;
    let mut family = Family::begin(&house, 1).await;
    family.fill_in().await;
    let back = family.browser.get(&family.step("burial")).await;
    assert_eq!((back.value("buried_on.month").as_str(), back.value("buried_on.day").as_str()), ("5", "6"));
    let version = back.value("version");
    let receipt = family.hand_in().await.location;
    for page in [family.draft.clone(), family.step("burial"), family.check()] {
        family.browser.get(&page).await.says("这份申请已经提交了");
    }
    let draft = family.draft.clone();
    family.send("burial", &version, &[("burial_kind", "river")]).await.leads_to(&draft);
    // The same press again leads to the same application.
    family.browser.post(&family.check(), &[("version", &version)]).await.leads_to(&receipt);
    assert_eq!(house.messages_to(&family.phone, "case_submitted").await.len(), 1);
}
