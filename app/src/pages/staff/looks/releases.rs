//! One line of the bookings that somebody came upon by a document, or that an office ended.

use leptos::prelude::*;
use server::counter::looks::releases::{Entry, Told, What};
use shared::{locale::Locale, say};

use super::linked;
use crate::{
    components::{notice::Tone, tag::Tag},
    pages::staff::visits::history::by,
    visit::Visit,
    words,
};

/// Which time it is that the same was done by the same person within the minute that a line tells; none where it was once. The
/// newest stands first.
pub(super) fn time(entries: &[Entry], n: usize) -> Option<usize> {
    let minute = |entry: &Entry| entry.at.timestamp() / 60;
    let is_same = |one: &Entry, other: &Entry| {
        (&one.who, &one.what, one.reference, minute(one)) == (&other.who, &other.what, other.reference, minute(other))
    };
    let entry = entries.get(n)?;
    let all = entries.iter().filter(|other| is_same(entry, other)).count();
    let until = entries.iter().skip(n).filter(|other| is_same(entry, other)).count();
    (all > 1).then_some(until)
}

/// `opens`: whoever reads it may open visits of the office; `time`: which of several times alike it is.
pub(super) fn line(visit: &Visit, entry: &Entry, opens: bool, time: Option<usize>) -> AnyView {
    let locale = visit.locale;
    let again = time.map(|time| say!(locale, "，这一分钟里第 {time} 次", ", time {time} within this minute"));
    let reference = entry.reference.map(|reference| reference.to_string()).unwrap_or_default();
    let booked = words::moment(locale, entry.starts_at);
    let which = say!(locale, "预约号 {reference}，{booked}", "reference {reference}, {booked}");
    let which = linked(visit, entry.visit.as_ref().filter(|_| opens), which);
    let who = format!("{} · {}", by(locale, &entry.who), words::moment(locale, entry.at));
    let reason = match &entry.what {
        What::Released { reason: Some(reason), .. } | What::Disowned { reason: Some(reason), .. } => {
            Some(view! { <p>{say!(locale, "原因：{reason}", "why: {reason}")}</p> })
        }
        _ => None,
    };
    let read = entry.number_read_at.map(|at| {
        let at = words::moment(locale, at);
        let text = say!(locale, "{at} 同一账号看过完整的证件号码", "number read in full by the same account on {at}");
        view! { <p><Tag text=text tone=Tone::Warning /></p> }
    });
    view! {
        <li>
            {read}
            <p>{what(locale, &entry.what)}{again} " · " {which}</p>
            {reason}
            <p class="soft">{who}</p>
        </li>
    }
    .into_any()
}

fn what(locale: Locale, what: &What) -> String {
    let told = match what {
        What::LookedUp => return locale.say("按证件查到了预约", "looked up by a document").to_owned(),
        What::Met => {
            return locale.say("代为预约时，查到已经有预约", "met when booking for somebody whom it names").to_owned();
        }
        What::Copied => return locale.say("打印了本人的一份", "printed a copy for one of them").to_owned(),
        What::Corrected => return locale.say("看着证件更正了信息", "corrected details from a document").to_owned(),
        What::Erased => return locale.say("按本人要求删除了信息", "erased details as asked").to_owned(),
        What::Disowned { told, .. } => return disowned(locale, *told),
        What::Released { told, .. } => told,
    };
    match told {
        Told::AtOnce => locale.say("撤销了预约，马上通知", "released, and told at once").to_owned(),
        Told::Never => locale.say("撤销了预约，不通知", "released, and never told").to_owned(),
        Told::At(at) => {
            let at = words::moment(locale, *at);
            say!(locale, "撤销了预约，{at} 通知", "released, to be told on {at}")
        }
    }
}

/// Said not to be theirs after it had ended; with when its phones are told, where that is still to come.
fn disowned(locale: Locale, told: Option<Told>) -> String {
    let said = locale.say("记下本人说不是自己约的", "noted that it is not theirs");
    match told {
        None | Some(Told::AtOnce) => said.to_owned(),
        Some(Told::Never) => say!(
            locale,
            "{said}；两次里有一次选了不通知，所以不通知",
            "{said}; one of the two chose to tell nobody, so nobody is told"
        ),
        Some(Told::At(at)) => {
            let at = words::moment(locale, at);
            say!(locale, "{said}，{at} 通知", "{said}, to be told on {at}")
        }
    }
}
