//! `…/file?file=&key=`: a photograph of an application as it is, or a PDF to save, for whoever has just taken a copy of it.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    procedures::{
        files::{Handed, Stands},
        own::{self, FILES_OPEN, Kept},
    },
};
use shared::{locale::Locale, problem::Problem, say};

use super::opened::Opened;
use crate::{
    pages::procedures::photos::{FILE, asked_file, called},
    pairs::{self, Pairs, value},
    visit::Visit,
};

/// The names of this page below its application and of the key in its address.
const PAGE: &str = "file";
const KEY: &str = "key";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let (id, key) = (asked_file(&asked)?, value(&asked, KEY).unwrap_or_default());
    match own::file(&app, &opened.case, (&id, key), opened.now).await {
        Ok(file) => Ok(file.into_response()),
        // The copy is of a while ago, or the link came from elsewhere: another copy takes a code.
        Err(Error::Problem(Problem::Unauthorized)) => Ok(Redirect::to(&opened.address(&visit, "data")).into_response()),
        Err(error) => Err(error.into()),
    }
}

/// The files that a copy opens, with until when; nothing where there are none.
pub(super) fn list(visit: &Visit, opened: &Opened, kept: &Kept) -> Option<AnyView> {
    let locale = visit.locale;
    let rows: Vec<_> = own::files_of(&opened.case).filter_map(|file| row(visit, opened, (kept, file))).collect();
    if rows.is_empty() {
        return None;
    }
    let minutes = FILES_OPEN.num_minutes();
    let until = say!(
        locale,
        "下面的链接 {minutes} 分钟内可以打开；过了时间，请重新取一份副本。",
        "These links open for {minutes} minutes. After that, take another copy."
    );
    Some(
        view! {
            <div class="flow off-paper">
                <p>{until}</p>
                <ul class="claim-looks" role="list">{rows}</ul>
            </div>
        }
        .into_any(),
    )
}

fn row(visit: &Visit, opened: &Opened, (kept, file): (&Kept, &Handed)) -> Option<AnyView> {
    let Stands::Open { kind, .. } = file.stands else { return None };
    let id = file.id.to_string();
    let href = pairs::address(&opened.address(visit, PAGE), [(FILE, id.as_str()), (KEY, kept.files_key.as_str())]);
    let (text, paper) = (called(visit.locale, kind, &file.name), paper(opened, &file.paper, visit.locale));
    Some(view! { <li class="claim-look"><p>{paper} " " <a href=href>{text}</a></p></li> }.into_any())
}

fn paper(opened: &Opened, id: &str, locale: Locale) -> String {
    let paper = opened.procedure().papers.iter().find(|paper| paper.id == id);
    paper.map_or_else(String::new, |paper| paper.name.say(locale).to_owned())
}
