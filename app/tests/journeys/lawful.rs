//! What the pages of a registry, of the check and of the booking say of the law, in both languages.

use super::{
    couple::{Couple, REVIEW},
    house::House,
};

#[tokio::test]
async fn the_way_from_a_registry_into_the_booking_says_that_a_marriage_is_booked() {
    let house = House::open().await;
    let mut browser = house.browser();
    let place = browser.get("/marriage/registries/demo-bay").await;
    place.says(">预约结婚登记<");
    browser.get("/en/marriage/registries/demo-bay").await.says(">Book a marriage<");
    for (address, heading, tab) in [
        ("/marriage/book", ">预约结婚登记：选择登记处</h1>", "<title>预约结婚登记：选择登记处 · 惠民</title>"),
        (
            "/marriage/book?registry=demo-bay",
            ">预约结婚登记：选择时间</h1>",
            "<title>预约结婚登记：选择时间 · 惠民</title>",
        ),
        ("/en/marriage/book", ">Book a marriage</h1>", "<title>Book a marriage · Huimin</title>"),
        (
            "/en/marriage/book?registry=demo-bay",
            ">Book a marriage: choose a time</h1>",
            "<title>Book a marriage: choose a time · Huimin</title>",
        ),
        ("/ceremony/book?place=demo-bay-hall", ">预约颁证仪式：选择时间</h1>", "<title>预约颁证仪式"),
    ] {
        let page = browser.get(address).await;
        page.says(heading);
        page.says(tab);
    }
}

#[tokio::test]
async fn every_later_page_of_the_booking_says_what_is_booked() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    for page in ["/marriage/book/details/first", REVIEW] {
        let zh = couple.browser.get(page).await;
        zh.says(" · 结婚登记预约 · 惠民</title>");
        zh.says(">结婚登记预约</span>");
        couple.browser.get(&format!("/en{page}")).await.says(">Marriage booking</span>");
    }
    let mut couple = Couple::new(&house, 2);
    let booked = couple.book(&house, "nanshan").await;
    let page = couple.browser.get(&booked).await;
    page.says("<p>结婚登记</p>");
    page.says(" · 结婚登记预约 · 惠民</title>");
    couple.browser.get(&format!("{booked}/cancel")).await.says("结婚登记");
}

#[tokio::test]
async fn whoever_comes_for_a_divorce_or_a_lost_certificate_reads_that_it_is_not_booked_here_and_what_the_law_asks() {
    let house = House::open().await;
    let mut browser = house.browser();
    let divorce = [
        "不在网上预约，去之前请先打电话问",
        "书面离婚协议",
        "各带本人的居民身份证和结婚证",
        "结婚登记不是在中国内地办理的，登记处不受理",
        "30 日内，任何一方都可以撤回",
        "同一个登记处领离婚证",
        "收到申请的那天不算，从第二天算起；最后一天是法定休假日的，算到休假日结束的第二天",
    ];
    let reissue = ["带居民身份证", "《婚姻登记条例》第二十一条"];
    let page = browser.get("/marriage/registries/demo-bay").await;
    for words in divorce.iter().chain(&reissue) {
        page.says(words);
    }
    let english = browser.get("/en/marriage/registries/demo-bay").await;
    for words in [
        "Not booked online: phone before you go",
        "each in person",
        "at the same registry",
        "each with your own resident ID card and marriage certificate",
        "was not registered on the Chinese mainland",
        "The day it is received is not counted",
        "Articles 13 to 16",
        "Article 21",
    ] {
        english.says(words);
    }
    let looked_for = browser.get("/marriage/registries?service=divorce").await;
    for words in divorce {
        looked_for.says(words);
    }
    let unasked = browser.get("/marriage/registries").await;
    assert!(!unasked.has("书面离婚协议"), "{}", unasked.html);
}

