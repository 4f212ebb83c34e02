//! How to reach the bureau that answers for what is kept (个人信息保护法 art 17): by phone, and by post for what has to be written.

use leptos::prelude::*;
use shared::say;

use crate::visit::Visit;

pub(super) fn draw(visit: &Visit) -> impl IntoView + use<> {
    let locale = visit.locale;
    let bureau = match &visit.portal.bureau {
        Some(bureau) => {
            locale.say("向本站的主办单位提出：", "Contact the bureau that runs this portal: ").to_owned() + bureau
        }
        None => locale.say("向办理登记的民政局提出", "Contact the civil affairs bureau in charge").to_owned(),
    };
    let phone = visit.portal.bureau_phone.as_deref().map(|phone| {
        view! {
            {locale.say("，电话 ", ", phone ")}
            {to_call(phone)}
        }
    });
    let supervision = visit.portal.supervision_phone.as_deref().map(|phone| {
        view! {
            <p>
                {locale.say("对工作人员的服务不满意的，监督电话 ", "To complain of how you were served, call ")}
                {to_call(phone)}
                {locale.say("。", ".")}
            </p>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("联系我们", "Contact")}</h2>
            <p>
                {bureau}
                {phone}
                {locale.say("，或者拨打 ", ", or call ")}
                <a class="nowrap" href="tel:12345">
                    "12345"
                </a>
                {locale.say(" 转民政局。", " and ask for the bureau.")}
            </p>
            <p>{by_post(visit)}</p>
            {supervision}
        </section>
    }
}

/// Where an application goes that is written; the program knows no bureau's address by itself.
fn by_post(visit: &Visit) -> String {
    let locale = visit.locale;
    match visit.portal.bureau_address.as_deref().filter(|address| !address.trim().is_empty()) {
        Some(address) => say!(locale, "书面申请寄到：{address}。", "Post a written application to: {address}."),
        None => locale
            .say(
                "书面申请寄到哪里，请先打电话问。",
                "Before you post a written application, call and ask for the address.",
            )
            .to_owned(),
    }
}

fn to_call(phone: &str) -> impl IntoView + use<> {
    let href = format!("tel:{}", phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>());
    view! {
        <a class="nowrap" href=href>
            {phone.to_owned()}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use shared::locale::Locale;

    use super::*;
    use crate::{
        draw::fragment,
        visit::{PortalFacts, tests::visit},
    };

    fn drawn(locale: Locale, address: Option<&str>) -> String {
        let mut visit = visit(locale, "/privacy", "");
        visit.portal = Arc::new(PortalFacts { bureau_address: address.map(str::to_owned), ..PortalFacts::default() });
        fragment(|| draw(&visit))
    }

    #[test]
    fn whoever_writes_reads_where_to_or_how_to_learn_it() {
        let address = "演示市演示区演示路 1 号，邮编 000000";
        for locale in [Locale::Zh, Locale::En] {
            assert!(drawn(locale, Some(address)).contains(address));
        }
        for unsaid in [None, Some(" ")] {
            assert!(drawn(Locale::Zh, unsaid).contains("书面申请寄到哪里，请先打电话问。"));
            assert!(drawn(Locale::En, unsaid).contains("call and ask for the address."));
        }
    }
}
