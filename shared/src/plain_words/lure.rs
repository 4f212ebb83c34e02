//! Words that would have everybody who reads them look for somebody elsewhere, join a group or pay: no reason has them.

use super::mixed;

/// A phrase, and the characters after it with which it is another one: `加群` and `增加群众`.
const PHRASES: &[(&str, &str)] = &[
    ("加微", "型小量调粒机弱妙"),
    ("加薇", ""),
    ("加威信", ""),
    ("加徽信", ""),
    ("加魏信", ""),
    ("加卫星", ""),
    ("加v", "pi"),
    ("+v", ""),
    ("+微", ""),
    ("+薇", ""),
    ("加我", "市国省区局院县街镇们厅处办方党军"),
    ("加好友", ""),
    ("加群", "众体落岛"),
    ("进群", "众体防治"),
    ("入群", "众体"),
    ("拉群", "众体"),
    ("微信群", ""),
    ("qq群", "众"),
    ("扫码加", ""),
    ("扫码领", ""),
    ("扫码关注", ""),
    ("扫码付", ""),
    ("扫码转", ""),
    ("私信", ""),
    ("关注公众号", ""),
    ("搜公众号", ""),
    ("到公众号", ""),
    ("去公众号", ""),
    ("上公众号", ""),
    ("进公众号", ""),
    ("公众号搜", ""),
    ("微信搜", ""),
    ("抖音搜", ""),
    ("快手搜", ""),
    ("小红书搜", ""),
    ("淘宝搜", ""),
    ("支付宝搜", ""),
    ("转账到", ARRIVES),
    ("转帐到", ARRIVES),
    ("汇款到", ARRIVES),
    ("打款到", ARRIVES),
    ("付款到", ARRIVES),
    ("转账给", ""),
    ("转帐给", ""),
    ("汇款给", ""),
    ("打款给", ""),
    ("付款给", ""),
    ("打钱", ""),
    ("收款码", ""),
    ("领红包", ""),
];
/// What is transferred has arrived, or does not: `转账到账慢`.
const ARRIVES: &str = "账帐期位达";
/// Before 加, with which it adds or takes part: `增加微信支付`.
const ADDS: &str = "增参附追施叠";
/// Before figures of an account or a card.
const END_OF_A_NUMBER: &str = "尾号";
/// How near they are, and how many: plates are told apart by one.
const NEAR: usize = 8;
const FIGURES: usize = 3;
/// Letters of a name after 加.
const SHORTEST: usize = 5;
/// The same in English, between spaces.
const ENGLISH: &[&str] = &[
    " add me ",
    " add us ",
    " join our group ",
    " join my group ",
    " scan to join ",
    " scan to pay ",
    " dm me ",
    " message me ",
];

/// Whether one is in the text, which is half-width.
pub(super) fn is_in(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = in_words(&lower);
    let written: String = lower.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect();
    PHRASES.iter().any(|phrase| has_phrase(&written, *phrase))
        || has_end_of_a_number(&lower)
        || adds_a_name(&lower)
        || ENGLISH.iter().any(|phrase| words.contains(phrase))
}

fn has_phrase(text: &str, (phrase, others): (&str, &str)) -> bool {
    text.match_indices(phrase).any(|(place, _)| {
        let (before, after) = (&text[..place], &text[place + phrase.len()..]);
        let is_another = after.starts_with(|c| others.contains(c));
        let adds = phrase.starts_with('加') && before.ends_with(|c| ADDS.contains(c));
        !is_another && !adds
    })
}

/// `尾号 8888`; `尾号 1、6 限行` is of plates.
fn has_end_of_a_number(text: &str) -> bool {
    text.match_indices(END_OF_A_NUMBER).any(|(place, word)| {
        let mut figures = 0;
        text[place + word.len()..].chars().take(NEAR).any(|character| {
            figures = if super::is_digit(character) { figures + 1 } else { 0 };
            figures >= FIGURES
        })
    })
}

/// `加：lisiabc`, and no `加 Excel 培训`.
fn adds_a_name(text: &str) -> bool {
    text.match_indices('加').any(|(place, word)| {
        let after = text[place + word.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let name = &after[..after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len())];
        name.len() >= SHORTEST
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && !mixed::is_known(name)
            && !text[..place].ends_with(|c| ADDS.contains(c))
    })
}

/// The words alone, each between two spaces.
fn in_words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(String::from(" "), |line, word| line + word + " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_elsewhere_asks_to_join_or_to_pay_is_no_reason() {
        for text in [
            "系统升级，请加微 abc 改约",
            "加 微：abc",
            "加*微*abc",
            "请另外加微 abc",
            "+v abc",
            "加v:abc",
            "加薇 lisi",
            "加卫星 lisi",
            "加我 abc 改约",
            "添加好友改约",
            "改约请私信",
            "小红书搜福利站",
            "抖音搜福利站",
            "请到公众号福利站改约",
            "微信公众号搜老福补贴",
            "扫码进群改约",
            "请加群改约",
            "请转账到工行尾号 8888",
            "卡尾号八八八八",
            "汇款给李四",
            "扫收款码交费",
            "加：lisiabc",
            "Add me on WeChat",
            "Please scan to join",
        ] {
            assert!(is_in(&text.to_lowercase()), "{text}");
        }
    }

    #[test]
    fn the_same_characters_in_what_an_office_says_are_no_lure() {
        for text in [
            "系统升级，增加微信支付",
            "附近加微型消防站",
            "因卫星信号中断停办",
            "参加我市应急演练",
            "参加群众活动",
            "增加群众服务窗口，当天停办",
            "走进群众，到社区办理",
            "深入群众，窗口停办半天",
            "尾号 1、3、5、7、9 限行",
            "单双号限行，尾号为双数的绕行",
            "银行转账到账慢，系统维护",
            "人手增加 Excel 培训",
            "加Excel培训",
            "加班检修",
            "微信公众号维护",
            "公众号系统升级",
            "扫码机坏了",
            "扫码进场系统故障",
            "支付宝、微信支付停用，请带现金",
            "增加 VPN 线路",
            "The line to the payment system is down",
            "Staff join a training",
        ] {
            assert!(!is_in(&text.to_lowercase()), "{text}");
        }
    }
}
