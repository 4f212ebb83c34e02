//! Somebody looks for a station and calls it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::{audit::Actor, directory::change};
use shared::{
    hours::{Change, ChangeKind},
    localised::Localised,
    places::PlaceId,
};

use super::house::House;

pub const CENTRE: &str = "/stations/es-440305007";
const STREET: &str = "/stations?street=440305007";

#[tokio::test]
async fn the_right_place_is_reached_in_three_presses_without_typing() {
    let house = House::open().await;
    let mut browser = house.browser();
    assert!(browser.get("/").await.has(r#"href="/stations""#), "the home page leads to it");
    let all = browser.get("/stations").await;
    for words in ["<h1>长者服务站</h1>", "按街道选", "粤海街道", "共 57 个，第 1 页，共 3 页"] {
        all.says(words);
    }
    assert!(all.has(r#"href="/stations?street=440305007""#), "{}", all.html);
    assert!(all.html.contains("<title>长者服务站 · 惠民</title>"), "{}", all.html);
    let street = browser.get(STREET).await;
    street.says("<h1>长者服务站：粤海街道</h1>");
    street.says("开放中，到 18:00");
    street.says("演示电话，打不通");
    assert!(street.has(&format!("href=\"{CENTRE}\"")) && !street.has("tel:0755"));
    street.says("示意图");
}

#[tokio::test]
async fn what_is_looked_for_stands_in_the_address_and_in_the_heading() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get("/stations?street=440305007&service=meals&open_at=now").await;
    page.says("<h1>长者服务站：粤海街道，助餐，现在开着</h1>");
    let free = browser.get("/stations?open_at=2026-05-17T03%3A00").await;
    free.says("2026年5月17日 星期日 凌晨 3:00 开着");
    free.says("没有完全符合的");
    free.says("去掉一个条件就有");
    assert!(free.has("service=meal_delivery") || free.has("service=home_visit"), "{}", free.html);
    let dear = browser.get("/stations?service=meals&most=10").await;
    dear.says("<h1>长者服务站：助餐，不超过 10 元</h1>");
    dear.says("没有完全符合的");
    browser.get("/stations?service=meals&most=15").await.says("共 34 个");
    let wrong = browser.get("/stations?service=cinema&street=440305007").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("请从列出的服务中选择");
    wrong.says("<h1>长者服务站：粤海街道</h1>");
}

#[tokio::test]
async fn a_station_says_everything_in_both_languages_and_in_large_print() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get(CENTRE).await;
    for words in [
        "今天 5月13日 星期三",
        "有哪些服务",
        "进出方便吗",
        "怎么去",
        "这是演示地址，地图上没有",
        "演示数据，不是真的",
        "这里写得不对？告诉我们",
        "这些信息是谁、什么时候核实的",
        "70 到 99 周岁：补 5 元到 15 元/餐（最高），补贴后最少付 0 元到 10 元",
    ] {
        page.says(words);
    }
    assert!(page.has("/benefits/check?benefit=elder_meals"), "the way into the check: {}", page.html);
    assert!(!page.has("tel:0755") && !page.has("uri.amap.com"), "nobody calls or looks for what is invented");
    let english = browser.get(&format!("/en{CENTRE}")).await;
    for words in ["Opening hours", "What is offered", "Getting in", "Today, Wednesday 13 May"] {
        english.says(words);
    }
    browser.set_cookie("elder", "26");
    browser.get(CENTRE).await.says("今天 5月13日 星期三");
    let sheet = browser.get(&format!("{CENTRE}/print")).await;
    for words in ["扫二维码看最新的", "星期一至星期日", "08:00–18:00", "助餐（15 元）", "文体活动（不收费）"]
    {
        sheet.says(words);
    }
    let wall = sheet.html.split("class=\"wall flow\"").nth(1).unwrap();
    assert!(!wall.contains("今天") && !wall.contains("明天"), "it hangs for longer than today: {wall}");
}

#[tokio::test]
async fn a_closure_shows_at_once_and_ends_by_itself() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get(CENTRE).await.says("开放中");
    let change = Change {
        from: "2026-05-13T09:00:00".parse().unwrap(),
        to: "2026-05-13T12:00:00".parse().unwrap(),
        kind: ChangeKind::Closed,
        reason: Localised::new("停电", "Power cut"),
    };
    let place = PlaceId::parse("es-440305007").unwrap();
    change::announce(&house.app, &place, change, Actor::Operator, house.now()).await.unwrap();
    let page = browser.get(CENTRE).await;
    page.says("暂停开放：5月13日 09:00 到 12:00");
    page.says("停电");
    page.says("现在关着，12:00 开");
    house.wait(TimeDelta::hours(2));
    let page = browser.get(CENTRE).await;
    page.says("开放中");
    assert!(!page.has("停电"));
}

#[tokio::test]
async fn two_or_three_stand_beside_each_other() {
    let house = House::open().await;
    let mut browser = house.browser();
    let page = browser.get("/stations/compare?id=es-440305007&id=es-440305001").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["今天几点", "助餐", "入口没有台阶", "时间核实"] {
        page.says(words);
    }
    let few = browser.get("/stations/compare?id=es-440305007").await;
    assert_eq!(few.status, StatusCode::OK, "whoever has chosen one is on the way to two");
    for none in ["", "?id=gone", "?id=es-440305007&id=gone"] {
        let none = browser.get(&format!("/stations/compare{none}")).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    few.says("粤海街道长者服务中心（演示），再选一个就能比");
    assert!(few.has(r#"href="/stations?id=es-440305007#compare""#), "what is chosen stays chosen: {}", few.html);
    let unknown = browser.get("/stations/compare?id=es-440305007&id=es-440305001&id=gone").await;
    unknown.says("网址里有一个认不出来");
    assert!(!unknown.has("不在名单里"), "nobody knows that it ever was: {}", unknown.html);
    let second = browser.get("/stations?page=2&id=es-440305007").await;
    assert!(
        second.has(r#"value="es-440305007" checked"#) || second.has(r#"checked value="es-440305007""#),
        "{}",
        second.html
    );
    assert!(second.has("/stations?page=3&amp;id=es-440305007"), "{}", second.html);
    let one = browser.get("/stations/es-440305001?id=es-440305007").await;
    assert!(one.has("/stations/compare?id=es-440305007&amp;id=es-440305001"), "{}", one.html);
    let vain = browser.get("/stations?q=%E7%9A%84%E7%A1%AE%E6%B2%A1%E6%9C%89").await;
    assert!(vain.has("<details class=\"fold\" open") || vain.has("<details open class=\"fold\""), "{}", vain.html);
}

#[tokio::test]
async fn what_is_not_here_says_so_and_leads_to_the_list() {
    let house = House::open().await;
    let mut browser = house.browser();
    for path in ["/stations/nowhere", "/stations/nanshan", "/stations/%2e%2e", "/stations/nowhere/wrong"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.says("这里没有这个地点");
        assert!(page.has(r#"href="/stations""#), "{path}");
    }
    // Three years on, nobody has confirmed anything.
    house.wait(TimeDelta::days(1100));
    let page = browser.get(CENTRE).await;
    assert_eq!(page.status, StatusCode::GONE);
    page.says("太久没有人核实");
    assert!(!browser.get("/stations").await.has(CENTRE));
}

#[tokio::test]
async fn whoever_has_chosen_one_of_a_street_chooses_the_next_in_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let list = browser.get(STREET).await;
    let form = list.html.split("action=\"/stations/compare\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains("name=\"street\" value=\"440305007\""), "{form}");
    let one = browser.get("/stations/compare?id=es-440305007&street=440305007").await;
    assert!(one.has(r#"href="/stations?street=440305007&amp;id=es-440305007#compare""#), "{}", one.html);
    one.says("长者服务站：粤海街道");
    assert!(one.has(r#"href="/stations?street=440305007""#), "the way back: {}", one.html);
}

#[tokio::test]
async fn where_nothing_is_listed_there_is_nothing_to_search() {
    let house = House::open().await;
    let page = house.browser().get("/children-homes").await;
    page.says("名单还没有录入");
    assert!(!page.has("class=\"filters"), "{}", page.html);
}
