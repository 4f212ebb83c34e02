//! What the case is, where it stands, by when it is due and whose it is.

use leptos::prelude::*;
use shared::{
    calendar::{Unit, shanghai_date},
    procedures::StateName,
    say,
};

use super::{Opened, doing, form::Form};
use crate::{
    components::{
        notice::{Notice, Tone},
        tag::Tag,
    },
    pages::staff::cases::{clock, holder},
    words,
};

pub(super) fn draw(opened: &Opened<'_>, form: &Form) -> AnyView {
    let (locale, case) = (opened.locale(), &opened.case);
    let name = opened.procedure().name().say(locale).to_owned();
    let state = case.state.name().words().say(locale).to_owned();
    let done = form.done.as_deref().and_then(|done| doing::said(locale, done));
    let done = done.map(|done| view! { <Notice tone=Tone::Success title=done live=true focus=true /> });
    let handed_in = words::moment(locale, case.submitted_at);
    let filed = case.filed_by.as_ref().map(|person| {
        let who = opened.officers.called(person, locale);
        say!(locale, "{who} 在窗口代填", "filled in at the counter by {who}")
    });
    let whose = match &case.assigned_to {
        Some(person) if *person == opened.officers.me => locale.say("您在办", "yours").to_owned(),
        Some(person) => say!(locale, "{} 在办", "with {}", opened.officers.called(person, locale)),
        None => locale.say("还没有人办", "nobody’s yet").to_owned(),
    };
    let facts = [Some(say!(locale, "{handed_in} 提交", "handed in {handed_in}")), filed, Some(whose)];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        {done}
        <h1>{case.reference.to_string()} " " <Tag text=state /></h1>
        <p>{name}</p>
        <p class="soft">{facts}</p>
        {timing(opened)}
        {unreached(opened)}
        {giving(opened)}
    }
    .into_any()
}

/// The last day, or that none is set: nothing is promised that no text says.
fn timing(opened: &Opened<'_>) -> AnyView {
    let (locale, case, procedure) = (opened.locale(), &opened.case, opened.procedure());
    let alert = case.alert.map(|alert| {
        let (text, tone) = clock::alert(locale, alert);
        view! { <Tag text=text tone=tone /> " " }
    });
    let law = procedure.clock.map(|rule| {
        let days = rule.limit.days();
        let unit = match rule.limit.unit() {
            Unit::Working => locale.say("个工作日", "working days"),
            Unit::Calendar => locale.say("天", "days"),
        };
        let cited = procedure.rules.sources[rule.source].cited(locale);
        say!(locale, "{days} {unit}（{cited}）", "{days} {unit} ({cited})")
    });
    let is_open = case.state.is_open();
    let line = match (case.latest_on, case.state.name()) {
        (Some(due), _) => {
            let (latest, left) = (clock::latest(locale, due), clock::left(locale, due, opened.today));
            format!("{latest} · {left}")
        }
        (None, StateName::Supplementing) if law.is_some() => {
            locale.say("时间停着：等申请人补正", "The time stands still: the applicant was asked for more").to_owned()
        }
        (None, StateName::Supplementing) => locale.say("等申请人补正", "The applicant was asked for more").to_owned(),
        (None, _) if !is_open => return decided(opened),
        (None, _) if law.is_some() => locale.say("时间还没有开始算", "The time has not begun yet").to_owned(),
        (None, _) => locale
            .say(
                "见到的条文没有规定多少天办完，请尽快办",
                "No text that was seen says within how many days: please do it soon",
            )
            .to_owned(),
    };
    let law = law.map(|law| view! { <span class="case-law">" " {law}</span> });
    view! { <p>{alert} {line} {law}</p> }.into_any()
}

/// That no text goes to the family, while there is something that it will have to be told.
fn unreached(opened: &Opened<'_>) -> Option<AnyView> {
    let words = opened.locale().say(
        "申请里没有我们能发短信的手机号码：要补什么、有了决定，请另外告诉申请人。",
        "It names no phone that can be texted: tell the applicant in another way what is missing and what was decided.",
    );
    (opened.case.state.is_open() && !opened.case.is_reached).then(|| view! { <p>{words}</p> }.into_any())
}

fn decided(opened: &Opened<'_>) -> AnyView {
    let locale = opened.locale();
    let day = opened.case.decided_at.map(|at| locale.full_date(shanghai_date(at)));
    let line = day.map(|day| say!(locale, "{day}作出决定", "decided on {day}"));
    let way = super::letter::is_there(opened).then(|| {
        let href = opened.visit.url(&super::letter::path(&opened.case.id));
        view! { " " <a href=href>{locale.say("打印决定书", "Print the decision letter")}</a> }
    });
    if line.is_none() && way.is_none() {
        return ().into_any();
    }
    view! { <p>{line} {way}</p> }.into_any()
}

/// Giving it to somebody, for whoever gives any.
fn giving(opened: &Opened<'_>) -> Option<AnyView> {
    let (locale, officers) = (opened.locale(), &opened.officers);
    if officers.able.is_empty() || !opened.case.state.is_open() {
        return None;
    }
    let is_mine = opened.case.assigned_to.as_ref() == Some(&officers.me);
    let take = (!is_mine && officers.able.contains(&officers.me)).then(|| {
        view! { <button class="act" name="do" value="take">{locale.say("我来办", "Take it")}</button> }
    });
    let options = officers.options(opened.case.assigned_to.as_ref(), locale);
    Some(
        view! {
            <form class="acts" method="post" action=opened.itself()>
                {holder(opened.case.assigned_to.as_ref())}
                {take}
                <details class="ask">
                    <summary>{locale.say("转给…", "Give to…")}</summary>
                    <div class="ask-body">
                        <label for="to">{locale.say("谁来办", "Who works on it")}</label>
                        <select class="input" id="to" name="to">{options}</select>
                        <button class="act" name="do" value="give">{locale.say("转给这位", "Give it to them")}</button>
                    </div>
                </details>
            </form>
        }
        .into_any(),
    )
}
