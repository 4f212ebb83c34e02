//! `/staff/visits/{id}/missing`: what is still to be brought, on a slip for each of those who come: for whoever left no phone, and
//! where the text names no paper; beside each on what it rests that it is asked for, and how to have it in writing. A paper that
//! tells of somebody's past stands on a slip of its own.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    appointments::{
        Bookable,
        bookable::Missing,
        open_hours::{self, OpenHours},
        point::{self, ServicePoint},
    },
    counter::day::Row,
};
use shared::{
    counter::{Outcome, Paper, Papers, VisitState},
    locale::Locale,
    problem::Problem,
    say,
};

use super::{
    Opened, contesting,
    on_paper::{self, TO_WRITE},
    refusal,
};
use crate::{
    appointments::{open_hours::usual, service::BookingPages},
    components::summary::{Row as Line, Summary},
    directory::invented,
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
    let is_owed = |row: &Row| of(row).is_some();
    let opened = Opened::to_print(&app, &visit, (&id, &staff), &services, is_owed).await?;
    let (row, pages) = (&opened.one.row, opened.pages.ok_or(Problem::NotFound)?);
    let papers = of(row).ok_or(Problem::NotFound)?;
    let point = point::one(&app, &row.service, &row.place).await?;
    let hours = open_hours::of(&app, &point, app.now()).await?;
    Ok(sheet(&opened, (papers, pages), (&point, &hours)))
}

/// The slips of a visit, without the language prefix; none but where it ended with papers to be brought.
pub fn path(row: &Row) -> Option<String> {
    of(row).map(|_| format!("{}/missing", super::path(&row.id)))
}

/// The papers for which somebody was sent home.
pub(super) fn of(row: &Row) -> Option<&Papers> {
    match &row.state {
        VisitState::Finished(outcome) if *outcome == Outcome::as_told() => None,
        VisitState::Finished(Outcome::ToReturn { papers }) => Some(papers),
        _ => None,
    }
}

/// What stands on each: what both may read, and at most one paper that is nobody else's business. Whose that is nobody has
/// written down, so that whoever hands the slips over has to know.
fn slips<'a>(papers: &'a Papers, bookable: &Bookable) -> Vec<Vec<&'a Paper>> {
    let (private, common): (Vec<_>, Vec<_>) = papers.iter().partition(|paper| bookable.is_unnamed(paper));
    let for_both = (!common.is_empty()).then(|| common.clone());
    let own = private.into_iter().map(|paper| common.iter().copied().chain([paper]).collect());
    for_both.into_iter().chain(own).collect()
}

