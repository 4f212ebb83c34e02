//! The cases of a queue, a page at a time: what, who, where it stands, by when, and whose it is.

use chrono::NaiveDate;
use leptos::prelude::*;
use server::procedures::queue::{Page, Row};
use shared::{calendar::shanghai_date, procedures::StateName, say};

use super::{Officers, asked::Asked, batch, clock, holder, none, one};
use crate::{
    components::{notice::Tone, tag::Tag},
    visit::Visit,
};

pub(super) fn draw(
    visit: &Visit,
    officers: &Officers,
    (asked, page): (Asked, &Page<Row>),
    today: NaiveDate,
) -> AnyView {
    if page.rows.is_empty() && asked.page == 0 {
        return none(visit, asked.list);
    }
    let rows = page.rows.iter().map(|row| view! { <li>{one_row(visit, officers, (asked, row), today)}</li> });
    let rows = rows.collect_view();
    view! {
        {batch::form(visit, officers, asked)}
        <ul class="sign-rows" role="list">{rows}</ul>
        {pages(visit, asked, page.has_more)}
    }
    .into_any()
}

fn one_row(visit: &Visit, officers: &Officers, (asked, row): (Asked, &Row), today: NaiveDate) -> AnyView {
    let locale = visit.locale;
    let number = row.reference.to_string();
    let handed_in = locale.date(shanghai_date(row.submitted_at));
    let facts = say!(locale, "{} · {handed_in}提交", "{} · handed in on {handed_in}", row.applicant);
    let alert = row.alert.map(|alert| {
        let (text, tone) = clock::alert(locale, alert);
        view! { " " <Tag text=text tone=tone /> }
    });
    let due = row.due.map(|due| {
        let (latest, left) = (clock::latest(locale, due), clock::left(locale, due, today));
        view! { <span>{latest} " · " {left}</span> }
    });
    let rivals = row.has_rivals.then(|| {
        let text = locale.say("同一份证明还有别的申请", "another application names the same certificate");
        view! { " " <Tag text=text tone=Tone::Warning /> }
    });
    let whose = match &row.assigned_to {
        Some(person) if *person == officers.me => locale.say("您在办", "yours").to_owned(),
        Some(person) => say!(locale, "{} 在办", "with {}", officers.called(person, locale)),
        None => locale.say("还没有人办", "nobody’s yet").to_owned(),
    };
    let state = row.state.words();
    // What has ended is closed once and given to nobody.
    let can_do = !matches!(row.state, StateName::Closed | StateName::Withdrawn);
    let pick = (can_do && !officers.able.is_empty()).then(|| batch::pick(visit, row));
    view! {
        <div class="sign-row" data-row>
            <div class="flow">
                <p>
                    {pick}
                    <a class="sign-name" href=visit.url(&one::path(&row.id))>{number}</a>
                    " "
                    {row.name.say(locale).to_owned()}
                </p>
                <p>
                    <Tag text=state.say(locale).to_owned() />
                    {alert}
                    {rivals}
                </p>
                <p class="case-facts soft"><span>{facts}</span> {due} <span>{whose}</span></p>
            </div>
            {giving(visit, officers, asked, row)}
        </div>
    }
    .into_any()
}

/// Taking it, and giving it to somebody; nothing for whoever only looks, and of what is decided.
fn giving(visit: &Visit, officers: &Officers, asked: Asked, row: &Row) -> Option<AnyView> {
    if officers.able.is_empty() || !row.state.is_open() {
        return None;
    }
    let locale = visit.locale;
    let number = format!(" {}", row.reference);
    let field = format!("to-{}", row.id);
    let take = (row.assigned_to.as_ref() != Some(&officers.me) && officers.able.contains(&officers.me)).then(|| {
        view! {
            <button class="act" name="do" value="take">
                {locale.say("我来办", "Take it")}
                <span class="hidden-visually">{number.clone()}</span>
            </button>
        }
    });
    let options = officers.options(row.assigned_to.as_ref(), locale);
    Some(
        view! {
            <form class="acts" method="post" action=visit.url(&asked.path())>
                <input type="hidden" name="case" value=row.id.to_string() />
                {holder(row.assigned_to.as_ref())}
                {take}
                <details class="ask">
                    <summary>
                        {locale.say("转给…", "Give to…")}
                        <span class="hidden-visually">{number}</span>
                    </summary>
                    <div class="ask-body">
                        <label for=field.clone()>{locale.say("谁来办", "Who works on it")}</label>
                        <select class="input" id=field name="to">{options}</select>
                        <button class="act" name="do" value="give">{locale.say("转给这位", "Give it to them")}</button>
                    </div>
                </details>
            </form>
        }
        .into_any(),
    )
}

/// The ways to the pages before and after.
fn pages(visit: &Visit, asked: Asked, has_more: bool) -> Option<AnyView> {
    if asked.page == 0 && !has_more {
        return None;
    }
    let locale = visit.locale;
    let at = |page: u32| visit.url(&Asked { page, ..asked }.path());
    let before = asked.page.checked_sub(1).map(|page| {
        view! { <a href=at(page)>{locale.say("上一页", "Page before")}</a> }
    });
    let after = has_more.then(|| view! { <a href=at(asked.page + 1)>{locale.say("下一页", "Next page")}</a> });
    let here = say!(locale, "第 {} 页", "page {}", asked.page + 1);
    Some(view! { <p class="actions">{before} <span>{here}</span> {after}</p> }.into_any())
}
