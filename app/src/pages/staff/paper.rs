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

/// The page with the codes. `title` says what was done; `next` is where one goes on, with its words.
pub(super) fn page(
    visit: &Visit,
    account: &AccountName,
    codes: &[String],
    title: &'static str,
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

/// As it can be typed too: spaces and hyphens make no other code.
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
