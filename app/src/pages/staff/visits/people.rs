//! The people of a visit, masked, each with the papers of their kind and what to look at in them.

use leptos::prelude::*;

use shared::{counter::StateName, staff::Right};

use super::{
    Opened,
    unmask::{self, Unmask},
};
use crate::pages::staff::own_data;

pub fn draw(opened: &Opened<'_>, unmask: &Unmask) -> AnyView {
    let (locale, one) = (opened.locale(), &opened.one);
    let look =
        opened.pages.and_then(|pages| pages.at_counter.beside(opened.visit, one.people.as_ref(), one.row.walk_in));
    let people = one.row.people.iter().map(|person| {
        let number =
            person.id_number_tail.as_ref().map(|tail| format!("{} {tail}", locale.say("证件尾号", "document ending")));
        let phone = (!person.phone_tail.is_empty())
            .then(|| format!("{} {}", locale.say("手机尾号", "phone ending"), person.phone_tail));
        let rest = [number, phone].into_iter().flatten().collect::<Vec<_>>().join(locale.say("，", ", "));
        view! { <li>{person.name.clone()} " " <span class="soft">{rest}</span></li> }
    });
    let people = people.collect_view();
    let nobody = one.row.people.is_empty().then(|| {
        let text = if one.row.walk_in {
            locale.say("现场取号，没有登记姓名。", "A walk-in: nobody was asked for a name.")
        } else {
            locale.say("保存期已过，姓名和号码已经删除。", "The time for keeping names and numbers is over.")
        };
        view! { <p>{text}</p> }
    });
    let at_desk = one.row.at_desk.then(|| {
        let text = locale.say(
            "核对身份：预约时不知道手机是不是本人的，请看证件。",
            "Check identity: whose phones these are was not known.",
        );
        view! { <p><span class="tag tag-warning">{text}</span></p> }
    });
    let may_look_up =
        opened.visit.at_work.as_ref().is_some_and(|at_work| at_work.rights.contains(&Right::ReleaseBooking));
    let own_data = (may_look_up && !one.row.people.is_empty()).then(|| {
        let href = opened.visit.url(own_data::PAGE);
        let text = locale.say(
            "本人要看、更正或者删除自己的信息：看着证件办",
            "They want their own data, put right or erased: from their document",
        );
        view! { <p><a href=href>{text}</a></p> }
    });
    // Before they come and after they went it only stands in the way.
    let is_here =
        matches!(one.row.state.kind(), StateName::Arrived | StateName::Called | StateName::Serving | StateName::Parked);
    view! {
        <section class="flow">
            <h2>{locale.say("来办的人", "Who comes")}</h2>
            <ul class="one-visit-people" role="list">{people}</ul>
            {nobody}
            {at_desk}
            {unmask::form(opened, unmask)}
            {own_data}
            {look.map(|look| {
                view! {
                    <details class="ask" open=is_here>
                        <summary>{locale.say("请看这些…", "Look at these…")}</summary>
                        <div class="beside-them">
                            <h3 class="hidden-visually">{locale.say("请看这些", "Look at these")}</h3>
                            {look}
                        </div>
                    </details>
                }
            })}
        </section>
    }
    .into_any()
}
