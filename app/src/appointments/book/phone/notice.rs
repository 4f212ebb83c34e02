//! What came of asking for a code, above its field.

use leptos::prelude::*;
use server::phone_codes::{LIFETIME, RESEND, Recent, Sending};
use shared::{field::Reason, locale::Locale, say};

use crate::components::notice::{Notice, Tone};

/// `phone` as it is read out.
pub(super) fn draw(locale: Locale, sending: &Sending, phone: &str) -> AnyView {
    let (valid, again) = (LIFETIME.num_minutes(), RESEND.num_seconds());
    let (tone, title, text) = match sending {
        Sending::Sent => (
            Tone::Success,
            say!(locale, "验证码已发到 {phone}", "We have sent a code to {phone}"),
            Some(say!(
                locale,
                "{valid} 分钟内有效。没有收到的，{again} 秒后可以再发一次。",
                "It is valid for {valid} minutes. If it does not arrive, you can ask again after {again} seconds."
            )),
        ),
        Sending::JustNow(Recent { is_good: true, again_in }) => (
            Tone::Info,
            say!(locale, "验证码刚刚发到 {phone}，还能用", "A code was sent to {phone} a moment ago and still works"),
            Some(say!(
                locale,
                "没有收到的，过 {again_in} 秒再点“重新发送验证码”。",
                "If it does not arrive, wait {again_in} seconds before asking for a new one."
            )),
        ),
        Sending::JustNow(Recent { is_good: false, again_in }) => (
            Tone::Warning,
            say!(
                locale,
                "发到 {phone} 的验证码输错太多次，不能再用了",
                "The code sent to {phone} was entered wrongly too many times and no longer works"
            ),
            Some(say!(
                locale,
                "过 {again_in} 秒再点“重新发送验证码”，我们发一个新的。",
                "Wait {again_in} seconds, then ask for a new one."
            )),
        ),
        Sending::TooOften(problem) => (Tone::Warning, problem.sentence(locale), None),
        Sending::NotTo(reason) => (Tone::Warning, Reason::from(*reason).sentence(locale), None),
    };
    let text = text.map(|text| view! { <p>{text}</p> });
    view! {
        <Notice tone=tone title=title live=true>
            {text}
        </Notice>
    }
    .into_any()
}
