//! Ending a visit because one of them is not willing (婚姻登记条例 art 6, Civil Code art 1046). It is no refusal, of which both
//! would have to be told the reason (art 10), and the record says of it what it was: not gone on with. Whoever looks over a clerk's
//! shoulder reads nothing of it on the button; what it means stands behind it.

use leptos::prelude::*;
use server::counter::day::Row;
use shared::locale::Locale;

use super::day::{
    act::{Pressed, called},
    ends::{telling, unfinished},
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
/// (`gdwomen.org.cn`, `content/post_320032`). 12348: the line of public legal service. 12345: that of each city's government.
const HELP: [(&str, Text); 4] = [
    ("110", Text("有危险时报警", "police, where there is danger")),
    ("12338", Text("妇联的妇女维权热线，多在工作日接听", "women's federation: advice and help, mostly on workdays")),
    ("12348", Text("公共法律服务热线，法律咨询和法律援助", "legal service line: advice and legal aid")),
    ("12345", Text("政务服务热线，不知道找谁的时候", "city hotline, where one does not know whom to ask")),
];

impl Apart<'_> {
    pub fn draw(self) -> AnyView {
        let Self { visit, row, action, press, tells } = self;
        let locale = visit.locale;
        let pressed = Pressed::Apart { version: row.version, visit: row.id.clone() };
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
                    {help(locale)}
                    {tells}
                    <button class="act">
                        {telling(row, locale, unfinished(locale))}
                    </button>
                </form>
            </details>
        }
        .into_any()
    }
}

/// The numbers for help, to be told to somebody alone.
pub fn help(locale: Locale) -> AnyView {
    let lines = HELP.map(|(number, words)| view! { <li><b>{number}</b> " " {words.say(locale)}</li> });
    view! { <ul>{lines.into_iter().collect_view()}</ul> }.into_any()
}

/// Dissuading, telling where there is help and reporting in time are duties (婚姻登记条例 art 6, 妇女权益保障法 art 22 and 79); that
/// the police are called at once is the house's own rule. What is said aloud is true.
fn meaning(locale: Locale) -> AnyView {
    let said: [&str; 9] = [
        locale.say(
            "有一方单独说不愿意的，用这一项，不追问细节；公开说不愿意的，用“不予办理”。对外和“没有办完”一样：短信、预约页面、\
             名单上都看不出来，记在内部记录里。",
            "For when one of them says alone that they are not willing; do not press for details. Who says so openly is \
             refused. To everybody else it is the same as “not completed”: text, booking page and lists. It is kept inside.",
        ),
        locale.say(
            "当面只说：“今天不能继续办理。”不说不予登记，也不编原因：不予登记是要向双方说明理由的决定（《婚姻登记条例》第十条），这里没有作。",
            "Say only: “We cannot go on with it today.” Do not speak of a refusal and make up no reason: a refusal is a decision that \
             both are told the reason of (Marriage Registration Regulations art 10), and none is taken here.",
        ),
        locale.say(
            "以前已经受胁迫登记的：胁迫停止或者恢复自由之日起一年内，可以请求法院撤销（民法典第一千零五十二条）。",
            "Whoever was registered under coercion before: a court can annul it within a year of the end of the coercion, or \
             of the day they were free again (Civil Code art 1052).",
        ),
        locale.say(
            "不满 18 周岁，疑似被逼婚或者受到侵害的，必须立即报告：110，并告诉大厅负责人（《未成年人保护法》第十一条）。",
            "Where somebody under 18 seems to be forced or harmed, you must report it at once: 110, and tell the manager (Law on \
             the Protection of Minors art 11).",
        ),
        locale.say(
            "受到家庭暴力的，妇女被谈恋爱的、分了手的人纠缠骚扰的，可以申请人身安全保护令，没有结婚也可以（《反家庭暴力法》第二十三条、第三十七条，\
             《妇女权益保障法》第二十九条）。",
            "Against violence at home, and for a woman whom a partner or former partner pesters, a court can issue a protection \
             order, also without a marriage (Anti-Domestic Violence Law art 23 and 37, Women's Rights Law art 29).",
        ),
        locale.say(
            "本人需要的，可以单独给一份曾经求助的书面记录，申请保护令时可以作证据（法释〔2022〕17号第六条）。",
            "If they want it, give them alone a written record that they asked for help: it is evidence for a protection order \
             (Supreme People's Court, Interpretation No. 17 of 2022, art 6).",
        ),
        locale.say(
            "妇女疑似被拐卖、绑架的，及时向有关部门报告是法定义务，没有报告的依法给予处分（《婚姻登记条例》第六条，《妇女权益保障法》第二十二条、\
             第七十九条）。本大厅的做法：不论男女，马上报警（110），并告诉大厅负责人。",
            "Where a woman seems to have been trafficked or abducted, reporting it in time is a duty by law, and whoever does not is \
             disciplined (Marriage Registration Regulations art 6, Women's Rights Law art 22 and 79). The rule of this hall: for \
             anybody, call 110 at once and tell the manager.",
        ),
        locale.say(
            "本人是老年人、残疾人或者病重，自己申请不了保护令的，告诉大厅负责人：尊重本人意愿，民政部门等可以代为申请（法释〔2022〕17号\
             第二条）。",
            "Where whoever needs a protection order is old, disabled or gravely ill and cannot apply, tell the manager: the civil \
             affairs bureau, among others, may apply for them, as they wish (Supreme People's Court, Interpretation No. 17 of 2022, art 2).",
        ),
        locale.say(
            "有家庭暴力或者现实危险的，必须劝阻，并单独告诉本人怎样求助（《婚姻登记条例》第六条）：",
            "Where there is violence at home or danger, you must dissuade, and tell the person alone where there is help \
             (Marriage Registration Regulations art 6):",
        ),
    ];
    said.map(|sentence| view! { <p>{sentence}</p> }).into_any()
}
