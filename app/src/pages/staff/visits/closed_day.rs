//! What is left to do with a visit once its day is over: whoever was never served has no end that could be put right, and is
//! entered from where paper is.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::{counter::StateName, say};

use super::Opened;
use crate::pages::staff::day::paper;

/// Nothing while the day goes on.
pub(super) fn draw(opened: &Opened<'_>) -> Option<AnyView> {
    let (locale, one) = (opened.locale(), &opened.one);
    if !one.day_counts_as_closed {
        return None;
    }
    if one.row.state.is_over() {
        // Whoever was sent on has an end of their own there.
        let text = if one.row.state.kind() == StateName::Redirected {
            locale.say("这一天已经结束。", "That day is closed.")
        } else if one.may.manage {
            locale.say(
                "这一天已经结束。结果写错的，在下面更正。",
                "That day is closed. A wrong outcome is corrected below.",
            )
        } else {
            locale.say(
                "这一天已经结束。结果写错的，请大厅负责人更正。",
                "That day is closed. The office manager corrects a wrong outcome.",
            )
        };
        return Some(view! { <p>{text}</p> }.into_any());
    }
    if one.row.excused && one.row.state.kind() == StateName::Booked {
        let text = locale.say(
            "这一天已经结束。约的时间停办了，没有来的不算未到。",
            "That day is closed. Its time was closed too, so nobody is a no-show.",
        );
        return Some(view! { <p>{text}</p> }.into_any());
    }
    if !one.may.manage {
        let text = locale.say(
            "这一天已经结束，这个号没有结果，请大厅负责人补录。",
            "That day is closed, and this visit has no outcome. The office manager enters it.",
        );
        return Some(view! { <p>{text}</p> }.into_any());
    }
    let href = opened.visit.url(&opened.day().at(paper::PAGE));
    let text = locale.say("补录结果，写明理由", "Enter what came of it, with a reason");
    Some(
        view! {
            <p>{locale.say("这一天已经结束，这个号没有结果。", "That day is closed, and this visit has no outcome.")}</p>
            <p><a href=href>{text}</a></p>
        }
        .into_any(),
    )
}

/// In the place of undoing and of correcting, for what was done within the minute before the day was ended.
pub(super) fn not_yet(opened: &Opened<'_>, from: DateTime<Utc>) -> AnyView {
    let locale = opened.locale();
    let left = (from - opened.now).num_seconds() + 1;
    let words = say!(
        locale,
        "这一天结束了，刚才记的结果不能再撤销。{left} 秒以后再打开这一页，就可以更正。",
        "The day was ended, so what was just recorded cannot be undone. Open this page again in {left} s to correct it."
    );
    view! { <p>{words}</p> }.into_any()
}
