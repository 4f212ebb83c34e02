//! How many there is room for, and what grade somebody gave: facts with their day.

use leptos::prelude::*;
use shared::{
    directory::{Listing, Section, said::month_day::short_date},
    locale::Locale,
    say,
};

use super::{super::Scene, aged::aged};

pub fn draw(scene: &Scene<'_>, listing: &Listing) -> Option<AnyView> {
    let (locale, today) = (scene.locale(), scene.now.date());
    let room = room(locale, listing, today).map(|text| {
        let old = aged(scene, listing, Section::Capacity);
        fact(locale.say("能接待多少人", "Room for"), text, old)
    });
    let grade = grade(locale, listing, today).map(|text| {
        let old = aged(scene, listing, Section::Grade);
        fact(locale.say("等级", "Grade"), text, old)
    });
    (room.is_some() || grade.is_some()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("还有这些", "More about it")}</h2>
                <dl class="facts">{room} {grade}</dl>
            </section>
        }
        .into_any()
    })
}

fn fact(name: &'static str, text: String, old: Option<AnyView>) -> AnyView {
    view! { <div class="fact"><dt>{name}</dt><dd>{text}{old}</dd></div> }.into_any()
}

/// `30 个日间位（到2026年5月1日）`.
pub fn room(locale: Locale, listing: &Listing, today: chrono::NaiveDate) -> Option<String> {
    let capacity = listing.capacity?;
    let beds = capacity.beds.map(|beds| say!(locale, "{beds} 张床", "{beds} beds"));
    let nursing = capacity.nursing_beds.map(|beds| say!(locale, "其中护理床 {beds} 张", "{beds} of them for nursing"));
    let places = capacity.places.map(|places| say!(locale, "{places} 个日间位", "{places} places by day"));
    let all: Vec<_> = beds.into_iter().chain(nursing).chain(places).collect();
    let day = short_date(locale, capacity.as_of, today);
    let all = all.join(locale.say("，", ", "));
    (!all.is_empty()).then(|| say!(locale, "{all}（{day}的数）", "{all} (as of {day})"))
}

/// `五星级（市民政局，2026年5月1日）`.
pub fn grade(locale: Locale, listing: &Listing, today: chrono::NaiveDate) -> Option<String> {
    let grade = listing.grade.as_ref()?;
    let (name, issuer, day) = (grade.grade.say(locale), grade.issuer.say(locale), short_date(locale, grade.on, today));
    Some(say!(locale, "{name}（{issuer}，{day}评定）", "{name} ({issuer}, {day})"))
}
