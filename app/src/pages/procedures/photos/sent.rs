//! What the forms of papers bring: files, or a change of what is there.

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    http::HeaderMap,
};
use chrono::{DateTime, Utc};
use server::{App, Error, client::Client, in_hand, procedures::papers::Tray};
use shared::{
    field::FieldMessage,
    locale::Locale,
    problem::Problem,
    procedures::{FileId, Refusal},
    say,
};

use crate::{
    multipart::{Part, parts},
    pairs::{Pairs, value},
};

/// Megabytes of one form, which is read whole: a few photographs at once.
pub(super) const MEGABYTES_AT_ONCE: usize = 40;
const MOST: usize = MEGABYTES_AT_ONCE * 1024 * 1024;

/// A form with files of one paper, as it was sent.
pub(in crate::pages::procedures) struct Sent<'a> {
    pub client: &'a Client,
    pub headers: &'a HeaderMap,
    pub body: Body,
    pub paper: &'a str,
}

/// Lays the files of a form into the tray, one after the other: one that is no good keeps none of those before it. What is wrong
/// is told at the paper. Nothing is read before it was counted and there is room for it.
///
/// # Errors
/// What is not the files' fault.
pub(in crate::pages::procedures) async fn take(
    app: &App,
    (locale, now): (Locale, DateTime<Utc>),
    tray: &Tray,
    sent: Sent<'_>,
) -> Result<Option<FieldMessage>, Error> {
    let Sent { client, headers, body, paper } = sent;
    let told =
        |code: &str, message: String| Some(FieldMessage { field: paper.to_owned(), code: code.to_owned(), message });
    // Where the sender does not say how much comes, it may be the most.
    let bytes = body.size_hint().upper().unwrap_or(u64::MAX).min(MOST as u64);
    tray.count(app, client, bytes)?;
    let _room = in_hand::coming(app, client.address, bytes).await?;
    let Ok(body) = to_bytes(body, MOST).await else {
        return Ok(told("too_large", too_large(locale)));
    };
    let parts = parts(headers, &body).ok_or(Problem::Malformed)?;
    let chosen: Vec<_> = parts.into_iter().filter_map(chosen).collect();
    if chosen.is_empty() {
        let message = locale.say("请先选照片或者 PDF，再交。", "Choose photos or PDFs first.");
        return Ok(told("missing", message.to_owned()));
    }
    for (place, (name, bytes)) in chosen.into_iter().enumerate() {
        // The first was counted with the form.
        if place > 0 {
            tray.count(app, client, 0)?;
        }
        let taken = tray.take(app, (paper, &name), bytes, now).await;
        match taken.map_err(|error| (error.refusal::<Refusal>(), error)) {
            Ok(_) => {}
            Err((Some(refusal @ Refusal::File(_)), _)) => {
                let problem = Problem::from(refusal);
                let sentence = problem.sentence(locale);
                return Ok(told(problem.code(), say!(locale, "“{name}”：{sentence}", "“{name}”: {sentence}")));
            }
            Err((_, error)) => return Err(error),
        }
    }
    Ok(None)
}

/// Takes a file away or moves it up. Pressed twice, it is done once.
///
/// # Errors
/// [`Problem::Malformed`] for what no form sends.
pub(in crate::pages::procedures) async fn change(
    app: &App,
    tray: &Tray,
    sent: &Pairs,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let id = value(sent, "file").and_then(|id| FileId::parse(id).ok()).ok_or(Problem::Malformed)?;
    let done = match value(sent, "do") {
        Some("remove") => tray.remove(app, &id, now).await,
        Some("up") => tray.move_up(app, &id).await,
        _ => return Err(Problem::Malformed.into()),
    };
    match done {
        // The page shows how it stands now.
        Err(Error::Overtaken | Error::Problem(Problem::NotFound)) => Ok(()),
        done => done,
    }
}

/// The name and the bytes of a file; none for a field in which nothing was chosen.
fn chosen(part: Part) -> Option<(String, Bytes)> {
    let name = part.file?;
    let is_nothing = name.is_empty() && part.bytes.is_empty();
    (!is_nothing).then_some((name, part.bytes))
}

fn too_large(locale: Locale) -> String {
    say!(
        locale,
        "一次选的合起来超过 {MEGABYTES_AT_ONCE} MB，没有收下。请少选几个，分几次交。",
        "What you chose has more than {MEGABYTES_AT_ONCE} MB together and was not taken. Choose fewer, and send them one after the other."
    )
}
