//! What a browser calls itself, in words that its owner knows it by.

use shared::{locale::Locale, say};

/// In the order in which they are looked for, since most call themselves by the names of others too.
const BROWSERS: [(&str, [&str; 2]); 7] = [
    ("MicroMessenger/", ["微信", "WeChat"]),
    ("Edg", ["Edge", "Edge"]),
    ("QQBrowser/", ["QQ 浏览器", "QQ Browser"]),
    ("Firefox/", ["Firefox", "Firefox"]),
    ("HeadlessChrome/", ["Chrome", "Chrome"]),
    ("Chrome/", ["Chrome", "Chrome"]),
    ("Safari/", ["Safari", "Safari"]),
];
const MACHINES: [(&str, [&str; 2]); 7] = [
    ("OpenHarmony", ["鸿蒙", "HarmonyOS"]),
    ("Android", ["安卓手机", "Android"]),
    ("iPhone", ["iPhone", "iPhone"]),
    ("iPad", ["iPad", "iPad"]),
    ("Windows", ["Windows", "Windows"]),
    ("Mac OS X", ["Mac", "Mac"]),
    ("Linux", ["Linux", "Linux"]),
];

/// Such as "Edge · Windows"; what is not known is shown as it is.
pub(super) fn words(locale: Locale, browser: &str) -> String {
    let named = |known: &[(&str, [&'static str; 2])]| {
        let found = known.iter().find(|(mark, _)| browser.contains(mark));
        found.map(|(_, [zh, en])| locale.say(zh, en))
    };
    match (named(&BROWSERS), named(&MACHINES)) {
        (Some(browser), Some(machine)) => say!(locale, "{browser} · {machine}", "{browser} · {machine}"),
        _ if browser.is_empty() => locale.say("不知道是什么浏览器", "unknown browser").to_owned(),
        _ => browser.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_goes_by_its_own_name_and_not_by_those_that_it_adds() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 \
                    Safari/537.36 Edg/130.0.0.0";
        assert_eq!(words(Locale::Zh, edge), "Edge · Windows");
        let phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 \
                     Mobile Safari/537.36 MicroMessenger/8.0";
        assert_eq!(words(Locale::Zh, phone), "微信 · 安卓手机");
        assert_eq!(words(Locale::En, "curl/8.5"), "curl/8.5");
        assert_eq!(words(Locale::En, ""), "unknown browser");
    }
}
