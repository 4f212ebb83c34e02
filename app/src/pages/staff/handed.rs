//! An invitation on its way to whoever it is for: shown once, to be handed over in person.

use leptos::prelude::*;
use shared::{say, staff::AccountName};

use super::paper::grouped;
use crate::{
    draw::{Script, needs},
    visit::Visit,
};

/// The code with where it goes, for paper or for writing down.
pub(super) fn invitation(visit: &Visit, origin: &str, account: &AccountName, code: &str) -> AnyView {
    needs(Script::Door);
    let locale = visit.locale;
    let address = format!("{origin}{}", visit.url("/staff/invitation"));
    view! {
        <section class="flow met handed" id="handed" tabindex="-1" autofocus role="status">
            <h2>{locale.say("请当面交给本人", "Hand this over in person")}</h2>
            <p>{say!(locale, "打开 {address}", "Open {address}")}</p>
            <dl class="one-time">
                <dt>{locale.say("账号", "Account")}</dt>
                <dd>{account.to_string()}</dd>
                <dt>{locale.say("邀请码", "Invitation code")}</dt>
                <dd><code>{grouped(code)}</code></dd>
            </dl>
            <p class="soft">
                {locale.say(
                    "24 小时内有效，只能用一次，离开这一页以后不再显示。不要用短信或者聊天软件发送。",
                    "It works once, within 24 hours, and is not shown again. Do not send it by text message or chat.",
                )}
            </p>
            <p>
                {locale.say(
                    "本人设好以后，还要另一位账号管理员或者大厅负责人当面确认，才能登录。",
                    "Once it is set up, another account administrator or the office manager has to confirm it, with the person \
                     before them; only then it lets anybody in.",
                )}
            </p>
            <p class="actions">
                <button class="button button-secondary" type="button" hidden data-print>
                    {locale.say("打印", "Print")}
                </button>
            </p>
        </section>
    }
    .into_any()
}
