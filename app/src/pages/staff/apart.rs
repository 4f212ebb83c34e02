//! Ending a visit because one of them is not willing (婚姻登记条例 art 9, Civil Code art 1046). Whoever looks over a clerk's
//! shoulder reads nothing of it on the button; what it means stands behind it.

use leptos::prelude::*;
use server::counter::day::Row;
use shared::locale::Locale;

use super::day::{
    act::{Pressed, called},
    current::telling,
};
use crate::{visit::Visit, words::Text};

/// The form, wherever it stands.
pub struct Apart<'a> {
    pub visit: &'a Visit,
    pub row: &'a Row,
    /// The day sheet, which takes all acts.
    pub action: String,
    pub press: AnyView,
    /// What is sent, as at any other end.
    pub tells: AnyView,
}

/// Whom to call for help, and what they are; only those that are named by law or by whoever runs them.
///
/// 110: 反家庭暴力法 art 13 and 15. 12338: the line of the women's federations, one number everywhere
/// (`gdwomen.org.cn`, `content/post_320032`). 12345: the line of each city's government.
const HELP: [(&str, Text); 3] = [
    ("110", Text("有危险时报警", "police, where there is danger")),
    ("12338", Text("妇联的妇女维权热线，咨询和求助", "women's federation: advice and help")),
    ("12345", Text("政务服务热线，转民政、法律援助", "city hotline: civil affairs, legal aid")),
];

impl Apart<'_> {
    pub fn draw(self) -> AnyView {
        let Self { visit, row, action, press, tells } = self;
        let locale = visit.locale;
        let pressed = Pressed::Apart { version: row.version, visit: row.id.clone() };
        let help = HELP.map(|(number, words)| view! { <li><b>{number}</b> " " {words.say(locale)}</li> });
        view! {
            <details class="ask">
                <summary>
                    {locale.say("另行处理…", "Otherwise…")}
                    <span class="hidden-visually">{format!(" {}", called(row, locale))}</span>
                </summary>
                <form class="ask-body" method="post" action=action>
                    {press}
                    <input type="hidden" name="do" value=pressed.value() />
                    {meaning(locale)}
                    <p>{locale.say("想帮助的，找机会单独给本人这些电话：", "To help, give these to the person alone:")}</p>
                    <ul>{help.into_iter().collect_view()}</ul>
                    {tells}
                    <button class="act">
                        {telling(row, locale, locale.say("办结：补材料再来", "Finish: to return"))}
                    </button>
                </form>
            </details>
        }
        .into_any()
    }
}

fn meaning(locale: Locale) -> AnyView {
    view! {
        <p>
            {locale.say(
                "有一方单独说不愿意的，用这一项，不用问原因。对外和“补材料再来”一样：短信、预约页面、名单上都看不出来，\
                 只有大厅负责人和审计能查到。",
                "For when one of them says alone that they are not willing; do not ask why. To everybody else it is the same as \
                 “to return”: text, booking page and lists. Only the manager and the auditor find it.",
            )}
        </p>
        <p>
            {locale.say(
                "当面只说：“今天还差材料，带齐再来。”受胁迫结婚的，胁迫停止后一年内可以请求法院撤销（民法典第一千零五十二条）。",
                "Say only: “Something is missing today; come again with it.” A marriage under coercion can be annulled by a \
                 court within a year of its end (Civil Code art 1052).",
            )}
        </p>
    }
    .into_any()
}
