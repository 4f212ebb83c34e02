//! What people say is wrong with places, until an office has a screen for it.

use std::fmt::Write;

use server::{App, directory::reports};
use shared::{appointments::BookingReference as Receipt, calendar::shanghai, locale::Locale, plain_words::PlainWords};

use super::told;
use crate::command::Said;

/// Characters of an answer.
const LONGEST: usize = 300;

pub async fn list(app: &App) -> Said {
    let waiting = reports::waiting(app).await?;
    let mut said = String::new();
    for kept in waiting {
        let (when, about) = (shanghai(kept.made_at).format("%Y-%m-%d %H:%M"), kept.report.about.words());
        // Writing to a String cannot fail.
        let _ = writeln!(said, "{}  {when}  {}  {}: {}", kept.receipt, kept.place, about.zh, kept.report.words);
    }
    Ok(if said.is_empty() { "Nothing waits for an answer.\n".to_owned() } else { said })
}

pub async fn answer(app: &App, receipt: &str, text: &str, again: bool) -> Said {
    let receipt = Receipt::parse(receipt)?;
    let words = PlainWords::of(PlainWords::ASKED, LONGEST, text).map_err(|wrong| wrong.sentence(Locale::En))?;
    let answered = if again {
        reports::answer_again(app, &receipt, &words, app.now()).await
    } else {
        reports::answer(app, &receipt, &words, app.now()).await
    };
    answered.map_err(told)?;
    Ok("It is answered; whoever has the receipt reads it now.\n".to_owned())
}
