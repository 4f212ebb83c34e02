//! `/staff/cases/batch`: one press on several cases. What it would do is shown first, and what it did is told case by case.

use axum::{
    Extension, Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    procedures::{
        batch::{self, Batch, Planned, Seen, Told},
        queue::Queue,
    },
    rejection,
    staff::authority::Staff,
};
use shared::{
    counter::Press,
    locale::Locale,
    problem::Problem,
    procedures::CaseId,
    say,
    staff::{Right, StaffId},
};

use super::{
    Officers, PAGE,
    asked::{Asked, List},
    one,
};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        empty::Empty,
        notice::{Notice, Tone},
        tag::Tag,
    },
    draw,
    pages::staff::{
        day::act::{new_press, ticked},
        refused::refused,
    },
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
};

/// Without the language prefix.
const HERE: &str = "/staff/cases/batch";
/// Id of the form that the boxes of a list belong to.
pub(super) const FORM: &str = "together";
/// The boxes, and what they send.
pub(super) const PICK: &str = "pick";

/// Whoever comes by the address alone is led to the lists.
pub async fn show(visit: Visit) -> Response {
    Redirect::to(&visit.url(PAGE)).into_response()
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let batch = read(&typed).ok_or(Problem::Malformed)?;
    let cases: Vec<Seen> = ticked(&typed, PICK).filter_map(seen).collect();
    let officers = Officers::load(&app, &staff).await?;
    let drawn = Drawn { visit: &visit, batch: &batch, officers: &officers, back: back(&typed) };
    let answer = match value(&typed, "press").map(Press::parse) {
        None => preview(&app, &staff, &drawn, &cases).await,
        Some(Ok(press)) => done(&app, &staff, &drawn, (&press, cases.as_slice())).await,
        Some(Err(_)) => return Err(Problem::Malformed.into()),
    };
    match answer {
        Ok(page) => Ok(page),
        Err(error) => {
            let problem = super::told(error)?;
            Ok(drawn.page(rejection::status(&problem), refused(visit.locale, &problem, None)))
        }
    }
}

