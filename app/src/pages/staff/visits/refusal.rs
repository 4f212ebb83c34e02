//! `/staff/visits/{id}/refusal`: why nothing was registered, on one sheet of paper that a registry fills in and seals, for whoever
//! wants it in writing: who was refused, and who was sent home for papers. The registry is an organ and not its hall: 婚姻登记条例
//! art 2.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;
use server::{App, Error, Rejection, appointments::point, counter::day::Row};
use shared::{
    counter::{Outcome, Papers, VisitState},
    locale::Locale,
    problem::Problem,
    say,
};

use super::{
    Opened, contesting, missing,
    on_paper::{self, TO_WRITE},
};
use crate::{
    appointments::service::BookingPages,
    components::summary::{Row as Line, Summary},
    site::{BookableServices, Signed},
    visit::Visit,
    words,
};

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    let is_owed = |row: &Row| decided(visit.locale, row, services.of(&row.service)).is_some();
    let opened = Opened::to_print(&app, &visit, (&id, &staff), &services, is_owed).await?;
    let row = &opened.one.row;
    let point = point::one(&app, &row.service, &row.place).await?;
    Ok(sheet(&opened, point.place.name.say(visit.locale))?)
}

/// The sheet of a visit, without the language prefix; none where nothing was refused, or where nobody is owed one.
pub fn path(locale: Locale, row: &Row, pages: Option<&'static BookingPages>) -> Option<String> {
    decided(locale, row, pages).map(|_| format!("{}/refusal", super::path(&row.id)))
}

/// What was decided, as the sheet has it.
struct Decided {
    title: &'static str,
    reason: String,
    /// The articles that name it.
    articles: String,
    /// The reason tells of one of the two: each reads it on their own sheet alone.
    is_by_hand: bool,
}

fn decided(locale: Locale, row: &Row, pages: Option<&'static BookingPages>) -> Option<Decided> {
    let pages = pages?;
    let refusing = pages.at_counter.refusing.as_ref()?;
    match &row.state {
        VisitState::Finished(Outcome::Refused { ground }) => Some(Decided {
            title: refusing.title.say(locale),
            reason: pages.at_counter.ground(locale, ground)?,
            articles: (refusing.article)(ground)?.say(locale).to_owned(),
            is_by_hand: false,
        }),
        _ => Some(lacking(locale, missing::of(row)?, (pages, refusing.lacking.say(locale)))),
    }
}

/// A paper that is one person's own business takes the names of all: the other reads the same lines.
fn lacking(locale: Locale, papers: &Papers, (pages, title): (&'static BookingPages, &'static str)) -> Decided {
    let is_by_hand = papers.iter().any(|paper| pages.bookable.is_unnamed(paper));
    let (names, articles) = if is_by_hand {
        (TO_WRITE.to_owned(), Vec::new())
    } else {
        let names: Vec<_> = papers.iter().map(|paper| missing::called(locale, pages, paper)).collect();
        let mut articles: Vec<_> = papers.iter().filter_map(|paper| pages.at_counter.article(locale, paper)).collect();
        articles.dedup();
        (names.join(locale.say("；", "; ")), articles)
    };
    let articles = if articles.is_empty() { TO_WRITE.to_owned() } else { articles.join(locale.say("、", ", ")) };
    let reason = say!(locale, "材料不齐，还差：{names}", "These papers are missing: {names}");
    Decided { title, reason, articles, is_by_hand }
}