#[tokio::test]
async fn nobody_is_asked_how_much_they_would_pay_where_nothing_costs_anything() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get("/stations").await.says("一次最多付多少");
    let page = browser.get("/marriage/registries?most=5&free=1").await;
    assert!(!page.has("一次最多付多少") && !page.has(r#"name="free""#), "{}", page.html);
    page.says("<h1>婚姻登记处</h1>");
    page.says("南山区婚姻登记处");
}

#[tokio::test]
async fn a_subsidy_at_a_station_says_whose_and_when_it_is() {
    let house = House::open().await;
    let mut browser = house.browser();
    for words in ["深圳户口的老人", "工作日的午餐，一天一次", "符合条件的，按年龄补"] {
        browser.get("/stations/es-440305007").await.says(words);
    }
    for words in ["Elders registered in Shenzhen", "on working days", "once a day"] {
        browser.get("/en/stations/es-440305007").await.says(words);
    }
}

#[tokio::test]
async fn bringing_a_meal_has_its_own_subsidy_and_not_that_of_a_meal_at_the_canteen() {
    let house = House::open().await;
    let mut browser = house.browser();
    let here = |html: &str, title: &str| {
        let (_, row) = html.split_once(&format!("<h3>{title}</h3>")).unwrap_or_else(|| panic!("{title}: {html}"));
        row.split("<h3>").next().unwrap().to_owned()
    };
    for station in ["es-440305007003", "ep-440305001007"] {
        let delivery = here(&browser.get(&format!("/stations/{station}")).await.html, "送餐");
        for words in ["70 周岁以上、中度以上失能的老人", "2 元/次", "没有查到，请问站点"] {
            assert!(delivery.contains(words), "{words}: {delivery}");
        }
        for words in ["在长者饭堂、助餐点吃饭", "补贴后最少付", "按年龄补", "/benefits/check"] {
            assert!(!delivery.contains(words), "{words}: {delivery}");
        }
        let english = here(&browser.get(&format!("/en/stations/{station}")).await.html, "Meal delivery");
        assert!(english.contains("2 yuan per delivery") && !english.contains("to pay after it"), "{english}");
    }
    let meals = here(&browser.get("/stations/es-440305007003").await.html, "助餐");
    assert!(meals.contains("补贴后最少付") && !meals.contains("2 元/次"), "{meals}");
}

/// Two people of these kinds, of whom she is not sure of her status.
fn check(kind: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("parties.0.kind", kind),
        ("parties.0.birth_date.year", "1998"),
        ("parties.0.birth_date.month", "3"),
        ("parties.0.birth_date.day", "27"),
        ("parties.0.status", "never_married"),
        ("parties.1.kind", kind),
        ("parties.1.birth_date.year", "1999"),
        ("parties.1.birth_date.month", "12"),
        ("parties.1.birth_date.day", "1"),
        ("parties.1.status", "unsure"),
        ("kinship", "none"),
        ("date.year", ""),
        ("date.month", ""),
        ("date.day", ""),
    ]
}

#[tokio::test]
async fn the_check_has_a_place_for_whoever_a_court_set_free_and_does_not_take_a_foreign_judgment_for_enough() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get("/marriage/check").await.says("婚姻被法院判决无效或者撤销过，或者离婚是外国法院判的，也请选这一项");
    let answer = browser.post("/marriage/check", &check("mainland")).await;
    for words in ["一般要先由我国的中级人民法院承认", "被法院宣告死亡", "判决无效或者撤销"]
    {
        answer.says(words);
    }
    let english = browser.post("/en/marriage/check", &check("mainland")).await;
    for words in
        ["usually has to be recognised by a Chinese intermediate court", "declared dead by a court", "void or annulled"]
    {
        english.says(words);
    }
    assert!(!answer.has("先作参考") && !english.has("only a first idea"), "article 8 has both");
}

#[tokio::test]
async fn the_list_of_two_from_outside_the_mainland_is_said_to_be_a_first_idea_above_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    for (kind, article) in [("overseas_chinese", "第二十六条"), ("foreigner", "没有写双方都是外国人的情形")]
    {
        let answer = browser.post("/marriage/check", &check(kind)).await;
        answer.says(article);
        let (above, _) = answer.html.split_once("登记那天要带的").unwrap();
        assert!(!above.contains("先作参考"), "it stands at the list");
        answer.says("这份清单先作参考");
        browser.post("/en/marriage/check", &check(kind)).await.says("This list is only a first idea");
    }
}

#[tokio::test]
async fn whoever_declares_that_all_is_true_reads_what_false_papers_lead_to() {
    let house = House::open().await;
    let mut couple = Couple::new(&house, 1);
    couple.hold("nanshan").await;
    couple.fill_in().await;
    let review = couple.browser.get(REVIEW).await;
    for words in ["以上内容真实准确", "记入信用记录，并纳入全国信用信息共享平台（《婚姻登记条例》第二十三条）"]
    {
        review.says(words);
    }
    couple
        .browser
        .get(&format!("/en{REVIEW}"))
        .await
        .says("Whoever brings false documents or papers to a registration");
}