/// The form above a list, to which its boxes belong; for whoever gives and does something.
pub(super) fn form(visit: &Visit, officers: &Officers, asked: Asked) -> Option<AnyView> {
    let List::Of(queue) = asked.list else { return None };
    if officers.able.is_empty() {
        return None;
    }
    let locale = visit.locale;
    let reviews = visit.at_work.as_ref().is_some_and(|person| person.rights.contains(&Right::ReviewCases));
    let acts = [Batch::Accept, Batch::Review, Batch::Close, Batch::Assign(None)].into_iter();
    // Whoever only signs gives out work and does nothing else to several.
    let acts = acts.filter(|batch| reviews || matches!(batch, Batch::Assign(_)));
    let acts = acts.map(|batch| view! { <option value=batch.name()>{called(locale, &batch)}</option> }).collect_view();
    let options = officers.options(None, locale);
    Some(
        view! {
            <details class="ask off-paper">
                <summary>{locale.say("选几件一起办…", "Do several at once…")}</summary>
                <form class="ask-body flow" id=FORM method="post" action=visit.url(HERE)>
                    <input type="hidden" name="queue" value=queue.name() />
                    <p class="soft">
                        {locale.say(
                            "先在下面每一行打勾。提出意见和复核要一件一件看，不能一起办。",
                            "Tick the rows below first. Proposing and signing take a look at each, and are not done at once.",
                        )}
                    </p>
                    <label for="together-act">{locale.say("办什么", "What is done")}</label>
                    <select class="input" id="together-act" name="act">{acts}</select>
                    <label for="together-to">{locale.say("要转给谁（只在转给别人时用）", "Whose they become (only where they are given)")}</label>
                    <select class="input" id="together-to" name="whose">{options}</select>
                    <p class="actions">
                        <button class="act">{locale.say("看看会办哪些…", "See which it would be…")}</button>
                    </p>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// The box of a row.
pub(super) fn pick(visit: &Visit, row: &server::procedures::queue::Row) -> AnyView {
    let words = say!(visit.locale, "选 {}", "pick {}", row.reference);
    view! {
        <label class="pick off-paper">
            <input type="checkbox" form=FORM name=PICK value=picked(&row.id, row.version, row.assigned_to.as_ref()) data-pick />
            <span class="hidden-visually">{words}</span>
        </label>
    }
    .into_any()
}

fn read(typed: &Pairs) -> Option<Batch> {
    match value(typed, "act")? {
        "accept" => Some(Batch::Accept),
        "review" => Some(Batch::Review),
        "close" => Some(Batch::Close),
        "assign" => match value(typed, "whose")? {
            "" => Some(Batch::Assign(None)),
            id => StaffId::parse(id).ok().map(|person| Batch::Assign(Some(person))),
        },
        _ => None,
    }
}

/// What a box sends: the case, its version and whose it is.
fn picked(id: &CaseId, version: u32, whose: Option<&StaffId>) -> String {
    let whose = whose.map(ToString::to_string).unwrap_or_default();
    format!("{id}:{version}:{whose}")
}

/// A box as it was sent.
fn seen(text: &str) -> Option<Seen> {
    let (id, rest) = text.split_once(':')?;
    let (version, whose) = rest.split_once(':')?;
    let whose = (!whose.is_empty()).then(|| StaffId::parse(whose)).transpose().ok()?;
    Some(Seen { id: CaseId::parse(id).ok()?, version: version.parse().ok()?, whose })
}

/// The list that somebody came from.
fn back(typed: &Pairs) -> Queue {
    value(typed, "queue").and_then(Queue::from_name).unwrap_or(Queue::Mine)
}

fn called(locale: Locale, batch: &Batch) -> &'static str {
    match batch {
        Batch::Accept => locale.say("受理", "accept"),
        Batch::Review => locale.say("开始审核", "begin the review of"),
        Batch::Close => locale.say("办结", "close"),
        Batch::Assign(_) => locale.say("转给别人", "give away"),
    }
}

/// What both pages are drawn of.
struct Drawn<'a> {
    visit: &'a Visit,
    batch: &'a Batch,
    officers: &'a Officers,
    back: Queue,
}

impl Drawn<'_> {
    fn way_back(&self) -> String {
        self.visit.url(&Asked::of(List::Of(self.back)).path())
    }

    fn page(&self, status: StatusCode, body: AnyView) -> Response {
        let locale = self.visit.locale;
        let title = locale.say("几件一起办", "Several at once");
        let back = self.way_back();
        draw::no_store(draw::staff(self.visit, status, title, || {
            view! {
                <div class="flow column">
                    <BackLink href=back text=locale.say("返回申请", "Back to applications") />
                    <h1 tabindex="-1" autofocus>{title}</h1>
                    {body}
                </div>
            }
        }))
    }

    /// What is done, with whose they become.
    fn does(&self, count: usize) -> String {
        let (locale, act) = (self.visit.locale, called(self.visit.locale, self.batch));
        match self.batch {
            Batch::Assign(Some(person)) => {
                let who = self.officers.called(person, locale);
                say!(locale, "把 {count} 件转给 {who}", "Give {count} to {who}")
            }
            Batch::Assign(None) => say!(locale, "把 {count} 件放回，先不给人", "Put {count} back: nobody’s for now"),
            _ => say!(locale, "{act} {count} 件", "Yes, {act} {count}"),
        }
    }
}

async fn preview(app: &App, staff: &Staff, drawn: &Drawn<'_>, cases: &[Seen]) -> Result<Response, server::Error> {
    let (visit, locale) = (drawn.visit, drawn.visit.locale);
    if cases.is_empty() {
        let title = locale.say("还没有选申请", "Nothing was picked");
        let body = view! {
            <Empty title=title>
                <p>{locale.say("请回到列表，在要办的每一行打勾。", "Go back and tick the rows.")}</p>
            </Empty>
        };
        return Ok(drawn.page(StatusCode::UNPROCESSABLE_ENTITY, body.into_any()));
    }
    let planned = batch::plan(app, staff, drawn.batch, cases, app.now()).await?;
    let count = planned.iter().filter(|one| one.refused.is_none()).count();
    let rows: Vec<_> = planned.iter().map(|one| row(visit, one)).collect();
    let kept: Vec<_> = planned.iter().filter(|one| one.refused.is_none()).map(kept).collect();
    let whose = match drawn.batch {
        Batch::Assign(Some(person)) => person.to_string(),
        _ => String::new(),
    };
    let sure = (count > 0).then(|| {
        view! {
            <form class="flow" method="post" action=visit.url(HERE)>
                <input type="hidden" name="press" value=new_press() />
                <input type="hidden" name="act" value=drawn.batch.name() />
                <input type="hidden" name="whose" value=whose />
                <input type="hidden" name="queue" value=drawn.back.name() />
                {kept}
                <p class="actions">
                    <Button text=drawn.does(count) />
                    <LinkButton
                        href=drawn.way_back()
                        text=locale.say("不办了，回去", "Leave it and go back")
                        weight=Weight::Quiet
                    />
                </p>
            </form>
        }
    });
    let none = (count == 0).then(|| {
        let title = locale.say("选的这些现在都不能这样办", "None of these can be done so now");
        view! { <Notice tone=Tone::Warning title=title /> }
    });
    let body = view! {
        <p>{locale.say("下面每一件会分别办，办成没有，一件一件告诉您。", "Each of these is done by itself, and you are told of each.")}</p>
        {none}
        <ul class="looks" role="list">{rows}</ul>
        {sure}
    };
    Ok(drawn.page(StatusCode::OK, body.into_any()))
}

