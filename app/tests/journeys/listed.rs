//! What is listed: a place that closes for good, and a kind of which nobody but its data speaks.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::directory::{kinds, shown, store};
use shared::{
    directory::{Closed, Listing, ServiceHere},
    localised::Localised,
    places::PlaceId,
};

use super::house::House;

const STATION: &str = "es-440305007003";

async fn station(house: &House) -> Listing {
    let directory = shown::of(&house.app, kinds::kind("elderly_station").unwrap(), house.now()).await.unwrap();
    directory.get(&PlaceId::parse(STATION).unwrap()).unwrap().clone()
}

async fn list(house: &House, listing: &Listing) {
    let mut connection = house.connection().await;
    store::put(&mut connection, listing, house.now()).await.unwrap();
    store::bump(&mut connection, &listing.kind).await.unwrap();
    house.wait(TimeDelta::seconds(2));
}

#[tokio::test]
async fn a_place_that_closes_for_good_is_open_until_then_and_says_from_then_on_why_and_what_there_is_instead() {
    let house = House::open().await;
    let reason = Localised::new("搬到了演示路 9 号。", "It moved to 9 Demo Road.");
    let on = "2026-05-15".parse().unwrap();
    list(&house, &Listing { closed: Some(Closed { on, reason }), ..station(&house).await }).await;
    let mut browser = house.browser();
    let path = format!("/stations/{STATION}");
    let before = browser.get(&path).await;
    assert_eq!(before.status, StatusCode::OK);
    before.says("开放中");
    before.says("5月15日 星期五</th><td>不开");
    assert!(browser.get("/stations?street=440305007").await.has(&format!("href=\"{path}\"")));

    house.wait(TimeDelta::days(2));
    for (page, words) in [
        (path.clone(), ["已经关闭", "从 5月15日起不再开放", "搬到了演示路 9 号", "同一条街道还有这些"]),
        (format!("/en{path}"), ["closed for good", "since 15 May", "moved to 9 Demo Road", "in the same street"]),
    ] {
        let closed = browser.get(&page).await;
        assert_eq!(closed.status, StatusCode::GONE, "{page}");
        for said in words {
            closed.says(said);
        }
        assert!(closed.has("/stations/es-440305007\""), "{}", closed.html);
    }
    for below in ["/print", "/wrong"] {
        assert_eq!(browser.get(&format!("{path}{below}")).await.status, StatusCode::GONE, "{below}");
    }
    assert!(!browser.get("/stations?street=440305007").await.has(&format!("href=\"{path}\"")));
    let compared = browser.get(&format!("/stations/compare?id=es-440305007&id=es-440305001&id={STATION}")).await;
    compared.says("已经不在名单里了");
}

