//! The last act, as long as it can be undone: nobody is asked "are you sure?", they are given a minute instead.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::counter::day::Row;
use shared::{
    counter::{ActName, UNDO_WITHIN},
    locale::Locale,
    say,
};

use super::{
    act::{FORM, Pressed, called, service_of},
    seen::Seen,
    stands,
};
use crate::pages::staff::visits::printed;

/// Of the visit that the address names, or else of one's own last step; nothing once the minute is over. It has the focus
/// where nothing else comes next.
pub fn strip(seen: &Seen<'_>, has_focus: bool) -> Option<AnyView> {
    let locale = seen.locale();
    let row = seen.row(seen.asked.did.as_ref().or(seen.last.as_ref())?)?;
    let (said, undo, until) = undoable(seen, row).or_else(|| ticket(seen, row))?;
    let left = u64::try_from((until - seen.now).num_seconds()).unwrap_or_default();
    // Who is refused is owed the reason, and who lacks something a list of it, now that they stand there.
    let written = printed(locale, row, service_of(seen, row))
        .map(|(sheet, words)| view! { <a class="act" href=seen.visit.url(&sheet)>{words}</a> });
    Some(
        view! {
            <div class="undo met" id="undo" tabindex="-1" autofocus=has_focus>
                <p>{locale.say("刚才：", "Just now: ")}<b>{said}</b></p>
                <button class="act" form=FORM name="do" value=undo.value() data-undo>
                    {locale.say("撤销", "Undo")}
                    <span
                        class="undo-left"
                        data-left=left.to_string()
                        data-words=words(locale)
                        data-over=locale.say("过了一分钟，不能再撤销", "the minute is over")
                    >
                        {words(locale).replace("{}", &left.to_string())}
                    </span>
                </button>
                {written}
            </div>
        }
        .into_any(),
    )
}

/// What was done, what undoes it, and until when.
type Undoable = (String, Pressed, DateTime<Utc>);

fn undoable(seen: &Seen<'_>, row: &Row) -> Option<Undoable> {
    let locale = seen.locale();
    let (act, until) = row.undoable?;
    let (number, act_words) = (called(row, locale), act.words(locale));
    let said = match act {
        // What came of it is the one thing that cannot be seen elsewhere.
        ActName::Finish | ActName::Correct => {
            let state = stands::state(seen, row);
            say!(locale, "{number} {act_words}：{state}", "{number} {act_words}: {state}")
        }
        ActName::Redirect => format!("{number} {}", stands::state(seen, row)),
        _ => format!("{number} {act_words}"),
    };
    Some((said, Pressed::Visit { act: ActName::Undo, version: row.version, visit: row.id.clone() }, until))
}

/// A ticket that nobody wanted: whoever has it is let go at once, and its place is free again.
fn ticket(seen: &Seen<'_>, row: &Row) -> Option<Undoable> {
    let locale = seen.locale();
    let is_fresh = row.walk_in && row.version == 0 && row.times.came == Some(row.since);
    let until = row.since + UNDO_WITHIN;
    if !is_fresh || seen.sheet.counts_as_closed || seen.now >= until {
        return None;
    }
    let number = called(row, locale);
    let said = say!(locale, "{number} 取号", "ticket {number}");
    Some((said, Pressed::Visit { act: ActName::GiveBack, version: row.version, visit: row.id.clone() }, until))
}

/// How long there is, with a mark for the number that the script counts down.
fn words(locale: Locale) -> &'static str {
    locale.say("还有 {} 秒", "{} s left")
}
