//! Ten codes on paper, shown once.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::{say, staff::AccountName};

use crate::{
    components::{
        button::LinkButton,
        notice::{Notice, Tone},
    },
    draw::{self, Script, needs},
    visit::Visit,
};

/// The page with the codes. `title` says what was done, `more` what is to be done yet; `next` is where one goes on, with its
/// words.
pub(super) fn page(
    visit: &Visit,
    account: &AccountName,
    codes: &[String],
    (title, more): (&'static str, Option<AnyView>),
    (next, text): (&str, &'static str),
) -> Response {
    let locale = visit.locale;
    let list = codes.iter().map(|code| view! { <li><code>{grouped(code)}</code></li> }).collect_view();
    let whose = say!(locale, "惠民 {account} 的备用码", "Codes on paper of {account}, Huimin");
    let next = visit.url(next);
    let page = draw::staff(visit, StatusCode::OK, title, || {
        needs(Script::Door);
        view! {
            <div class="staff-door staff-paper flow">
                <h1 tabindex="-1" autofocus>{title}</h1>
                <Notice tone=Tone::Warning title=locale.say("备用码只显示这一次", "These codes are shown this once")>
                    <p>
                        {locale.say(
                            "手机不在身边或者坏了，就用备用码代替动态码，每个只能用一次。请现在打印或者抄下来，锁好，不要拍照，不要存在电脑里。",
                            "Without the phone a code stands in for that of the authenticator, each once. Print them or write \
                             them down now and lock them away; take no photograph and keep them in no computer.",
                        )}
                    </p>
                </Notice>
                <p><b>{whose}</b></p>
                <ol class="paper-codes">{list}</ol>
                {more}
                <p class="actions">
                    <button class="button button-secondary" type="button" hidden data-print>
                        {locale.say("打印", "Print")}
                    </button>
                    <LinkButton href=next text=text />
                </p>
            </div>
        }
    });
    draw::no_store(page)
}

/// In four groups, so that nobody loses their place; it can be typed like this too.
pub(super) fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let size = letters.len().div_ceil(4).max(1);
    letters.chunks(size).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_in_four_groups_and_is_the_same_without_them() {
        let code = "la2cohqnlwtfiobpoqx4pyzimu";
        assert_eq!(grouped(code), "la2cohq-nlwtfio-bpoqx4p-yzimu");
        assert_eq!(grouped(code).replace('-', ""), code);
        assert_eq!(grouped(""), "");
    }
}
