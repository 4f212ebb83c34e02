//! What is printed for those of a visit: the frame of a sheet, and the lines that stand on each.

use axum::response::Response;
use leptos::prelude::*;
use server::counter::day::Row;
use shared::locale::Locale;

use crate::{
    components::{back_link::BackLink, summary::Row as Line},
    draw,
    pages::staff::day::ticket,
    visit::Visit,
};

/// Written by hand.
pub(in crate::pages::staff) const TO_WRITE: &str = "＿＿＿＿＿＿＿＿";

/// A page for paper; what is said of it stands on the screen alone.
pub(in crate::pages::staff) fn draw<V: IntoView + 'static>(
    visit: &Visit,
    back: &str,
    (title, said): (&str, &'static str),
    body: impl FnOnce() -> V,
) -> Response {
    let back = visit.url(back);
    draw::no_store(draw::sheet_of_staff(visit, title, || {
        view! {
            <div class="sheet-screen">
                <BackLink href=back text=visit.say("返回", "Back") />
                <p>{said}</p>
                <p>{visit.say("请点浏览器菜单里的“打印”。", "Choose “Print” in the menu of the browser.")}</p>
            </div>
            {body()}
        }
    }))
}

/// What it is called by: nobody's name is printed from here.
pub(super) fn number(locale: Locale, row: &Row) -> Option<Line> {
    match (row.reference, row.ticket) {
        (Some(reference), _) => Some(Line::new(locale.say("预约号", "Reference number"), reference.to_string())),
        (None, Some(number)) => Some(Line::new(locale.say("现场号", "Ticket"), ticket(number))),
        (None, None) => None,
    }
}

/// Where people complain of how they were served, where that is set.
pub(in crate::pages::staff) fn supervision(visit: &Visit) -> Option<Line> {
    let phone = visit.portal.supervision_phone.clone()?;
    Some(Line::new(visit.say("监督电话", "To complain"), phone))
}
