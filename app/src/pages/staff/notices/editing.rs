//! Writing a notice and changing one: what was typed, what is wrong with it, and how it will look.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error,
    keys::token::new_id,
    notices::{self, Kept},
    staff::authority::Staff,
};
use shared::{
    field::FieldErrors,
    notices::{Board, Draft, Notice, Refusal},
    problem::Problem,
};

use super::{PAGE, boards::Boards, form, list};
use crate::{
    components::{back_link::BackLink, error_summary::ErrorSummary},
    draw,
    notices::one_open,
    pages::staff::refused::refused,
    pairs::{Pairs, address, value},
    visit::Visit,
};

/// A notice in the form.
#[derive(Default)]
pub struct Editing {
    pub id: String,
    /// The version that was read; none for a notice that is not there yet.
    pub version: Option<i64>,
    pub draft: Draft,
    pub errors: FieldErrors,
    /// How it will look, where somebody asked.
    pub preview: Option<Notice>,
    /// Why it was not saved, and how it stands by now.
    problem: Option<(Problem, Option<Kept>)>,
}

impl Editing {
    /// One that is to be written.
    pub fn new(boards: &Boards, now: DateTime<Utc>) -> Self {
        let mut draft = Draft::new(now);
        draft.board = boards.only().map(Board::word).unwrap_or_default();
        Self { id: new_id(), draft, ..Self::default() }
    }

    /// One that is there.
    pub fn of(kept: Kept) -> Self {
        Self { draft: Draft::of(&kept.notice), id: kept.id, version: Some(kept.version), ..Self::default() }
    }

    fn typed(typed: &Pairs) -> Self {
        let text = |name| value(typed, name).unwrap_or_default().to_owned();
        let draft = Draft {
            board: text("where"),
            tone: text("tone"),
            title: text("title"),
            text: text("text"),
            title_en: text("title_en"),
            text_en: text("text_en"),
            from: text("from"),
            until: text("until"),
        };
        let version = value(typed, "version").and_then(|version| version.parse().ok());
        Self { id: text("id"), version, draft, ..Self::default() }
    }

    /// The notice that was typed, on a board of theirs.
    fn read(&self, boards: &Boards, now: DateTime<Utc>) -> Result<Notice, FieldErrors> {
        let board = Board::from_word(self.draft.board.trim());
        if board.is_none_or(|board| boards.has(&board)) {
            return self.draft.read(now);
        }
        // Whoever chooses what is not on the list has not chosen.
        Draft { board: "-".to_owned(), ..self.draft.clone() }.read(now)
    }

    pub fn draw(self, visit: &Visit, boards: &Boards, now: DateTime<Utc>) -> Response {
        let locale = visit.locale;
        let status = match &self.problem {
            Some((problem, _)) => server::rejection::status(problem),
            None if !self.errors.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        let title = match self.version {
            Some(_) => locale.say("修改通知", "Change a notice"),
            None => locale.say("写一条通知", "Write a notice"),
        };
        let messages = self.errors.messages(locale);
        let problem = self.problem.as_ref().map(|(problem, kept)| {
            let stands = kept.as_ref().map(|kept| list::standing(visit, boards, kept, now));
            view! {
                {refused(locale, problem, None)}
                {stands}
            }
        });
        let preview = self.preview.as_ref().map(|notice| preview(visit, notice));
        let form = form::draw(visit, boards, &self, &messages);
        draw::staff(visit, status, title, || {
            view! {
                <div class="flow">
                    <BackLink href=visit.url(PAGE) text=locale.say("全部通知", "All notices") />
                    <ErrorSummary locale=locale messages=messages />
                    {problem}
                    <h1>{title}</h1>
                    {preview}
                    {form}
                </div>
            }
        })
    }
}

/// `preview` shows how it will look, `save` puts it up.
pub(super) async fn submit(
    app: &App,
    visit: &Visit,
    (staff, boards): (&Staff, &Boards),
    typed: &Pairs,
) -> Result<Response, Error> {
    let (mut editing, now) = (Editing::typed(typed), app.now());
    let notice = match editing.read(boards, now) {
        Ok(notice) => notice,
        Err(errors) => {
            editing.errors = errors;
            return Ok(editing.draw(visit, boards, now));
        }
    };
    if value(typed, "do") == Some("preview") {
        editing.preview = Some(notice);
        return Ok(editing.draw(visit, boards, now));
    }
    let saved = match editing.version {
        Some(version) => notices::change(app, staff, (&editing.id, version), &notice, now).await,
        None => notices::make(app, staff, &editing.id, &notice, now).await,
    };
    match saved {
        Ok(()) => {
            let done = if editing.version.is_some() { "changed" } else { "published" };
            Ok(Redirect::to(&visit.url(&address(PAGE, [(super::DONE, done)]))).into_response())
        }
        Err(error) if error.refusal() == Some(Refusal::Changed) => {
            // Saved again after a look it takes the place of what is there now.
            let kept = notices::one(app, staff, &editing.id).await?;
            editing.version = Some(kept.version);
            editing.problem = Some((Refusal::Changed.into(), Some(kept)));
            Ok(editing.draw(visit, boards, now))
        }
        Err(error) => Err(error),
    }
}

/// How it will look to residents, in each language that they read.
fn preview(visit: &Visit, notice: &Notice) -> AnyView {
    let locale = visit.locale;
    let looks = shared::locale::Locale::ALL.map(|language| {
        let theirs = Visit { locale: language, ..visit.clone() };
        let name = language.say("中文页面", "English pages");
        view! {
            <div class="flow" lang=language.tag()>
                <h3>{name}</h3>
                {one_open(&theirs, notice)}
            </div>
        }
    });
    view! {
        <section class="flow met" id="preview" tabindex="-1" autofocus>
            <h2>{locale.say("会这样显示（还没有发布）", "This is how it will look (not published yet)")}</h2>
            <div class="two-parts">{looks.into_iter().collect_view()}</div>
        </section>
    }
    .into_any()
}