fn sheet(
    opened: &Opened<'_>,
    (papers, pages): (&Papers, &'static BookingPages),
    there: (&ServicePoint, &OpenHours),
) -> Response {
    let (locale, visit, row) = (opened.locale(), opened.visit, &opened.one.row);
    let slips = slips(papers, pages.bookable);
    let title = locale.say("还要带来的材料", "What is still to be brought");
    let said = if papers.iter().any(|paper| pages.bookable.is_unnamed(paper)) {
        locale.say(
            "这一页是打印用的，一个人一张。有的材料是一个人自己的事：写着那一样的那张，只交给要补它的本人，不要给另一个人看；另一个人拿别的\
             一张。只有一张的，另一个人不用补。",
            "This page is for printing, one slip for each. Some papers are one person’s own business: the slip that names one goes \
             to whoever needs it, unseen by the other, who gets another slip. Where there is only one, the other needs none.",
        )
    } else {
        locale.say(
            "这一页是打印用的，一个人一张，当面交给本人。",
            "This page is for printing: one slip for each, handed over in person.",
        )
    };
    on_paper::draw(visit, &super::path(&row.id), (title, said), || {
        let slips = slips.into_iter().map(|papers| slip(opened, (title, &papers, pages), there));
        let in_writing = refusal::path(locale, row, Some(pages)).map(|path| {
            let words = locale.say(
                "要书面决定的：打印书面说明，填写、盖章，每人一份",
                "If they want a decision in writing: print it, fill it in and seal it, one for each",
            );
            view! { <p class="off-paper"><a href=visit.url(&path)>{words}</a></p> }
        });
        view! {
            <h1 class="off-paper">{locale.say("材料单", "Slips of papers")}</h1>
            {in_writing}
            {slips.collect_view()}
        }
    })
}

/// On paper one looks like another, so that nobody can tell from theirs that there are more.
fn slip(
    opened: &Opened<'_>,
    (title, papers, pages): (&'static str, &[&Paper], &'static BookingPages),
    (point, hours): (&ServicePoint, &OpenHours),
) -> AnyView {
    let (locale, visit, row) = (opened.locale(), opened.visit, &opened.one.row);
    let place = &point.place;
    let whose = [
        Line::new(locale.say("给", "For"), TO_WRITE),
        Line::new(locale.say("办什么", "What for"), pages.words.name.say(locale)),
        Line::new(locale.say("哪一次", "Came on"), words::moment(locale, row.time())),
    ];
    let whose: Vec<_> = whose.into_iter().chain(on_paper::number(locale, row)).collect();
    let where_to = [
        Line::new(locale.say("到哪里", "Where"), format!("{} {}", place.name.say(locale), place.address.say(locale))),
        Line::new(locale.say("电话", "Phone"), place.phone.clone()),
    ];
    let open = usual(locale, hours).map(|hours| invented::mark_invented(locale, point.demo, hours));
    let open = open.map(|hours| Line::new(locale.say("办理时间", "Hours"), hours));
    let where_to: Vec<_> = where_to.into_iter().chain(open).chain(on_paper::supervision(visit)).collect();
    let papers = papers.iter().map(|paper| view! { <li>{called(locale, pages, paper)}</li> }).collect_view();
    let again = say!(
        locale,
        "已经带来的，再来的时候也要带。带齐以后：当天再来的，请先打 {} 问还能不能办；过了当天，可以重新预约。",
        "Bring what you had with you again, too. With all of it: on the same day, call {} first to ask whether it can still be \
         done; from the day after, you can book again.",
        place.phone
    );
    view! {
        <section class="slip">
            <h2>{title}</h2>
            <div class="by-hand">
                <Summary locale=locale rows=whose />
            </div>
            <ul>{papers}</ul>
            <p>{again}</p>
            {pages.at_counter.refusing.is_some().then(|| in_writing(opened))}
            <Summary locale=locale rows=where_to />
        </section>
    }
    .into_any()
}

/// That what was said at the counter can be had as a decision, and where that is contested.
fn in_writing(opened: &Opened<'_>) -> AnyView {
    let locale = opened.locale();
    view! {
        <p>
            {locale.say(
                "您不同意要这些材料的，或者要书面决定的，可以请登记机关出具书面决定，写明理由和依据。",
                "If you disagree that these are asked for, or want a decision in writing, you can ask the registry for one, with its \
                 reasons and the articles.",
            )}
        </p>
        {contesting::sentences(opened).map(|sentence| view! { <p>{sentence}</p> })}
    }
    .into_any()
}

/// As the list to bring has it, or as the counter does where no text names it, and on what it rests.
pub(super) fn called(locale: Locale, pages: &BookingPages, paper: &Paper) -> String {
    let called = match (pages.bookable.paper)(paper) {
        Some(Missing::Named(title)) => title.say(locale).to_owned(),
        _ => pages.at_counter.paper(locale, paper).unwrap_or_else(|| paper.to_string()),
    };
    pages.at_counter.with_asked(locale, paper, &called)
}

#[cfg(test)]
mod tests {
    use server::marriage::BOOKABLE;
    use shared::marriage::documents::DocumentCode::{self, IdentityProof, Photos, ResidentId, StatusProof};

    use super::*;

    #[test]
    fn what_tells_of_somebody_stands_on_one_slip_beside_what_both_lack_and_on_no_other() {
        let of = |codes: &[DocumentCode]| {
            let papers = Papers::new(codes.iter().map(|code| code.paper())).unwrap();
            let slips = slips(&papers, &BOOKABLE);
            slips
                .iter()
                .map(|slip| slip.iter().filter_map(|paper| DocumentCode::of(paper)).collect())
                .collect::<Vec<Vec<_>>>()
        };
        assert_eq!(of(&[ResidentId, Photos]), [[Photos, ResidentId]]);
        assert_eq!(of(&[StatusProof]), [[StatusProof]], "the other lacks nothing");
        let three = of(&[Photos, StatusProof, IdentityProof]);
        assert_eq!(three, [vec![Photos], vec![Photos, IdentityProof], vec![Photos, StatusProof]]);
    }
}
