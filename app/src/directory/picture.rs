//! A diagram of what lies around a place: rings by distance, places by bearing, tiers by shape, and the same places as a list.
//!
//! It is a diagram (示意图): no coast, no border, no road, no boundary. If it is a map all the same, it is a simple one that needs no
//! review, of which no review number is claimed (地图管理条例 art 15, 22, 52). Marks that would cover each other are moved a little,
//! and it says so.

mod lay;

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::{
    directory::{Found, Listing, Shape, walk},
    say,
};

use self::lay::{EDGE, NORTH, Spot, lay};
use super::Scene;
use crate::words::capital;

/// Around the largest place of a list; nothing where no two of them are known to lie anywhere.
pub fn of_list(scene: &Scene<'_>, found: &[Found]) -> Option<AnyView> {
    let listings = || found.iter().map(|one| &scene.listings()[one.index]);
    let centre = listings().find(|listing| listing.spot.is_some())?;
    draw(scene, centre, listings())
}

/// Around a place: those of its street.
pub fn around(scene: &Scene<'_>, centre: &Listing) -> Option<AnyView> {
    let street = centre.street.as_ref()?;
    let same = |listing: &&Listing| listing.street.as_ref() == Some(street) && scene.is_shown(listing);
    draw(scene, centre, scene.listings().iter().filter(same))
}

fn draw<'l>(scene: &Scene<'_>, centre: &'l Listing, others: impl Iterator<Item = &'l Listing>) -> Option<AnyView> {
    let (locale, kind) = (scene.locale(), scene.kind());
    let laid = lay(centre, others)?;
    let rings = laid.rings.iter().map(|ring| view! { <circle class="ring" r=ring.radius.to_string() /> });
    // Over the marks, so that none covers them.
    let words = laid.rings.iter().map(|ring| {
        let (x, y) = (format!("{:.1}", ring.x), format!("{:.1}", ring.y + 3.0));
        view! { <text class="ring-word" text-anchor="middle" x=x y=y>{walk::far(ring.metres).text(locale)}</text> }
    });
    let marks = laid.spots.iter().enumerate().map(|(n, spot)| mark(scene, n, spot));
    let rows = laid.spots.iter().enumerate().map(|(n, spot)| row(scene, n, spot));
    let shapes: BTreeSet<usize> = laid.spots.iter().map(|spot| kind.rank(spot.listing.tier.as_deref())).collect();
    let legend = shapes.into_iter().filter_map(|rank| kind.tiers.get(rank)).map(|tier| {
        let box_of = format!("{0} {0} {1} {1}", -11, 22);
        view! {
            <li>
                <svg class="picture-key" viewBox=box_of width="22" height="22" aria-hidden="true" focusable="false">
                    {shape(tier.shape)}
                </svg>
                {capital(tier.name.say(locale))}
            </li>
        }
    });
    let legend =
        (!kind.tiers.is_empty()).then(|| view! { <ul class="picture-keys" role="list">{legend.collect_view()}</ul> });
    let name = centre.name.say(locale);
    let label = say!(
        locale,
        "示意图：以{name}为中心，下面的名单内容相同",
        "Diagram around {name}; the list below says the same"
    );
    let box_of = format!("{0} {0} {1} {1}", -EDGE, 2.0 * EDGE);
    Some(
        view! {
            <figure class="aside flow">
                <figcaption>
                    <b>{locale.say("示意图", "Diagram")}</b>
                    {say!(locale, "：以{name}为中心，上方是北，距离是直线；挨得近的已略微移开", ": around {name}, north is up, distances are straight lines; marks that \
                     would cover each other are moved apart a little")}
                </figcaption>
                <svg class="picture-field" role="img" aria-label=label viewBox=box_of width="320" height="320">
                    {rings.collect_view()}
                    <text class="picture-north" text-anchor="middle" x=NORTH.0.to_string() y=NORTH.1.to_string()>
                        {locale.say("↑北", "↑N")}
                    </text>
                    {marks.collect_view()}
                    {words.collect_view()}
                </svg>
                {legend}
                <ol class="picture-list" role="list">{rows.collect_view()}</ol>
            </figure>
        }
        .into_any(),
    )
}

/// The `n`th, of which the first is the middle.
fn mark(scene: &Scene<'_>, n: usize, spot: &Spot<'_>) -> AnyView {
    let tier = spot.listing.tier.as_deref().and_then(|id| scene.kind().tier(id));
    let place = format!("translate({:.1} {:.1})", spot.x, spot.y);
    let class = if n == 0 { "mark-place mark-centre" } else { "mark-place" };
    view! {
        <g class=class transform=place>
            {shape(tier.map_or(Shape::Circle, |tier| tier.shape))}
            <text class="mark-number" text-anchor="middle" y="4">{n + 1}</text>
        </g>
    }
    .into_any()
}

/// A shape of about twenty across.
fn shape(shape: Shape) -> AnyView {
    let path = match shape {
        Shape::Circle => return view! { <circle class="mark-shape" r="9" /> }.into_any(),
        Shape::Square => "M-8.5-8.5h17v17h-17z",
        Shape::Triangle => "M0-11 11 8.5h-22z",
        Shape::Diamond => "M0-11 11 0 0 11-11 0z",
    };
    view! { <path class="mark-shape" d=path /> }.into_any()
}

fn row(scene: &Scene<'_>, n: usize, spot: &Spot<'_>) -> AnyView {
    let locale = scene.locale();
    let href = scene.pages.url(scene.visit, &format!("/{}", spot.listing.id));
    let far = match (n, spot.metres) {
        (0, _) => locale.say("就是这里", "This place").to_owned(),
        (_, 0) => locale.say("同一处", "at the same place").to_owned(),
        (_, metres) => walk::way(metres).text(locale),
    };
    view! {
        <li>
            <a href=href>{spot.listing.name.say(locale).to_owned()}</a>
            " "
            <span class="soft">{far}</span>
        </li>
    }
    .into_any()
}
