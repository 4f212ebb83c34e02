//! A draft that cannot be opened here: for whoever has no key to it, and for whoever comes too late.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use server::policy::Offered;
use shared::say;

use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
    },
    draw,
    pages::procedures::path_of,
    visit::Visit,
};

/// Why it does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    /// This browser has no key to it; nobody is told whether there is such a draft.
    NotHere,
    /// Its time is over.
    Over,
    /// Somebody else of the office fills it in for a family.
    Anothers,
}

pub(super) fn draw(visit: &Visit, offered: &Offered, gone: Gone) -> Response {
    let (locale, days) = (visit.locale, visit.portal.draft_days);
    let (status, title, why) = match gone {
        Gone::NotHere => (
            StatusCode::UNAUTHORIZED,
            locale.say("这份申请在这里打不开", "This application does not open here"),
            say!(
                locale,
                "没填完的申请，只有填的那个浏览器打得开，关掉浏览器就要用手机验证码再打开；{days} 天没有动过的，已经删除。",
                "A half-filled application opens in the browser in which it is filled in; once that was closed, it opens with a \
                 code to your phone. After {days} days without a change it is deleted."
            ),
        ),
        Gone::Over => (
            StatusCode::GONE,
            locale.say("这份申请保留的时间已经过了", "The time for which this application was kept is over"),
            say!(
                locale,
                "最后一次保存以后过了 {days} 天，填写的内容已经删除，没有提交给任何人。需要的话请重新填写，给您添麻烦了。",
                "It was saved for the last time more than {days} days ago. What you had entered is deleted and was handed in to \
                 nobody. If you still need it, please begin again. We are sorry."
            ),
        ),
        Gone::Anothers => (
            StatusCode::FORBIDDEN,
            locale.say("这份申请是别的同事代填的", "A colleague fills this in"),
            locale
                .say(
                    "谁替申请人填的，要记在一个人名下，由那位同事登录以后接着填、提交。要替申请人另填一份，请从“代为申请”开始。",
                    "Who fills in for a family is recorded as one person: that colleague signs in and goes on with it. To fill in another \
                     one, begin at “Apply for somebody”.",
                )
                .to_owned(),
        ),
    };
    if gone == Gone::Anothers {
        return draw::no_store(of_another(visit, status, title, why));
    }
    let path = path_of(&offered.procedure.id);
    let resume = (gone == Gone::NotHere).then(|| {
        view! {
            <p class="actions">
                <LinkButton
                    href=visit.url(&format!("{path}/resume"))
                    text=locale.say("用手机验证码打开", "Open it with a code to my phone")
                />
            </p>
        }
    });
    let weight = if gone == Gone::Over { Weight::Primary } else { Weight::Secondary };
    let page = draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url(&path) text=offered.procedure.name().say(locale).to_owned() />
                <h1>{title}</h1>
                <p>{why}</p>
                {resume}
                <form method="post" action=visit.url(&path)>
                    <p class="actions">
                        <Button text=locale.say("重新填写一份", "Begin a new one") weight=weight />
                    </p>
                </form>
                <p>
                    {locale.say("已经提交的，请到", "Where it was handed in, ")}
                    <a href=visit.url("/cases")>{locale.say("查进度", "see how far it is")}</a>
                    {locale.say("那里看。", ".")}
                </p>
            </div>
        }
    });
    draw::no_store(page)
}

/// For whoever is signed in and not the one who fills it in.
fn of_another(visit: &Visit, status: StatusCode, title: &'static str, why: String) -> Response {
    draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <h1>{title}</h1>
                <p>{why}</p>
                <p class="actions">
                    <LinkButton href=visit.url("/staff/cases/new") text=visit.say("代为申请", "Apply for somebody") />
                </p>
            </div>
        }
    })
}