#[tokio::test]
async fn a_kind_that_is_only_data_has_its_pages_and_the_home_page_leads_to_it_once_a_place_is_listed() {
    let house = House::open().await;
    let mut browser = house.browser();
    let way = r#"href="/children-homes""#;
    assert!(!browser.get("/").await.has(way), "there is nothing to find");
    browser.get("/children-homes").await.says("名单还没有录入");
    let homes = [("ch-demo-1", "演示儿童之家"), ("ch-demo-2", "演示第二儿童之家")];
    for (id, name) in homes {
        let home = Listing {
            id: PlaceId::parse(id).unwrap(),
            kind: "children_home".into(),
            tier: None,
            parent: None,
            name: Localised::new(name, "Demo children's home"),
            services: vec![ServiceHere::of("after_school")],
            ..station(&house).await
        };
        list(&house, &home).await;
    }
    let start = browser.get("/").await;
    start.says("还可以找");
    assert!(start.has(way), "{}", start.html);
    let all = browser.get("/children-homes?service=after_school").await;
    for words in ["<h1>儿童之家：课后托管</h1>", "演示儿童之家", "演示电话，打不通", "共 2 个"]
    {
        all.says(words);
    }
    let one = browser.get("/children-homes/ch-demo-1").await;
    for words in ["演示儿童之家", "今天 5月13日 星期三", "课后托管", "演示数据，不是真的", "这里写得不对"]
    {
        one.says(words);
    }
    browser.get("/en/children-homes/ch-demo-1").await.says("After school");
    browser.get("/children-homes/ch-demo-1/print").await.says("扫二维码看最新的");
    browser.get("/children-homes/ch-demo-1/wrong").await.says("哪里不对");
    browser.get("/children-homes/compare?id=ch-demo-1&id=ch-demo-2").await.says("课后托管");
    assert_eq!(browser.get("/stations/ch-demo-1").await.status, StatusCode::NOT_FOUND, "it is no station");
    assert_eq!(browser.get("/children-homes/es-440305007").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_compares_from_a_place_is_offered_the_nearest_before_the_whole_list() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get(&format!("/stations/compare?id={STATION}")).await;
    page.says("离它近的（直线距离），点一个就能比");
    let first = page.html.split("class=\"days\"").nth(1).unwrap().split("</a>").next().unwrap();
    let next = format!("href=\"/stations/compare?id={STATION}&amp;id=es-440305007004\"");
    assert!(first.contains(&next), "its neighbour, and not the first of the list: {first}");
    let list = browser.get(&format!("/stations?id={STATION}")).await;
    let beside = list.html.split("class=\"beside\"").nth(1).unwrap();
    let (hidden, stays) = beside.split_once("id=\"compare\"").unwrap();
    assert_eq!(
        hidden.matches("<div").count() + 1,
        hidden.matches("</div>").count(),
        "it is no part of what gives way: {hidden}"
    );
    assert!(stays.contains("/stations/compare"), "{stays}");
}

#[tokio::test]
async fn years_on_a_registry_that_is_booked_is_still_listed_and_a_list_says_how_many_it_leaves_out() {
    let house = House::open().await;
    // The registries of the region were read in its first winter.
    house.wait(TimeDelta::days(1_100));
    let mut browser = house.browser();
    let list = browser.get("/marriage/registries").await;
    for words in ["南山区婚姻登记处", "天没有人核实，去之前先打电话"] {
        list.says(words);
    }
    let one = browser.get("/marriage/registries/nanshan").await;
    assert_eq!(one.status, StatusCode::OK);
    one.says("网上预约照常");
    browser.get("/marriage/registries?q=nanshan").await.says("南山区婚姻登记处");
    let stations = browser.get("/stations").await;
    stations.says("个地点没有列出：已经 730 天以上没有人核实");
    browser
        .get("/en/stations")
        .await
        .says("are not listed: nobody has confirmed anything of them for 730 days or more");
    assert_eq!(browser.get(&format!("/stations/{STATION}")).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn english_lists_name_streets_in_english() {
    let house = House::open().await;
    let mut browser = house.browser();
    let list = browser.get("/en/stations").await;
    for words in ["Yuehai Street", "Nantou Street"] {
        list.says(words);
    }
    let main = list.html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    assert!(!main.contains("街道") && !main.contains("社区"), "{main}");
    let street = browser.get("/en/stations?street=440305007&open_at=now").await;
    street.says("<h1>Elderly stations: Yuehai Street, open now</h1>");
    street.says("Houhai Community");
    browser.get(&format!("/en/stations/{STATION}")).await.says("Kejiyuan Community, Yuehai Street");
}

#[tokio::test]
async fn the_sheet_for_the_wall_leads_back_and_says_how_it_is_printed() {
    let house = House::open().await;
    let mut browser = house.browser();
    for (language, how) in [("", "请点浏览器菜单里的“打印”"), ("/en", "choose Print in your browser’s menu")]
    {
        let place = format!("{language}/stations/{STATION}");
        let sheet = browser.get(&format!("{place}/print")).await;
        sheet.says(how);
        assert!(sheet.has(&format!("href=\"{place}\" class=\"back\"")), "{}", sheet.html);
    }
}
