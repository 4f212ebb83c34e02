//! Ending a day, for whoever manages the office: who is not done stands on the button's own lines.

use leptos::prelude::*;
use shared::{calendar::shanghai_date, counter::StateName, say};

use super::{
    act::{FORM, Pressed},
    seen::Seen,
};

/// Nothing for a day that is closed already, or still to come.
pub fn draw(seen: &Seen<'_>) -> Option<AnyView> {
    let locale = seen.locale();
    if !seen.may.manage || seen.sheet.closed.is_some() || seen.date > shanghai_date(seen.now) {
        return None;
    }
    let count =
        |states: &[StateName]| seen.sheet.visits.iter().filter(|row| states.contains(&row.state.kind())).count();
    let at_counters = count(&[StateName::Called, StateName::Serving]);
    let (waiting, parked) = (count(&[StateName::Arrived]), count(&[StateName::Parked]));
    let not_come = count(&[StateName::Booked]);
    let lines = [
        (waiting, say!(locale, "{waiting} 个还在等候", "{waiting} still wait")),
        (parked, say!(locale, "{parked} 个暂放", "{parked} are set aside")),
        (not_come, say!(locale, "{not_come} 个约了没有来", "{not_come} booked and did not come")),
    ];
    let lines = lines.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| view! { <li>{words}</li> });
    let lines = lines.collect_view();
    let pressed = Pressed::CloseDay { version: seen.sheet.version };
    let body = if at_counters > 0 {
        let words = say!(
            locale,
            "还有 {at_counters} 个窗口前有人，办完才能结束。",
            "{at_counters} are still at a counter; they are served first."
        );
        view! { <p>{words}</p> }.into_any()
    } else {
        view! {
            <p>
                {locale.say(
                    "结束以后窗口都关闭，这一天的记录要改，就要写明原因。",
                    "All counters close, and whatever is changed afterwards needs a reason.",
                )}
            </p>
            <ul>{lines}</ul>
            <p>
                <button class="act act-taking" form=FORM name="do" value=pressed.value()>
                    {locale.say("结束这一天", "End the day")}
                </button>
            </p>
        }
        .into_any()
    };
    Some(
        view! {
            <details class="ask">
                <summary>{locale.say("结束这一天…", "End the day…")}</summary>
                <div class="ask-body">{body}</div>
            </details>
        }
        .into_any(),
    )
}
