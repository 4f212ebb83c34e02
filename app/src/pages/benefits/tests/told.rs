//! What the rules that came with the program tell, and no more than their texts do.

use super::{between, page};
use crate::site::tests::TestSite;

async fn house() -> TestSite {
    TestSite::open(&["--now", "2026-12-01T09:00:00+08:00"]).await
}

#[tokio::test]
async fn a_first_day_stands_beside_the_text_that_says_it() {
    let house = house().await;
    let shenzhen = page(&house, "/benefits/old_age_allowance?region=440305").await;
    let law = between(&shenzhen, "<h2>依据</h2>", "</section>").concat();
    let day = |text: &str| {
        let row = between(&law, "<li>", "</li>").into_iter().find(|row| row.contains(text));
        row.unwrap_or_else(|| panic!("{text}: {law}")).contains("从 2021年3月1日起执行")
    };
    assert!(day("深圳市高龄老人津贴办法") && !day("老年人权益保障法"), "{law}");
    assert!(!shenzhen.contains("2013年7月1日"), "the day of the law is not that of the city: {shenzhen}");

    let dibao = page(&house, "/en/benefits/dibao?region=440305").await;
    let law = between(&dibao, "<h2>Rules it rests on</h2>", "</section>").concat();
    for (text, day) in [
        ("Interim Measures for Social Assistance", "in force from 1 May 2014"),
        ("Social Assistance Law of the People", "in force from 1 July 2026"),
    ] {
        let rows = between(&law, "<li>", "</li>");
        assert!(rows.iter().any(|row| row.contains(text) && row.contains(day)), "{text}: {law}");
    }
    assert!(!dibao.contains("In force since"), "{dibao}");
    let meals = page(&house, "/benefits/elder_meals?region=440305").await;
    assert!(meals.contains("从哪一天起执行，没有查到。"), "{meals}");
}

#[tokio::test]
async fn an_allowance_for_age_says_one_age_and_that_it_is_asked_for_before_the_birthday() {
    let house = house().await;
    for (region, age) in [("440300", "70"), ("330200", "80"), ("330213", "80"), ("420204", "80")] {
        let body = page(&house, &format!("/benefits/old_age_allowance?region={region}")).await;
        assert!(body.contains(&format!("年满 {age} 周岁")), "{region}: {body}");
        assert!(!body.contains("60 周岁") && !body.contains("六十周岁"), "{region}: {body}");
    }
    let country = page(&house, "/benefits/old_age_allowance?region=100000").await;
    assert!(country.contains("年满 60 周岁，并且到了这里发津贴的年龄。"), "{country}");
    let shenzhen = page(&house, "/benefits/old_age_allowance?region=440305").await;
    for words in ["满这个岁数前两个月就可以申请", "每年 5 月和 11 月", "20 日前发到颐年卡"] {
        assert!(shenzhen.contains(words), "{words}: {shenzhen}");
    }
}

#[tokio::test]
async fn what_is_made_up_to_one_sum_is_not_said_to_exclude_it() {
    let house = house().await;
    let body = page(&house, "/benefits/de_facto_unattended?region=440305").await;
    let not_beside = between(&body, "<h2>不能同时领的</h2>", "</section>").concat();
    assert!(not_beside.contains("孤儿基本生活费"), "{body}");
    assert!(!not_beside.contains("特困") && !not_beside.contains("残疾人生活补贴"), "{not_beside}");
    assert!(body.contains("重度残疾人护理补贴可以同时领"), "{body}");
}

#[tokio::test]
async fn what_the_portal_concludes_says_so_and_no_household_register_is_asked_for() {
    let house = house().await;
    let relief = page(&house, "/benefits/temporary_relief?region=440305").await;
    assert!(relief.contains("写成“不能”是本站的理解"), "{relief}");
    let policies = house.app.policies();
    for region in policies.regions() {
        for benefit in &policies.of(&region).unwrap().pack.benefits {
            let body = page(&house, &format!("/benefits/{}?region={region}", benefit.id)).await;
            let asked = body.replace("逝者的户口簿", "");
            assert!(!asked.contains("户口簿"), "{region} {}", benefit.id);
        }
    }
}
