//! Who has how many cases before them, so that nobody is given what somebody else has time for.

use leptos::prelude::*;
use server::{case_officers::Load, procedures::queue::Queue};

use super::{
    Officers,
    asked::{Asked, List},
    none,
};
use crate::visit::Visit;

pub(super) fn draw(visit: &Visit, officers: &Officers, loads: &[Load]) -> AnyView {
    let locale = visit.locale;
    // Whoever has none is worth as much as whoever has many.
    let idle = officers.able.iter().filter(|person| loads.iter().all(|load| load.person != **person));
    let idle = idle.map(|person| Load { person: person.clone(), open: 0, due: 0 });
    let all: Vec<Load> = loads.iter().cloned().chain(idle).collect();
    if all.is_empty() {
        return none(visit, List::Load);
    }
    let rows = all.iter().map(|load| {
        let gone = (!officers.able.is_empty() && !officers.able.contains(&load.person)).then(|| {
            locale.say("，已经不办申请了，请转给别人", ", who works on none any more: give them to somebody else")
        });
        view! {
            <tr>
                <th scope="row">{officers.called(&load.person, locale)} {gone}</th>
                <td>{load.open.to_string()}</td>
                <td>{load.due.to_string()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class="case-load">
            <caption>{locale.say("每个人手里还没有办完的申请", "Applications that are with somebody and not decided")}</caption>
            <thead>
                <tr>
                    <th scope="col">{locale.say("谁", "Who")}</th>
                    <th scope="col">{locale.say("在办", "open")}</th>
                    <th scope="col">{locale.say("今天到期或者已经超期", "due today or late")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p>
            <a href=visit.url(&Asked::of(List::Of(Queue::Unassigned)).path())>
                {locale.say("还没有人办的", "Those that are nobody’s yet")}
            </a>
        </p>
    }
    .into_any()
}
