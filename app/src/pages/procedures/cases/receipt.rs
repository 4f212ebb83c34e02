//! `…/receipt`: that an application was handed in, its number, the mark of what was handed in, and what comes next.

use axum::response::Response;
use leptos::prelude::*;
use server::procedures::{cases::Texts, papers::missing};
use shared::{
    calendar::shanghai_date,
    locale::Locale,
    procedures::{State, Until},
    say,
};

use super::opened::Opened;
use crate::{
    components::{
        back_link::BackLink,
        button::LinkButton,
        confirmation::Confirmation,
        summary::{Row, Summary},
    },
    draw,
    pages::procedures::{papers, photos},
    visit::Visit,
    words,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    let (locale, case, procedure) = (visit.locale, &opened.case, opened.procedure());
    let title = locale.say("申请已经提交", "Your application is handed in");
    let mut rows = vec![
        Row::new(locale.say("申请什么", "Applied for"), opened.name(locale)),
        Row::new(locale.say("提交的时间", "Handed in"), words::moment(locale, case.submitted_at)),
    ];
    let until = Until::of(procedure, &case.state, case.latest_on).told(shanghai_date(opened.now));
    let until = until.iter().map(|sentence| view! { <p>{sentence.say(locale).to_owned()}</p> }).collect_view();
    let steps = [
        locale.say("民政部门看过以后受理。", "The bureau looks at it and accepts it."),
        asks(locale, case.texts),
        locale.say(
            "两位工作人员先后审核、复核，然后书面作出决定，您可以在这里看。",
            "Two people of the staff check it, one after the other. Then it is decided in writing, and you can read it here.",
        ),
    ];
    let steps = steps.map(|step| view! { <li><p>{step}</p></li> }).into_iter().collect_view();
    // They are told until the first of them is taken; the application's own page says how it stands since.
    let steps = (case.state == State::Submitted).then(|| view! { <ol class="way">{steps}</ol> });
    let is_open = case.state.is_open();
    let sent = procedure.papers.iter().filter_map(|paper| {
        let names = photos::names(locale, &case.files, &paper.id)?;
        Some(Row::new(paper.name.say(locale), names))
    });
    rows.extend(sent);
    let lacking = missing(case);
    let bring = (!lacking.is_empty()).then(|| {
        let names: Vec<_> = lacking.iter().map(|paper| paper.name.say(locale)).collect();
        let names = names.join(locale.say("、", ", "));
        let where_to = papers::to_bring(locale, procedure);
        say!(locale, "{where_to}会用到：{names}。", "{where_to} These may be needed: {names}.")
    });
    let next = is_open.then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("接下来", "What happens next")}</h2>
                {steps}
                {until}
                {bring.map(|bring| view! { <p>{bring}</p> })}
            </section>
        }
    });
    // Once it goes on, they are told of what comes.
    let untold = (case.texts == Texts::Later && case.state == State::Submitted).then(|| {
        let words = locale.say(
            "发到这个手机或者这类号码、从您这个网络发出的短信，这一阵已经很多，所以这一次没有发短信。申请已经收到，请记好编号。",
            "So many texts went to this phone, to numbers like it or from your network lately that none was sent this time. The \
             application is in: please keep its number.",
        );
        view! { <p>{words}</p> }
    });
    let kept = keep(locale, case.texts);
    let mark = say!(locale, "回执码：{}", "Receipt code: {}", case.receipt);
    draw::page(&visit, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url("/procedures") text=locale.say("网上申请", "Apply online") />
                <Confirmation
                    title=title
                    label=locale.say("申请编号", "Application number")
                    reference=case.reference.to_string()
                >
                    <p>{kept}</p>
                    {untold}
                </Confirmation>
                <Summary locale=locale rows=rows />
                {next}
                <p class="actions">
                    <LinkButton href=opened.address(&visit, "") text=locale.say("看办到哪一步", "See how far it is") />
                </p>
                <details class="fold on-paper">
                    <summary>{locale.say("回执码是什么", "What is the receipt code?")}</summary>
                    <p>
                        {locale.say(
                            "它是从您提交的全部内容算出来的。以后对提交过什么有疑问，拿它一对就知道内容有没有变。",
                            "It is computed from all that you handed in. Should anybody ever doubt what that was, it shows whether a word \
                             of it has changed.",
                        )}
                    </p>
                    <p class="claim-mark">{mark}</p>
                </details>
            </div>
        }
    })
}

/// How the family hears of what is missing.
fn asks(locale: Locale, texts: Texts) -> &'static str {
    match texts {
        Texts::All | Texts::Later => locale.say(
            "缺什么，会一次告诉您，发短信到申请里填的手机。",
            "If something is missing, you are told once, in full, by a text to the phone that you entered.",
        ),
        Texts::None => locale.say(
            "缺什么，会一次告诉您。申请里没有我们能发短信的手机号码，请隔几天来看一看，或者打电话问民政部门。",
            "If something is missing, you are told once, in full. The application names no phone that we can text, so please look \
             here every few days, or phone the bureau.",
        ),
    }
}

/// What the number is for.
fn keep(locale: Locale, texts: Texts) -> &'static str {
    match texts {
        Texts::All | Texts::Later => locale.say(
            "请记下编号，或者把这一页打印、截图。凭编号和手机验证码，随时看办到哪一步。",
            "Write the number down, or print this page. With it and a code to your phone you can see at any time how far it is.",
        ),
        Texts::None => locale.say(
            "请记下编号，或者把这一页打印、截图。在这个浏览器里可以看办到哪一步；换了别的，请凭编号和身份证问民政部门，也可以请他们把手机号换成内地的。",
            "Write the number down, or print this page. In this browser you can see how far it is. Elsewhere, ask the bureau with the \
             number and your identity card; it can also enter a mainland phone for you.",
        ),
    }
}
