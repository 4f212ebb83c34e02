//! What leads away, and sentences that lead nowhere.

use proptest::prelude::*;

use super::*;

#[test]
fn sentences_lead_nowhere() {
    for text in [
        "停电",
        "5 月 13 日停电。请改期",
        "5月13日停电。请改期。",
        "Mr. Li is ill. Come on Monday.",
        "Power cut, 8.30 a.m. to 5 p.m.",
        "系统 8:30–11:30 维护",
        "2026.5.13 停电",
        "1.停电 2.停水",
        "请带1.身份证2.户口簿",
        "A.身份证 B.户口簿",
        "第 3.5 条、第 4 条",
        "No.5 counter is closed, No. 6 is open",
        "St. Mary Rd. is closed. Please walk.",
        "St.Mary Road is closed, walk by St.John's",
        "U.S. citizens, Ph.D. holders, e.g. visitors",
        "上午十点 OK，下午两点不行",
        "三点公司开会，四点起照常",
        "请补一点信息。",
        "海珠社区长者服务站（点）",
        "长者服务站（点） A 座 2 楼，服务站[点]2 号",
        "办事点在 3 楼。中国公民带身份证",
        "今天停电。VIP 窗口照常。",
        "今天停电。App 照常用。",
        "停电。Sorry",
        "停电。公司的人明天来",
        "停水。网络照常，电话也通",
        "阿依古丽·买买提今天请假",
        "Closed. Top floor is open. HK residents: come tomorrow.",
        "Mainland, HK and TW residents",
        "大厅（3 楼）整修……请走东门",
        "Please come to the dot on the map",
        "Come at 9, 10 or 11.",
        "人多；请 14:00 后来！",
        "地铁 1 号线示例站 A 口，往左 200 米。",
        "C 栋 2.5 楼",
        "电梯坏了.",
        "法定节假日（5.1–5.5）不办公",
        "Version 2.0 of the form",
        "缺 GB/T 2260 码",
        "i.e. nobody comes",
        "“停电”",
        "He said no. it was late.",
        "请用微信公众号预约",
        "微信支付 QQ 群都不收费",
        "PDF、JPG 都可以",
        "12.带户口簿",
        "Mary·Smith 请假",
    ] {
        assert!(!has_link(text), "{text}");
    }
}

#[test]
fn addresses_lead_away_however_they_are_written() {
    for text in [
        "http://evil.cn/x",
        "HTTPS evil",
        "hxxp evil",
        "www.evil",
        "w w w . evil",
        "evil.com",
        "EVIL.COM",
        "看evil.com看",
        "evil.example",
        "t.cn/x",
        "T。CN/x",
        "пример.рф",
        "例子.中国",
        "例子。中国",
        "例子。中国。",
        "例子。公司/abc",
        "例子.测试",
        "例子.com",
        "例子。com",
        "例子。com 点击",
        "例子。top",
        "163.中国",
        "ｅｖｉｌ．ｃｏｍ",
        "evil 。com",
        "evil .com",
        "evil. com",
        "evil 。 com",
        "evil. top",
        "e v i l . c o m",
        "e v i l。c o m",
        "evil[.]com",
        "evil[ . ]example",
        "evil(.)example",
        "evil（。）example",
        "evil<.>example",
        "evil(dot)com",
        "evil（点）com",
        "evil [点] example",
        "例子（点）中国",
        "evil [dot] com",
        "evil dot com",
        "evil dot cn取",
        "evil DOT cn",
        "evil d o t com",
        "evildotcom",
        "evil点com",
        "evil 点 cn",
        "evil点top",
        "例子点com",
        "例子点中国",
        "xn--fiqs8s",
        "evil．com",
        "evil｡com",
        "evil․com",
        "evil‧com",
        "evil·com",
        "evil•com",
        "evil・com",
        "evil,com",
        "evil，cn",
        "مثال.إختبار",
        "ตัวอย่าง.ไทย",
        "हिंदी.भारत",
        "evil.рф",
        "écoles.fr",
        "192.168.1.1",
        "8。8。8。8",
        "a@b",
        "a＠b",
        "a(at)b",
        "//evil",
        "Mr.Li",
        "st.mary",
        "St.Link",
        "St.Mary/x",
        "best.mary",
        "(evil).com",
        "evil-.com",
        "evil8.商店",
        "12306.政务",
        "huimin1.商城",
        "停电evil8.中国看",
        "evil、com",
        "evil句号com",
        "加微信：minzheng_ns",
        "QQ 123456a",
        "微 信 minzheng_ns",
        "Q Q 123456a",
    ] {
        assert!(has_link(text), "{text}");
    }
}

proptest! {
    #[test]
    fn a_host_is_found_within_any_sentence(
        name in "[a-z]{2,9}", end in prop::sample::select(ENDS.to_vec()),
        dot in prop::sample::select(vec![".", "。", "．", "｡", " .", ". ", "·", "(.)", "[dot]", " dot ", "点", "․"]),
        before in "[停电请改期]{0,4}[，。 ]?", after in "[ ，。/点击领取]{0,3}",
    ) {
        let text = format!("{before}{name}{dot}{end}{after}");
        prop_assert!(has_link(&text), "{text}");
    }

    #[test]
    fn sentences_of_words_and_full_stops_are_none(
        words in prop::collection::vec("[A-Z][a-z]{3,8}( [b-z][a-z]{4,8}){0,4}", 1..4),
        han in prop::collection::vec("[停电请改期明天来办]{2,9}", 1..5), hour in 0..24, minute in 10..60,
    ) {
        let english = words.join(". ") + ".";
        let dense: String = english.to_lowercase().chars().filter(|c| *c != ' ').collect();
        prop_assume!(!SIGNS.iter().any(|sign| dense.contains(sign)));
        let chinese = format!("{}。{hour}:{minute}", han.join("。"));
        prop_assert!(!has_link(&chinese), "{chinese}");
        let ends = |word: &&str| ENDS.contains(&word.to_lowercase().trim_end_matches('.'));
        prop_assert!(!has_link(&english) || english.split(' ').any(|word| ends(&word)), "{english}");
    }

    #[test]
    fn nothing_that_is_typed_breaks_it(text in any::<String>()) {
        has_link(&text);
    }
}
