//! `…/data`: a copy of all that is kept of a family in its application, to read and to print (个人信息保护法 第四十五条).

use axum::{Form, extract::State, response::Response};
use leptos::prelude::*;
use serde::Deserialize;
use server::{
    App, Error, Rejection,
    client::Client,
    procedures::{
        own::{self, Kept},
        ratings::{self, Rated},
        talk::{self, Line},
    },
};
use shared::{
    calendar::shanghai_date,
    field::{FieldErrors, FieldMessage},
    identity::{Phone, PhoneCode},
    locale::Locale,
    problem::Problem,
    procedures::{Field, FieldKind, State as CaseState, Typed, letter},
    say,
};

use super::{
    case::{events, looks, sent},
    file, messages,
    opened::Opened,
};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        for_printing::ForPrinting,
        summary::{Row, Summary},
        timeline::Timeline,
    },
    draw,
    pages::procedures::{
        answers,
        code_page::{Came, CodePage},
        search::{asking, with_session},
    },
    visit::{Visit, WithSession},
    words,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    phone_code: Option<String>,
}

/// Says what the copy holds, and that it takes a code.
pub async fn show(visit: Visit, opened: Opened) -> Response {
    let locale = visit.locale;
    let title = locale.say("这件申请里您的信息", "Your data in this application");
    let body = if opened.case.is_erased { erased(&visit) } else { offer(&visit, &opened) };
    let mut page = draw::page(&visit, title, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(&visit, "") text=locale.say("返回申请", "Back to the application") />
                <h1>{title}</h1>
                {body}
            </div>
        }
    });
    // A code belongs to the browser that asks for it, so the page that asks gives the session.
    page.extensions_mut().insert(WithSession);
    draw::no_store(page)
}

/// What the copy holds, and the press that sends a code for it.
fn offer(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    view! {
        <p>
            {locale.say(
                "副本里有您填写的全部内容，包括完整的身份证号码和银行卡号，还有交的照片和文件、和工作人员的留言、您的评价、办理经过和谁看过。为了不让别人看到，请先用申请里的手机验证。",
                "The copy shows all that you entered, identity number and account in full, the photos and files that you sent, the messages, \
                 how you rated it, what has happened, and who looked. So that nobody else sees it, please confirm the phone of the \
                 application first.",
            )}
        </p>
        <form method="post" action=opened.address(visit, "data")>
            <p class="actions">
                <Button text=locale.say("发送验证码", "Send a code") />
            </p>
        </form>
    }
    .into_any()
}

/// There is nothing left to copy.
fn erased(visit: &Visit) -> AnyView {
    let text = visit.say(
        "这件申请办完很久，您填写的内容、交的照片、留言和评价已经按保存期限抹去，这里没有您的信息了。办理经过在申请的页面上。",
        "This ended long ago. What you entered, your photos, the messages and what you said of it have been erased, and nothing of you \
         is kept here. \
         What happened stands on the page of the application.",
    );
    view! { <p>{text}</p> }.into_any()
}

/// Sends a code, or gives the copy to whoever types it.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    opened: Opened,
    Form(typed): Form<CodeForm>,
) -> Result<Response, Rejection> {
    let now = opened.now;
    let Some(typed) = typed.phone_code else {
        let (client, session) = asking(&visit, &client);
        let phone = own::send_code(&app, &opened.family, &client, visit.locale, now).await?;
        let page = ask(&visit, &opened, &phone, "", Vec::new());
        return Ok(with_session(&app, &visit, page, &session));
    };
    let phone = own::phone(&app, &opened.family).await?;
    let code = match PhoneCode::parse(&typed) {
        Ok(code) => code,
        Err(reason) => {
            let messages = FieldErrors::one("phone_code", reason).messages(visit.locale);
            return Ok(ask(&visit, &opened, &phone, &typed, messages));
        }
    };
    match own::copy(&app, &opened.family, &code, &client, now).await {
        Ok(kept) => {
            let rated = ratings::of_family(&app, &opened.family).await?;
            let written = talk::of_family(&app, &opened.family, now).await?;
            Ok(sheet(&visit, &opened, (&kept, rated.as_ref(), &written)))
        }
        Err(Error::Problem(Problem::Fields(errors))) => {
            Ok(ask(&visit, &opened, &phone, &typed, errors.messages(visit.locale)))
        }
        Err(error) => Err(error.into()),
    }
}

fn ask(visit: &Visit, opened: &Opened, phone: &Phone, typed: &str, messages: Vec<FieldMessage>) -> Response {
    let action = format!("/cases/{}/data", opened.case.reference);
    let button = visit.say("看这份副本", "See the copy");
    CodePage { action: &action, back: &action, button, came: Came::FromOnesOwn }.draw(visit, phone, typed, messages)
}

