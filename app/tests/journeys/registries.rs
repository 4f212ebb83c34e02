//! Where couples register, as the engine of the directory shows it.

use super::house::House;

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
    assert!(
        one.has("<h3>结婚登记</h3>") && !one.has("<h3>离婚登记</h3>"),
        "it can be booked, and nobody has read more: {}",
        one.html
    );
    assert!(!one.has("服务项目还没有人核实过"), "{}", one.html);
    let divorces = browser.get("/marriage/registries?service=divorce").await;
    divorces.says("1 个还不清楚有没有要找的，排在最后，先打电话问");
    assert!(divorces.has("有没有这项服务不清楚，先打电话问") && divorces.has("/marriage/registries/nanshan"));
    let compared = browser.get("/marriage/registries/compare?id=nanshan&id=demo-hill").await;
    for words in [
        "演示 3A 级（虚构的演示民政部门，2024年11月15日评定）",
        "<th scope=\"row\">等级</th><td data-of=\"南山区\">？ 不清楚</td>",
        "<th scope=\"row\">离婚登记</th><td data-of=\"南山区\">？ 不清楚</td>",
        "结婚登记：✓ 不收费",
    ] {
        compared.says(words);
    }
}
