//! Where a visit goes on: on the sheet of its day, where that has an act for whoever looks, or else by whom.

use leptos::prelude::*;
use shared::{calendar::shanghai_date, counter::StateName, say};

use super::Opened;
use crate::pages::staff::day::{paper, seen::beside_words};

/// Nothing before its day.
pub(super) fn draw(opened: &Opened<'_>) -> Option<AnyView> {
    let (locale, one) = (opened.locale(), &opened.one);
    let (row, today) = (&one.row, shanghai_date(opened.now));
    let at_other = row.state.counter().filter(|_| !one.is_mine && !one.may.manage && row.undoable.is_none());
    if let Some(counter) = at_other {
        let sign = opened.sign(counter);
        let sign = beside_words(&sign);
        let text = say!(
            locale,
            "现在在{sign}，由那里办理。那里没有人的，请大厅负责人来。",
            "They are at{sign}, which goes on with them. If nobody sits there, ask the office manager."
        );
        return Some(view! { <p>{text}</p> }.into_any());
    }
    if row.state.kind() == StateName::Booked && one.date != today {
        // Before its day nothing is done on its sheet; after it, what came of it is entered.
        let is_lacking = one.date < today && !row.excused;
        return is_lacking.then(|| {
            let href = opened.visit.url(&opened.day().at(paper::PAGE));
            let text = locale.say("没有来的，补录结果", "They did not come: enter what came of it");
            view! { <p><a href=href>{text}</a></p> }.into_any()
        });
    }
    let text = if row.state.is_over() {
        locale.say("到当天的名单上撤销（一分钟以内）", "Undo it on the day sheet (within the minute)")
    } else {
        locale.say("到当天的名单上办理这个号", "Deal with it on the day sheet")
    };
    Some(view! { <p><a href=opened.on_the_sheet()>{text}</a></p> }.into_any())
}
