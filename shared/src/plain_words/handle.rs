//! Names by which somebody is found on another service: `加微信 minzheng_ns`.

use super::{number::counts_things, times};

/// By what one is written to elsewhere, before a name in Latin letters.
const HANDLES: [&str; 22] = [
    "微信",
    "薇信",
    "威信",
    "薇芯",
    "徽信",
    "魏信",
    "v信",
    "vx",
    "wx",
    "wechat",
    "weixin",
    "qq",
    "公众号",
    "抖音",
    "快手",
    "小红书",
    "飞书",
    "电报",
    "支付宝",
    "telegram",
    "tg",
    "whatsapp",
];
/// Between such a word and any name.
const MOST_BETWEEN: usize = 4;
/// Letters and digits of a name by which one is found elsewhere.
const SHORTEST: usize = 5;
/// Between such a word and a name that is no word, and its letters and digits.
const MOST_BETWEEN_UNLIKELY: usize = 20;
const SHORTEST_UNLIKELY: usize = 6;
/// By what somebody is asked to look for a name, which may be a word then.
const ASKS: [&str; 7] = ["联系", "添加", "搜", "关注", "加我", "加好友", "找我"];

/// What stands beside such a word and names nobody: other services, and hotlines of the government.
const NOBODY: [&str; 6] = ["alipay", "dingtalk", "feishu", "lark", "12345", "12349"];

/// Whether one is in a text in lower case.
pub(super) fn is_in(text: &str) -> bool {
    let text = times::without(text);
    // In the middle of a word it is none.
    let is_word = |place: usize, handle: &str| {
        let (before, after) = (&text[..place], &text[place + handle.len()..]);
        let goes_on = handle.is_ascii() && after.starts_with(|c: char| c.is_ascii_alphabetic());
        !goes_on && !before.ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    let found = HANDLES.iter().flat_map(|handle| text.match_indices(handle));
    let mut after =
        found.filter(|(place, handle)| is_word(*place, handle)).map(|(place, handle)| &text[place + handle.len()..]);
    after.any(names_one)
}

/// Whether a text that comes after such a word soon says a name.
fn names_one(text: &str) -> bool {
    let mut between = 0;
    let mut rest = text;
    while between <= MOST_BETWEEN_UNLIKELY {
        let Some(start) = rest.find(is_of_a_name) else { return false };
        between += rest[..start].chars().count();
        rest = &rest[start..];
        let before = &text[..text.len() - rest.len()];
        let (name, after) = rest.split_at(rest.find(|c| !is_of_a_name(c)).unwrap_or(rest.len()));
        let is_asked = ASKS.iter().any(|ask| before.contains(ask));
        if is_name(name, between, is_asked) && !counts_things(after) {
            return true;
        }
        between += name.len();
        rest = after;
    }
    false
}

fn is_name(name: &str, between: usize, is_asked: bool) -> bool {
    // "WeChat or Alipay" names two services, and nobody.
    if HANDLES.contains(&name) || NOBODY.contains(&name) {
        return false;
    }
    let has = |is: fn(&char) -> bool| name.chars().any(|c| is(&c));
    let is_no_word = has(char::is_ascii_alphabetic) && (is_asked || has(|c| c.is_ascii_digit() || *c == '_'));
    (between <= MOST_BETWEEN && name.len() >= SHORTEST)
        || (between <= MOST_BETWEEN_UNLIKELY && name.len() >= SHORTEST_UNLIKELY && is_no_word)
}

fn is_of_a_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_after_the_word_of_a_service_is_one() {
        for text in [
            "加微信：minzheng_ns",
            "vx minzheng_ns",
            "wx：minzheng",
            "加威信 minzheng",
            "qq 12345a",
            "tg @minzheng",
            "whatsapp minzheng",
            "微信，请联系我们 minzheng_ns",
            "微信 id 是 abc2345",
            "微信，请联系我们 minzhengns",
            "可以用微信，搜 minzhengns 就行",
            "徽信 minzheng",
            "电报 @minzheng",
            "小红书 minzheng_ns",
        ] {
            assert!(is_in(text), "{text}");
        }
        for text in [
            "微信支付 qq 群都不收费",
            "请用微信公众号预约，带身份证",
            "微信预约的请在 2026-05-13 来",
            "qqwx 路口",
            "box 12345",
            "微信",
            "微信支付 8:30-12:00 维护，请带现金",
            "微信支付8:30-12:00维护",
            "支付宝 9:00-17:00 停用",
            "pay with wechat or alipay",
            "微信扫码后到 b1-203 室缴费",
            "微信有问题，请联系 b1 室",
            "pay with wechat and contact the counter",
            "飞书、12345 都打不通",
            "飞书 (feishu) 打卡",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }
}
