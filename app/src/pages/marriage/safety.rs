//! `GET /marriage/safety`: for somebody who is not safe or not willing. The tab says nothing, no cache keeps the
//! page, and with scripts whatever is opened from it takes its place in the history.

use axum::response::Response;
use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    components::{quick_exit::QuickExit, source::SourceFold},
    draw,
    visit::Visit,
};

/// The day the articles and numbers here were last compared with their sources.
const CHECKED: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 21);

/// The same of the articles on protection orders.
const ORDER_CHECKED: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 29);

pub async fn show(visit: Visit) -> Response {
    draw::no_store(draw::page(&visit, "", || body(&visit)))
}

fn body(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <div class="column flow">
            <QuickExit locale=visit.locale />
            <h1>{visit.say("您可以说不", "You may say no")}</h1>
            <p class="lead">
                {visit.say(
                    "结婚要两个人都完全愿意。谁都不能强迫您，家里人不能，对方也不能。",
                    "Both people must be fully willing to marry. Nobody may force you: not your family, and not the \
                     other person.",
                )}
            </p>
            {calls(visit)}
            {order(visit)}
            {registry(visit)}
            {married(visit)}
            {traces(visit)}
            <p>
                <a href=visit.url("/marriage") data-replace>
                    {visit.say("回到结婚登记", "Back to marriage registration")}
                </a>
            </p>
        </div>
    }
}

fn calls(visit: &Visit) -> impl IntoView + use<> {
    let lines = [
        ("110", visit.say("现在有危险：报警", "In danger now: the police")),
        ("12338", visit.say("想找人说说：妇女维权公益服务热线", "Somebody to talk to: the women’s rights helpline")),
        ("12348", visit.say("想问法律：公共法律服务热线", "Legal questions: the legal aid line")),
        ("12345", visit.say("不知道找谁：政务服务便民热线", "Not sure whom to ask: the government service line")),
    ];
    let lines = lines.map(|(number, what)| {
        view! {
            <li>
                <a class="call" href=format!("tel:{number}")>
                    <span class="call-number">{number}</span>
                    <span>{what}</span>
                </a>
            </li>
        }
    });
    view! {
        <section class="flow">
            <h2>{visit.say("现在可以找谁", "Who can help now")}</h2>
            <ul class="calls" role="list">{lines.into_iter().collect_view()}</ul>
        </section>
    }
}

fn order(visit: &Visit) -> impl IntoView + use<> {
    let law = visit.say(
        "《反家庭暴力法》第二十三条、第二十四条、第二十八条、第三十七条，《妇女权益保障法》第二十九条",
        "Anti-Domestic Violence Law, Articles 23, 24, 28 and 37; Women’s Rights Law, Article 29",
    );
    view! {
        <section class="flow">
            <h2>{visit.say("可以请法院保护您", "A court can protect you")}</h2>
            <p>
                {visit.say(
                    "家里人或者一起生活的人打您、骂您、威胁您，或者眼看就要这样的，可以向人民法院申请人身安全保护令。妇女被谈恋爱的、分了手的人纠缠骚扰的，没有结婚、不住在一起也可以申请。写不了的，可以口头申请。向您或者对方居住的地方、事情发生的地方的基层人民法院申请都可以，72 小时内答复，紧急的 24 小时内。怎样做，可以先问 12348。",
                    "If family or somebody you live with beats, abuses or threatens you, or is about to, you may ask a people’s court \
                     for a protection order (人身安全保护令). A woman whom a partner or former partner pesters may ask for one \
                     without being married or living together. You can ask orally if you cannot write. The court where either of \
                     you lives or where it happened is competent; it answers within 72 hours, within 24 if it is urgent. 12348 can explain how.",
                )}
            </p>
            {ORDER_CHECKED.map(|checked| view! { <SourceFold locale=visit.locale title=law checked=checked /> })}
        </section>
    }
}

fn registry(visit: &Visit) -> impl IntoView + use<> {
    let law = visit.say(
        "《民法典》第一千零四十六条，《婚姻登记条例》第六、九条",
        "Civil Code, Article 1046; Marriage Registration Regulations, Articles 6 and 9",
    );
    view! {
        <section class="flow">
            <h2>{visit.say("到了登记处也来得及", "It is not too late at the registry")}</h2>
            <p>
                {visit.say(
                    "您可以直接对工作人员说“我不是自愿的”。不是双方完全自愿的，登记处不予登记。",
                    "Tell the staff “I am not doing this freely” (我不是自愿的). A marriage that is not fully voluntary is \
                     not registered.",
                )}
            </p>
            <p>
                {visit.say(
                    "工作人员发现有疑似被拐卖、绑架的妇女，要依法及时报告；发现有人正在遭受家庭暴力，或者面临家庭暴力的现实危险，要劝阻，并告诉受害人怎样求助。",
                    "Staff must report signs that a woman may have been trafficked or abducted. Where they see domestic \
                     violence, or a real danger of it, they must step in and tell the victim where to get help.",
                )}
            </p>
            {CHECKED.map(|checked| view! { <SourceFold locale=visit.locale title=law checked=checked /> })}
        </section>
    }
}

fn married(visit: &Visit) -> impl IntoView + use<> {
    let law = visit.say(
        "《民法典》第一千零五十二条，《婚姻登记条例》第十二条",
        "Civil Code, Article 1052; Marriage Registration Regulations, Article 12",
    );
    view! {
        <section class="flow">
            <h2>{visit.say("如果已经登记了", "If you are already registered")}</h2>
            <p>
                {visit.say(
                    "因为受胁迫而结婚的，可以请求人民法院撤销婚姻，要在胁迫停止之日起一年内提出；被非法限制人身自由的，从恢复自由之日起一年内提出。怎样做，可以先问 12348。",
                    "Whoever was coerced into a marriage may ask a people’s court to annul it, within one year after the \
                     coercion ended. If you were unlawfully deprived of your liberty, the year runs from the day you \
                     regained it. 12348 can explain how.",
                )}
            </p>
            {CHECKED.map(|checked| view! { <SourceFold locale=visit.locale title=law checked=checked /> })}
        </section>
    }
}

fn traces(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <section class="flow">
            <h2>{visit.say("关于痕迹", "About traces")}</h2>
            <p>
                {visit.say(
                    "浏览器不会保存这一页的内容，本站也不记录谁看过。“马上离开”会打开天气预报网站，并尽量让“后退”回不到这里。",
                    "Your browser does not store this page, and we do not record who reads it. “Leave this page now” opens a \
                     weather site and, as far as the browser allows, keeps the Back button from returning here.",
                )}
            </p>
            <p>
                {visit.say(
                    "浏览记录和通话记录里可能还会留下痕迹。如果担心别人看您的手机，请记得删除，或者换一部手机来看、来打。",
                    "The browsing history and the call list may still show something. If somebody checks your phone, delete \
                     those entries or use another phone.",
                )}
            </p>
        </section>
    }
}