fn sheet(visit: &Visit, opened: &Opened, (kept, rated, written): (&Kept, Option<&Rated>, &[Line])) -> Response {
    let locale = visit.locale;
    let title = locale.say("这件申请里您的信息", "Your data in this application");
    let (entered, before) = (rows(opened, &kept.typed, locale), rows(opened, &kept.before, locale));
    let before = (!before.is_empty()).then(|| {
        view! {
            <h2>{locale.say("改过的，原来填的", "As it stood before it was changed")}</h2>
            <Summary locale=locale rows=before />
        }
    });
    let sent = sent(opened, locale);
    let sent = (!sent.is_empty()).then(|| {
        view! {
            <h2>{locale.say("交的照片和文件", "Photos and files that were sent")}</h2>
            <Summary locale=locale rows=sent />
            {file::list(visit, opened, kept)}
            {of_before(opened, locale)}
        }
    });
    let written = messages::rows(written, locale);
    let written = (!written.is_empty()).then(|| {
        view! {
            <h2>{locale.say("留言", "Messages")}</h2>
            <Summary locale=locale rows=written />
        }
    });
    let rated = rated.map(|rated| {
        view! {
            <h2>{locale.say("您的评价", "How you rated it")}</h2>
            <Summary locale=locale rows=said(rated, locale) />
        }
    });
    let decided = decided(opened, locale).map(|rows| {
        view! {
            <h2>{locale.say("决定", "The decision")}</h2>
            <Summary locale=locale rows=rows />
            <p class="soft">
                {locale.say(
                    "决定书全文在申请的页面上，可以另外打印。",
                    "The whole letter stands on the page of the application, where it can be printed.",
                )}
            </p>
        }
    });
    let mark = say!(locale, "回执码：{}", "Receipt code: {}", opened.case.receipt);
    let taken = words::moment(locale, opened.now);
    let taken = say!(locale, "这份副本是 {taken} 取的。", "This copy was taken on {taken}.");
    draw::no_store(draw::sheet(visit, title, || {
        view! {
            <ForPrinting
                locale=locale
                href=opened.address(visit, "")
                back=locale.say("返回申请", "Back to the application")
            />
            <h1>{title}</h1>
            <p>{format!("{} · {}", opened.name(locale), opened.case.reference)}</p>
            <h2>{locale.say("填写的内容", "What was entered")}</h2>
            <Summary locale=locale rows=entered />
            {before}
            {sent}
            {written}
            {rated}
            <h2>{locale.say("办理经过", "What has happened")}</h2>
            <Timeline events=events(opened, locale) />
            {decided}
            <h2>{locale.say("谁看过这件申请", "Who looked at this application")}</h2>
            {looks(opened, locale)}
            <p class="claim-mark">{mark}</p>
            <p class="soft">{taken}</p>
            <p class="soft">
                {locale.say(
                    "工作人员之间的备注不在这份副本里。要看的，请向民政部门提出。",
                    "What colleagues noted for each other is not in this copy. To see it, please ask the bureau.",
                )}
            </p>
            <p class="soft">
                {locale.say(
                    "填错了的，请联系民政部门更正。怎样使用、保存多久，见“隐私”页。",
                    "If something is wrong, ask the bureau to put it right. How it is used and how long it is kept, the privacy page says.",
                )}
            </p>
        }
    }))
}

/// That the files of whoever applied before are not among those that open.
fn of_before(opened: &Opened, locale: Locale) -> Option<AnyView> {
    let text = locale.say(
        "转由您接着办以前交的，在这里打不开；要看的，请向民政部门提出。",
        "What was sent before it was passed on to you does not open here. To see it, please ask the bureau.",
    );
    let is_all = own::files_of(&opened.case).count() == opened.case.files.len();
    (!is_all).then(|| view! { <p class="soft">{text}</p> }.into_any())
}

/// The answers in the order of the form, in full: they are the reader's own.
fn rows(opened: &Opened, typed: &Typed, locale: Locale) -> Vec<Row> {
    let procedure = opened.procedure();
    let row = |field: &Field| {
        let text = typed.get(&field.id)?;
        let shown = answers::shown(locale, procedure, field, text)?;
        let shown = match &field.kind {
            // What was agreed to, word by word and in which version.
            FieldKind::Declaration { version, text, .. } => {
                let text = text.say(locale);
                say!(locale, "{shown}：{text}（版本 {version}）", "{shown}: {text} (version {version})")
            }
            _ => shown,
        };
        Some(Row::new(field.label.say(locale), shown))
    };
    procedure.fields().filter_map(row).collect()
}

/// What was decided and when; nothing where nothing is, or where it is open again.
fn decided(opened: &Opened, locale: Locale) -> Option<Vec<Row>> {
    let (CaseState::Decided { outcome } | CaseState::Closed { outcome }) = opened.case.state else { return None };
    let day = opened.case.decided_at.map(|at| locale.date(shanghai_date(at)));
    let day = day.map(|day| Row::new(locale.say("决定日期", "Decided on"), day));
    let outcome = Row::new(locale.say("决定", "Decision"), letter::outcome(outcome, locale));
    Some(std::iter::once(outcome).chain(day).collect())
}

/// What they said of how it was handled, in their own words too.
fn said(rated: &Rated, locale: Locale) -> Vec<Row> {
    let grade = Row::new(locale.say("评的等次", "Grade"), rated.grade.words().say(locale));
    let reasons: Vec<_> = rated.reasons.iter().map(|reason| reason.words().say(locale).to_owned()).collect();
    let reasons = reasons.join(locale.say("；", "; "));
    let reasons = (!reasons.is_empty()).then(|| Row::new(locale.say("原因", "Reasons"), reasons));
    let words = rated.words.as_deref().map(|words| Row::new(locale.say("写的话", "Words"), words));
    [Some(grade), reasons, words].into_iter().flatten().collect()
}
