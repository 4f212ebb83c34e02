//! What can be done with a visit in its row.

use leptos::prelude::*;
use server::counter::day::Row;
use shared::{
    calendar::shanghai_date,
    counter::{ActName, StateName},
    say,
};

use super::{act, asked::counter_of, current, elsewhere, ends, first, seen::Seen, stands::is_today};

/// What can be done at once, and the rest behind one press.
pub fn acts(seen: &Seen<'_>, row: &Row) -> AnyView {
    let locale = seen.locale();
    // Whoever was found on another day is dealt with there.
    if !seen.may.work || (seen.sheet.counts_as_closed && !seen.may.correct) || shanghai_date(row.starts_at) != seen.date
    {
        return ().into_any();
    }
    let undo = row.undoable.map(|(undone, _)| {
        let undone = undone.words(locale);
        act::button(row, ActName::Undo, say!(locale, "撤销“{undone}”", "Undo “{undone}”"), locale)
    });
    let mine = seen.mine();
    let here = mine.is_some_and(|mine| counter_of(&row.state) == Some(mine.id));
    let is_at_other = matches!(row.state.kind(), StateName::Called | StateName::Serving) && !here;
    if seen.sheet.counts_as_closed {
        // Whoever enters paper or corrects undoes their slip, and whoever manages frees a counter; everything else takes a reason.
        let frees = [ActName::Park, ActName::Left].map(|name| act::button(row, name, name.words(locale), locale));
        let frees = (is_at_other && seen.may.manage).then_some(frees);
        let acts: Vec<_> = undo.into_iter().chain(frees.into_iter().flatten()).collect();
        return (!acts.is_empty())
            .then(|| view! { <div class="acts">{acts.into_iter().collect_view()}</div> })
            .into_any();
    }
    let out_of_order = seen.may.call_out_of_order && mine.is_some_and(|mine| mine.visit.is_none());
    let button = |name: ActName, text: &'static str| act::button(row, name, text, locale);
    let (first, rest): (Option<AnyView>, Vec<AnyView>) = match row.state.kind() {
        StateName::Booked if is_today(seen, row) => {
            let absent = (row.starts_at <= seen.now && !row.excused).then(|| ends::no_show(seen, row, None));
            (Some(button(ActName::Arrive, locale.say("签到", "Check in"))), absent.into_iter().collect())
        }
        StateName::Arrived => {
            let call = out_of_order.then(|| first::call(seen, row));
            let priority = if row.priority {
                button(ActName::EndPriority, locale.say("取消优先", "End priority"))
            } else {
                button(ActName::GivePriority, locale.say("标记优先", "Give priority"))
            };
            let left = button(ActName::Left, locale.say("已离开", "They left"));
            // From another day than today nobody is sent on, and none of it is called again.
            let on = is_today(seen, row).then(|| elsewhere::redirect(seen, row));
            (None, call.into_iter().chain([priority, left]).chain(on).collect())
        }
        StateName::Parked => {
            let here = mine.filter(|mine| mine.visit.is_none()).map(|mine| current::back_here(seen, row, mine));
            let hall = is_today(seen, row).then(|| current::back_to_hall(seen, row));
            let left = button(ActName::Left, locale.say("已离开", "They left"));
            let on = is_today(seen, row).then(|| elsewhere::redirect(seen, row));
            let rest = [left].into_iter().chain(on);
            match here {
                Some(here) => (Some(here), hall.into_iter().chain(rest).collect()),
                None => (hall, rest.collect()),
            }
        }
        StateName::Left | StateName::NoShow if row.comes_back && is_today(seen, row) => {
            (None, vec![button(ActName::Arrive, locale.say("回来了，继续等", "They are back"))])
        }
        // What another counter has is its own; a manager helps where nobody sits there any more.
        _ if is_at_other && seen.may.manage => (None, vec![button(ActName::Park, ActName::Park.words(locale))]),
        _ => (None, Vec::new()),
    };
    let rest: Vec<_> = undo.into_iter().chain(rest).collect();
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="more" name="more">
                <summary>
                    {locale.say("更多", "More")}
                    <span class="hidden-visually">{format!(" {}", act::called(row, locale))}</span>
                </summary>
                <div class="more-body">{rest.into_iter().collect_view()}</div>
            </details>
        }
    });
    view! {
        <div class="acts">
            {first}
            {more}
        </div>
    }
    .into_any()
}
