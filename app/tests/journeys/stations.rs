//! Somebody looks for a station, calls it, and says what is wrong with it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use server::{
    audit::Actor,
    directory::{change, reports},
    jobs,
};
use shared::{
    appointments::BookingReference,
    hours::{Change, ChangeKind},
    localised::Localised,
    places::PlaceId,
    plain_words::PlainWords,
};

use super::house::House;

const CENTRE: &str = "/stations/es-440305007";
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

#[tokio::test]
async fn whoever_knows_better_gets_a_receipt_and_reads_the_answer_by_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let wrong = format!("{CENTRE}/wrong");
    browser.get(&wrong).await.says("哪里不对");
    let page = browser.post(&wrong, &[("about", ""), ("text", "我的电话 13800000000"), ("phone", "abc")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["有 3 处需要更正", "请选哪里不对", "正确的电话请写在下面", "电话请写数字"]
    {
        page.says(words);
    }
    assert_eq!(page.value("phone"), "abc");
    let sent = browser.post(&wrong, &[("about", "hours"), ("text", "星期三下午不开门"), ("phone", "")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let receipt = sent.location.strip_prefix("/places/reports/").unwrap().to_owned();
    let waiting = browser.get(&sent.location).await;
    for words in ["您说的问题已经收到", "星期三下午不开门", "开放时间不对", "核实以后在这里答复"]
    {
        waiting.says(words);
    }
    assert!(waiting.has(r#"href="/places/reports""#) && waiting.has("data-copy") && waiting.has("data-print"));
    assert!(!waiting.has("“/places/reports”"), "an address is no way: {}", waiting.html);
    assert!(waiting.has(r#"data-accent="calm""#), "{}", waiting.html);
    for page in [CENTRE, "/stations", &*wrong] {
        assert!(browser.get(page).await.has(r#"href="/places/reports""#), "{page} leads to the answers");
    }
    assert!(!waiting.has("天以内"), "nothing is promised that nobody has set");
    let parsed = BookingReference::parse(&receipt).unwrap();
    let words = PlainWords::parse("已经核实，时间改好了").unwrap();
    reports::answer(&house.app, &parsed, &words, house.now()).await.unwrap();
    let answered = browser.get(&sent.location).await;
    answered.says("已经核实，时间改好了");
    let at = |words: &str| answered.html.find(words).unwrap_or_else(|| panic!("{words}: {}", answered.html));
    assert!(at("时间改好了") < at("答复以后保留"), "what was asked for stands first");
    browser.get(&format!("/places/reports?receipt={receipt}")).await.leads_to(&sent.location);
    let unknown = browser.get("/places/reports/K7MP4CRT9WXH").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/places/reports?receipt=abc").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn large_print_and_the_other_language_keep_what_was_typed_of_a_mistake() {
    let house = House::open().await;
    let mut browser = house.browser();
    let wrong = format!("{CENTRE}/wrong");
    let typed = [("about", "hours"), ("text", "星期三下午不开门"), ("phone", "12345")];
    let with = |action| typed.into_iter().chain([("action", action)]).collect::<Vec<_>>();
    let page = browser.post(&wrong, &with("elder-26")).await;
    page.says("星期三下午不开门");
    assert_eq!(page.value("phone"), "12345");
    let page = browser.post(&wrong, &with("speak-en")).await;
    assert_eq!((page.status, page.location.as_str()), (StatusCode::TEMPORARY_REDIRECT, &*format!("/en{wrong}")));
    assert_eq!(reports::waiting(&house.app).await.unwrap(), []);
}

#[tokio::test]
async fn a_browser_that_reports_too_much_waits_and_others_do_not() {
    let house = House::open_with(&["--rate-limit", "on"]).await;
    let report = [("about", "hours"), ("text", "星期三下午不开门"), ("phone", "")];
    let wrong = format!("{CENTRE}/wrong");
    let mut many = house.browser_at("/marriage/book?registry=nanshan").await;
    for _ in 0..6 {
        assert_eq!(many.post(&wrong, &report).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(many.post(&wrong, &report).await.status, StatusCode::TOO_MANY_REQUESTS);
    let mut other = house.browser_at("/marriage/book?registry=nanshan").await;
    assert_eq!(other.post(&wrong, &report).await.status, StatusCode::SEE_OTHER);
}

/// The days that a page names behind some words.
fn days_behind(page: &str, words: &str) -> i64 {
    let behind = page.split(words).nth(1).unwrap_or_else(|| panic!("nothing stands behind {words}"));
    behind.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

#[tokio::test]
async fn a_report_is_kept_as_long_as_the_privacy_notice_says_and_not_a_round_longer() {
    for keep in ["60", "45"] {
        let house = House::open_with(&["--keep-days", keep, "--answer-days", "15"]).await;
        let mut browser = house.browser();
        let notice = browser.get("/privacy").await;
        let answered = days_behind(&notice.html, "您告诉我们哪里写得不对：答复 ");
        let silent = days_behind(&notice.html, "一直没有答复的，收到 ");
        assert_eq!((answered.to_string().as_str(), silent), (keep, 365));
        let report = [("about", "hours"), ("text", "星期三下午不开门"), ("phone", "")];
        let mut receipts = Vec::new();
        for _ in 0..2 {
            receipts.push(browser.post(&format!("{CENTRE}/wrong"), &report).await.location);
        }
        let receipt = BookingReference::parse(receipts[0].strip_prefix("/places/reports/").unwrap()).unwrap();
        reports::answer(&house.app, &receipt, &PlainWords::parse("时间改好了").unwrap(), house.now()).await.unwrap();
        assert_eq!(days_behind(&browser.get(&receipts[0]).await.html, "答复以后保留 "), answered);
        let minute = TimeDelta::minutes(1);
        browser.get(&receipts[1]).await.says("15 天以内");
        for (receipt, days) in [(&receipts[0], answered), (&receipts[1], silent - answered)] {
            house.wait(TimeDelta::days(days) - minute);
            jobs::round(&house.app, house.now()).await.unwrap();
            assert_eq!(browser.get(receipt).await.status, StatusCode::OK);
            house.wait(minute);
            jobs::round(&house.app, house.now()).await.unwrap();
            assert_eq!(browser.get(receipt).await.status, StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn registries_are_shown_by_the_same_engine_and_lead_to_their_times() {
    let house = House::open().await;
    let mut browser = house.browser();
    let all = browser.get("/marriage/registries").await;
    for words in ["<h1>婚姻登记处</h1>", "南山区婚姻登记处", "0755-26661013"] {
        all.says(words);
    }
    assert!(all.has(r#"href="tel:075526661013""#));
    let one = browser.get("/marriage/registries/nanshan").await;
    assert!(
        one.has("/marriage/book?registry=nanshan")
            && one.has("https://uri.amap.com/search?keyword=")
            && one.has("https://maps.apple.com/"),
        "{}",
        one.html
    );
    for words in ["预约结婚登记", "今天 5月13日 星期三", "只把这个地点的名称和地址告诉它，不告诉它您是谁"]
    {
        one.says(words);
    }
    // Its address and phone are real, and its hours are not.
    for path in ["", "/nanshan", "/nanshan/print", "/compare?id=nanshan&id=demo-hill"] {
        browser.get(&format!("/marriage/registries{path}")).await.says("演示时间，不是真的");
        browser.get(&format!("/en/marriage/registries{path}")).await.says("Demo hours, not real");
    }
    assert!(one.has("application/ld+json") && !one.has("openingHoursSpecification"), "{}", one.html);
    assert!(!one.has("演示数据，不是真的") && one.has("tel:075526661013"), "{}", one.html);
    assert!(one.has("查看（") && !one.has("日核实过"), "nobody has confirmed what a newspaper wrote: {}", one.html);
    assert!(!all.has("data-booked=\"nanshan"), "a phone does not say that these hours are those of the times to book");
    browser.get("/marriage/book").await.says("演示时间，不是真的");
    let invented = browser.get("/marriage/registries/demo-bay").await;
    assert!(!invented.has("tel:0755"));
    invented.says("不收费");
    assert!(!all.has(">其他<"), "there is nothing else: {}", all.html);
    let beside = browser.get("/marriage/registries/compare?id=demo-bay&id=demo-hill").await;
    assert!(!beside.has("价格请打电话问") && beside.has("✓ 不收费") && beside.has("不清楚"), "{}", beside.html);
    invented.says("演示 4A 级（虚构的演示民政部门，2025年6月30日评定）");
    assert!(!one.has("等级"), "nobody has read what grade it has");
    assert!(invented.has("有哪些服务") && !one.has("有哪些服务"), "nor what it offers");
    let divorces = browser.get("/marriage/registries?service=divorce").await;
    divorces.says("1 个还不清楚有没有要找的，排在最后，先打电话问");
    assert!(divorces.has("有没有这项服务不清楚，先打电话问") && divorces.has("/marriage/registries/nanshan"));
    let compared = browser.get("/marriage/registries/compare?id=nanshan&id=demo-hill").await;
    for words in [
        "演示 3A 级（虚构的演示民政部门，2024年11月15日评定）",
        "<th scope=\"row\">等级</th><td data-of=\"南山区婚姻登记处\">不清楚</td>",
        "<th scope=\"row\">离婚登记</th><td data-of=\"南山区婚姻登记处\">不清楚</td>",
    ] {
        compared.says(words);
    }
}
