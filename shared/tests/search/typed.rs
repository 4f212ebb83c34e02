//! What people type, one way after the other.

use super::found;

/// Invented offices in streets that exist.
const PLACES: [&str; 8] = [
    "南山街道敬老中心（演示）",
    "南山社区居委会",
    "龙岗社区居民委员会",
    "大冲社区",
    "厦门路社区",
    "重庆路社区居委会",
    "绿都社区",
    "A区长者服务站",
];

#[test]
fn places_are_found_however_their_name_is_typed() {
    let expected = [
        ("南山社区", "南山社区居委会"),
        ("南山", "南山社区居委会"),
        ("南山街道", "南山街道敬老中心（演示）"),
        ("敬老", "南山街道敬老中心（演示）"),
        ("nanshan", "南山社区居委会"),
        ("Nan Shan", "南山社区居委会"),
        ("nán shān", "南山社区居委会"),
        ("ｎａｎｓｈａｎ", "南山社区居委会"),
        ("nan'shan", "南山社区居委会"),
        ("ns", "南山社区居委会"),
        ("nssq", "南山社区居委会"),
        ("nansjied", "南山街道敬老中心（演示）"),
        ("nsjd", "南山街道敬老中心（演示）"),
        ("南shan", "南山社区居委会"),
        ("n山社区", "南山社区居委会"),
        ("南山社区居民委员会", "南山社区居委会"),
        ("nanshanshequjuminweiyuanhui", "南山社区居委会"),
        ("龙岗社区居委会", "龙岗社区居民委员会"),
        ("longgang", "龙岗社区居民委员会"),
        ("dachong", "大冲社区"),
        ("chongqinglu", "重庆路社区居委会"),
        ("zhongqinglu", "重庆路社区居委会"),
        ("xiamenlu", "厦门路社区"),
        ("xmlsq", "厦门路社区"),
        ("lvdu", "绿都社区"),
        ("lüdu", "绿都社区"),
        ("lǜdū", "绿都社区"),
        ("lu\u{308}du", "绿都社区"),
        ("aqu", "A区长者服务站"),
        ("Ａ区", "A区长者服务站"),
        ("zhangzhe", "A区长者服务站"),
        ("服务站 长者", "A区长者服务站"),
        ("zhangzhe fuwu", "A区长者服务站"),
        ("敬老中心 南山", "南山街道敬老中心（演示）"),
    ];
    for (typed, name) in expected {
        assert_eq!(found(&PLACES, typed).first(), Some(&name), "{typed}");
    }
}

#[test]
fn traditional_characters_find_simplified_names_and_the_other_way_round() {
    let names = ["龙岗社区", "里仁村", "卫民村", "台东街道", "乾炳村", "龍華老人院", "干坑村"];
    let expected = [
        ("龍崗", "龙岗社区"),
        ("龍岗社區", "龙岗社区"),
        ("裏仁", "里仁村"),
        ("裡仁", "里仁村"),
        ("衛民", "卫民村"),
        ("衞民", "卫民村"),
        ("臺東", "台东街道"),
        ("乾炳", "乾炳村"),
        ("干炳", "乾炳村"),
        ("qianbing", "乾炳村"),
        ("龙华", "龍華老人院"),
        ("longhua", "龍華老人院"),
    ];
    for (typed, name) in expected {
        assert_eq!(found(&names, typed).first(), Some(&name), "{typed}");
    }
}

#[test]
fn names_of_places_are_read_as_people_there_read_them() {
    let read = [
        ("重庆路", "chongqinglu"),
        ("成都路", "chengdulu"),
        ("厦门路", "xiamenlu"),
        ("大厦社区", "daxiashequ"),
        ("大冲社区", "dachong"),
        ("葵涌街道", "kuichong"),
        ("涌泉新村", "yongquanxincun"),
        ("单家村", "shanjiacun"),
        ("长乐社区", "changle"),
        ("乐清路", "yueqinglu"),
        ("上曾村", "shangzengcun"),
        ("仇毕社区", "qiubi"),
        ("缪家村", "miaojiacun"),
        ("曾家湾村", "zengjiawan"),
        ("长者服务站", "zhangzhefuwuzhan"),
        ("婚姻登记处", "hunyindengjichu"),
        ("银行街", "yinhangjie"),
        ("六合路", "luhelu"),
        ("蚌埠路", "bengbulu"),
        ("还地桥镇", "huandiqiao"),
        ("女姑口", "nvgukou"),
    ];
    for (name, typed) in read {
        // Of those that share a first letter only what is wholly spelled so comes first.
        assert_eq!(found(&[name, "只为比较社区"], typed), [name], "{typed}");
    }
    // The likeliest reading comes before another that is possible.
    assert_eq!(found(&["重庆路", "中青路"], "zhongqinglu"), ["中青路", "重庆路"]);
    assert_eq!(found(&["厦门路", "下门路", "沙门路"], "shamenlu"), ["沙门路", "厦门路"]);
}

#[test]
fn every_word_of_the_list_of_readings_is_found_by_the_reading_it_names() {
    let list = include_str!("../../src/search/readings.txt");
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut words, mut characters) = (0, 0);
    for line in lines {
        let (word, readings) = line.split_once(' ').unwrap();
        if word.chars().count() == 1 {
            characters += 1;
            for reading in readings.split(' ') {
                assert_eq!(found(&[word], reading), [word], "{line}");
            }
        } else {
            words += 1;
            assert_eq!(word.chars().count(), readings.split(' ').count(), "{line}");
            let letters = shared::search::letters([word]);
            assert_eq!(super::Spelling::read(&letters).full(word), readings.replace(' ', ""), "{line}");
        }
    }
    assert!(words > 40 && characters > 20);
}

#[test]
fn the_nearest_to_what_was_typed_comes_first_and_equals_keep_their_order() {
    let names = ["新南山村", "南山头村", "南山村", "那三汗村", "南山社区"];
    assert_eq!(found(&names, "南山"), ["南山村", "南山社区", "南山头村", "新南山村"]);
    let by_letters = found(&names, "nanshan");
    assert_eq!(by_letters[..4], ["南山村", "南山社区", "南山头村", "新南山村"]);
    assert_eq!(found(&["南水村", "念生村", "宁顺村"], "ns"), ["南水村", "念生村", "宁顺村"]);
}