fn sheet(opened: &Opened<'_>, registry: &str) -> Result<Response, Error> {
    let (locale, visit, row) = (opened.locale(), opened.visit, &opened.one.row);
    let Decided { title, reason, articles, is_by_hand } =
        decided(locale, row, opened.pages).ok_or(Problem::NotFound)?;
    let people = Line::new(locale.say("当事人", "The people"), format!("{TO_WRITE}　{TO_WRITE}"));
    let rest = [
        Line::new(locale.say("日期", "Date"), words::moment(locale, row.since)),
        Line::new(locale.say("理由", "Reason"), reason),
        Line::new(locale.say("依据", "According to"), articles),
    ];
    let rows: Vec<_> = std::iter::once(people).chain(on_paper::number(locale, row)).chain(rest).collect();
    // Who exactly, from when, what the check showed: by hand, so that nothing of it is kept here.
    let facts = vec![Line::new(locale.say("事实和证据", "Facts and evidence"), String::new())];
    let organ = contesting::organ(opened);
    let signed = [
        Line::new(locale.say("经办人（签名）", "Dealt with by (signature)"), String::new()),
        Line::new(locale.say("收到的人（签名、日期）", "Received by (signature, date)"), String::new()),
        Line::new(
            locale.say("登记机关（盖章）", "Registry (seal)"),
            say!(locale, "{organ}（{registry}）", "{organ} ({registry})"),
        ),
    ];
    let signed: Vec<_> = on_paper::supervision(visit).into_iter().chain(signed).collect();
    Ok(on_paper::draw(visit, &super::path(&row.id), (title, to_do(locale, is_by_hand)), || {
        view! {
            <h1>{title}</h1>
            // The office gives its papers numbers of its own.
            <p>{say!(locale, "编号：{TO_WRITE}", "Number: {TO_WRITE}")}</p>
            <div class="by-hand">
                <Summary locale=locale rows=rows />
            </div>
            <div class="by-hand signed">
                <Summary locale=locale rows=facts />
            </div>
            {contesting::sentences(opened).map(|sentence| view! { <p class="to-write">{sentence}</p> })}
            <div class="by-hand signed">
                <Summary locale=locale rows=signed />
            </div>
        }
    }))
}

fn to_do(locale: Locale, is_by_hand: bool) -> &'static str {
    if is_by_hand {
        locale.say(
            "这一页是打印用的。打印以后填写、编号、盖章，当面交给本人，每人一份；本人签收的一份，登记机关存档。有的材料是一个人自己的事，所以\
             缺什么、依据什么没有印：只写在交给本人的那一份上，不要给另一个人看。",
            "This page is for printing: fill it in, number and seal it and hand it over, one for each, and keep one that they have \
             signed for. Some papers are one person’s own business, so what is missing and by which article is not printed: write it on \
             that person’s own sheet alone, unseen by the other.",
        )
    } else {
        locale.say(
            "这一页是打印用的。打印以后填写、编号、盖章，当面交给本人，每人一份；本人签收的一份，登记机关存档。民政部规范附有告知书\
             式样的，用那个式样，照这里的内容填。",
            "This page is for printing: fill it in, number and seal it and hand it over, one for each, and keep one that they have \
             signed for. Where the ministry's rules have a form for it, use that form, and fill it in from here.",
        )
    }
}

#[cfg(test)]
mod tests {
    use shared::marriage::documents::DocumentCode::{self, Photos, ResidentId, StatusProof};

    use super::*;
    use crate::pages::marriage::book::MARRIAGE;

    #[test]
    fn what_is_missing_is_the_reason_with_its_articles_and_is_written_by_hand_where_it_tells_of_one_of_the_two() {
        let of = |codes: &[DocumentCode]| {
            let papers = Papers::new(codes.iter().map(|code| code.paper())).unwrap();
            lacking(Locale::Zh, &papers, (&MARRIAGE, ""))
        };
        let both = of(&[ResidentId, Photos]);
        assert!(both.reason.contains("本人的居民身份证（《婚姻登记条例》第八条）"), "{}", both.reason);
        assert!(both.reason.contains("（本登记处的做法，条例没有写）"), "{}", both.reason);
        assert_eq!((both.articles.as_str(), both.is_by_hand), ("《婚姻登记条例》第八条", false));
        assert_eq!(of(&[Photos]).articles, TO_WRITE, "no article asks for it");
        let own = of(&[ResidentId, StatusProof]);
        assert_eq!((own.reason.as_str(), own.is_by_hand), ("材料不齐，还差：＿＿＿＿＿＿＿＿", true));
        assert_eq!(own.articles, TO_WRITE);
    }
}
