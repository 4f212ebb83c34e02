//! What to compare the one with that is chosen: the nearest to it, each by one press.

use leptos::prelude::*;
use shared::{
    directory::{Filter, Listing, walk},
    say,
};

use super::super::Scene;
use crate::{components::row_link::RowLink, pairs::address};

/// Others that are named.
const MOST: usize = 8;

/// Those of the same centre come before others that lie as far, or where nobody knows where they lie.
pub(super) fn draw(scene: &Scene<'_>, chosen: &Listing, filter: &Filter) -> Option<AnyView> {
    let locale = scene.locale();
    let shown = scene.listings().iter().filter(|one| one.id != chosen.id && scene.is_shown(one));
    let mut others: Vec<_> = shown.map(|one| (metres(chosen, one), one)).collect();
    others.sort_by_key(|(metres, one)| (metres.unwrap_or(u32::MAX), !is_related(chosen, one)));
    let title = match others.first()? {
        (Some(_), _) => {
            locale.say("离它近的（直线距离），点一个就能比", "Near it, in a straight line: press one to compare")
        }
        (None, _) => locale.say("点一个就能比", "Press one to compare"),
    };
    let rows = others.into_iter().take(MOST).map(|(metres, one)| {
        let pairs = filter.pairs();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let ids = [chosen, one].map(|one| ("id", one.id.as_str()));
        let href = address(&scene.pages.url(scene.visit, "/compare"), pairs.chain(ids));
        let far = metres.map(|metres| match metres {
            0 => locale.say("同一处", "at the same place").to_owned(),
            _ => walk::way(metres).text(locale),
        });
        let state = scene.state(one, None).text(locale);
        let about = match far {
            Some(far) => say!(locale, "{far}；{state}", "{far}; {state}"),
            None => state,
        };
        view! { <li><RowLink href=href title=one.name.say(locale) about=about /></li> }
    });
    Some(
        view! {
            <section class="flow">
                <h2>{title}</h2>
                <ul class="days" role="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Whole metres between two places, where both are known to lie somewhere.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres on the earth")]
fn metres(one: &Listing, other: &Listing) -> Option<u32> {
    Some(one.spot?.ground().metres_to(other.spot?.ground()).round() as u32)
}

fn is_related(one: &Listing, other: &Listing) -> bool {
    let below = |one: &Listing, other: &Listing| one.parent.as_ref() == Some(&other.id);
    below(one, other) || below(other, one) || one.parent.is_some() && one.parent == other.parent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::{at, drawn, station, text};

    #[test]
    fn the_nearest_come_first_whatever_their_place_in_the_list_and_each_is_one_press_from_being_compared() {
        let chosen = at("chosen", 22_520_000, 113_930_000);
        let far = (0..9).map(|n| at(&format!("a{n}"), 22_560_000 + n, 113_930_000));
        let near = at("z", 22_523_000, 113_930_000);
        let all = [chosen].into_iter().chain(far).chain([near]).collect();
        let html = drawn(all, |scene, chosen| draw(scene, chosen, &Filter::default()).into_any());
        let first = html.split("<a ").nth(1).unwrap();
        assert!(
            first.contains("href=\"/stations/compare?id=chosen&amp;id=z\"") && text(first).contains("约 350 米"),
            "{html}"
        );
        assert_eq!(html.matches("<a ").count(), MOST, "{html}");
    }

    #[test]
    fn where_nobody_knows_where_they_lie_those_of_the_same_centre_come_first() {
        let nowhere = |id: &str| Listing { spot: None, ..station(id) };
        let centre = nowhere("centre");
        let below = |id: &str| Listing { parent: Some(centre.id.clone()), ..nowhere(id) };
        let all = vec![below("one"), nowhere("a"), below("z"), centre.clone()];
        let html = drawn(all, |scene, chosen| draw(scene, chosen, &Filter::default()).into_any());
        let at = |id: &str| html.find(&format!("id=one&amp;id={id}\"")).unwrap_or_else(|| panic!("{id}: {html}"));
        assert!(at("z") < at("a") && at("centre") < at("a"), "{html}");
        assert!(!text(&html).contains("直线"), "{html}");
    }
}
