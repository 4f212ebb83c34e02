//! One place in a list: its name, where it is, whether it is open, what it offers, and its phone.

use leptos::prelude::*;
use shared::{
    directory::{
        Filter, Listing,
        said::{Call, Entry, Phrase, Said, StateSaid, Sure},
    },
    locale::Locale,
};

use super::{Scene, call::call};

/// Draws one, as it stands for what is looked for.
pub fn entry(scene: &Scene<'_>, listing: &Listing, filter: &Filter) -> AnyView {
    let (locale, said) = (scene.locale(), scene.entry(listing, filter));
    let href = scene.way_to(listing);
    drawn(locale, href, &said, None, call(locale, said.name, &said.call))
}

/// One with every part that any has and nothing in it: a script fills in what it found (`public/assets/begin-near.js`).
pub fn blank(locale: Locale) -> AnyView {
    let dash = || Said::plain("-");
    let said = Entry {
        name: "-",
        place: dash(),
        of: Some(dash()),
        state: StateSaid { said: dash(), class: "" },
        sure: Some(Sure { said: Phrase::Booked.into(), weak: false }),
        services: Some(dash()),
        call: Call::Silent(dash()),
    };
    let calls = [Call::Dial("-"), said.call.clone()].map(|one| call(locale, said.name, &one));
    let calls = view! { {calls.into_iter().collect_view()} }.into_any();
    drawn(locale, String::new(), &said, Some("-".into()), calls)
}

fn drawn(locale: Locale, href: String, said: &Entry<'_>, far: Option<String>, call: AnyView) -> AnyView {
    let services = said.services.as_ref().map(|services| services.text(locale));
    view! {
        <li class="place">
            <h3 class="place-name"><a href=href>{said.name.to_owned()}</a></h3>
            {far.map(|far| view! { <p class="place-far">{far}</p> })}
            <p class="place-where">{said.place.text(locale)}</p>
            {standing(locale, said)}
            {services.map(|services| view! { <p class="place-what">{services}</p> })}
            {call}
        </li>
    }
    .into_any()
}

/// Whether it is open, for which service and when that is not of the place now, and how sure that is.
pub fn standing(locale: Locale, said: &Entry<'_>) -> AnyView {
    let of = said.of.as_ref().map(|of| view! { <span class="place-of">{of.text(locale)}</span> });
    let sure = said.sure.as_ref().map(|sure| {
        let class = sure_class(sure);
        view! { <span class=class>{sure.said.text(locale)}</span> }
    });
    view! { <p class="place-now">{of} {state_tag(locale, &said.state)} " " {sure}</p> }.into_any()
}

/// Of how sure something is; marked where it is better asked.
pub fn sure_class(sure: &Sure) -> &'static str {
    if sure.weak { "place-sure place-unsure" } else { "place-sure" }
}

pub fn state_tag(locale: Locale, state: &StateSaid<'_>) -> AnyView {
    let class = format!("state {}", state.class);
    view! { <span class=class>{state.text(locale)}</span> }.into_any()
}