fn kept(planned: &Planned) -> AnyView {
    let Seen { id, version, whose } = &planned.seen;
    let value = picked(id, *version, whose.as_ref());
    view! { <input type="hidden" name=PICK value=value /> }.into_any()
}

fn row(visit: &Visit, planned: &Planned) -> AnyView {
    let (locale, row) = (visit.locale, &planned.row);
    let state = row.state.words().say(locale).to_owned();
    let refused = planned.refused.as_ref().map(|problem| {
        let sentence = problem.sentence(locale);
        let words = say!(locale, "不会办：{sentence}", "Will not be done: {sentence}");
        view! { <p>{words}</p> }
    });
    view! {
        <li>
            <p>
                <a href=visit.url(&one::path(&row.id))>{row.reference.to_string()}</a>
                " "
                {row.name.say(locale).to_owned()}
                " "
                {row.applicant.clone()}
                " "
                <Tag text=state />
            </p>
            {refused}
        </li>
    }
    .into_any()
}

async fn done(
    app: &App,
    staff: &Staff,
    drawn: &Drawn<'_>,
    (press, cases): (&Press, &[Seen]),
) -> Result<Response, server::Error> {
    let locale = drawn.visit.locale;
    let all = batch::run(app, staff, (press, drawn.batch), cases, app.now()).await?;
    let well = all.iter().filter(|told| told.refused.is_none()).count();
    let rest = all.len() - well;
    let (title, tone) = if rest == 0 {
        (say!(locale, "{well} 件都办好了", "All {well} are done"), Tone::Success)
    } else {
        (say!(locale, "办好 {well} 件，{rest} 件没有办", "{well} are done, {rest} are not"), Tone::Warning)
    };
    let rows: Vec<_> = all.iter().map(|told| line(drawn.visit, told)).collect();
    let body = view! {
        <Notice tone=tone title=title live=true />
        <ul class="looks" role="list">{rows}</ul>
    };
    Ok(drawn.page(StatusCode::OK, body.into_any()))
}

fn line(visit: &Visit, told: &Told) -> AnyView {
    let locale = visit.locale;
    let number = told.reference.map_or_else(|| told.id.to_string(), |reference| reference.to_string());
    let became = match &told.refused {
        None => locale.say("办好了", "done").to_owned(),
        Some(problem) => {
            let sentence = problem.sentence(locale);
            say!(locale, "没有办：{sentence}", "Not done: {sentence}")
        }
    };
    view! {
        <li>
            <p><a href=visit.url(&one::path(&told.id))>{number}</a></p>
            <p>{became}</p>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_a_case_as_it_was_seen_and_nothing_is_proposed_or_signed_at_once() {
        let (id, whose) = (CaseId::parse("abc").unwrap(), StaffId::parse("def").unwrap());
        for whose in [None, Some(whose)] {
            let sent = picked(&id, 3, whose.as_ref());
            assert_eq!(seen(&sent), Some(Seen { id: id.clone(), version: 3, whose }));
        }
        for wrong in ["", "abc", "abc:", "abc:3", "a/b:1:", "abc:-1:", "abc:3:d/e"] {
            assert_eq!(seen(wrong), None, "{wrong}");
        }
        let act = |name: &str| read(&vec![("act".to_owned(), name.to_owned()), ("whose".to_owned(), String::new())]);
        assert_eq!(act("accept"), Some(Batch::Accept));
        assert_eq!(act("assign"), Some(Batch::Assign(None)));
        for never in ["propose", "approve", "ask", "reopen", ""] {
            assert_eq!(act(never), None, "{never}");
        }
    }
}
