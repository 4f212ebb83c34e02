//! Where each place stands in the diagram.

use shared::{
    directory::Listing,
    geo::{Degrees, Wgs84},
};

/// Half of the drawing's side; the outermost ring lies within it.
pub const EDGE: f64 = 120.0;
const OUTERMOST: f64 = 96.0;
/// Where the word for the north stands: in a corner, where no ring has its words.
pub const NORTH: (f64, f64) = (EDGE - 16.0, 16.0 - EDGE);
/// Most places that a diagram shows: more could not be told apart.
const MOST: usize = 12;
/// Steps between rings, in metres.
const STEPS: [u32; 8] = [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000];
/// Most rings.
const RINGS: u32 = 4;
/// How far two marks stand apart.
const APART: f64 = 19.0;

/// A diagram.
pub struct Laid<'l> {
    pub rings: Vec<Ring>,
    /// The middle first, then the nearest.
    pub spots: Vec<Spot<'l>>,
}

/// A circle around the middle, and where its words stand.
pub struct Ring {
    /// In the drawing.
    pub radius: f64,
    pub metres: u32,
    pub x: f64,
    pub y: f64,
}

/// A place in it; east and south are positive.
pub struct Spot<'l> {
    pub listing: &'l Listing,
    pub metres: u32,
    pub x: f64,
    pub y: f64,
}

/// Lays out a place and its neighbours; nothing where there is no neighbour or nobody knows where it lies.
pub fn lay<'l>(centre: &'l Listing, others: impl Iterator<Item = &'l Listing>) -> Option<Laid<'l>> {
    let middle = centre.spot?.ground();
    let mut far: Vec<(&Listing, f64, f64)> = others
        .filter(|listing| listing.id != centre.id)
        .filter_map(|listing| {
            let (east, north) = way(middle, listing.spot?.ground());
            Some((listing, east, north))
        })
        .collect();
    far.sort_by(|(_, east, north), (_, other_east, other_north)| {
        east.hypot(*north).total_cmp(&other_east.hypot(*other_north))
    });
    far.truncate(MOST - 1);
    let farthest = far.last().map(|(_, east, north)| east.hypot(*north))?;
    // The middle is the first, also where another place is at the same point.
    far.insert(0, (centre, 0.0, 0.0));
    let step = STEPS.into_iter().find(|step| f64::from(*step * RINGS) >= farthest)?;
    let rings = (1..=RINGS).filter(|ring| f64::from((ring - 1) * step) < farthest.max(1.0));
    let outermost = rings.clone().next_back().unwrap_or(1);
    let scale = OUTERMOST / f64::from(outermost * step);
    let mut spots: Vec<Spot<'l>> = Vec::new();
    for (listing, east, north) in far {
        let (x, y) = free(&spots, east * scale, -north * scale);
        spots.push(Spot { listing, metres: metres(east.hypot(north)), x, y });
    }
    let rings = rings.map(|ring| named(&spots, f64::from(ring * step) * scale, ring * step)).collect();
    Some(Laid { rings, spots })
}

/// How far the words of a ring stand from any mark, across and along them.
const CLEAR: (f64, f64) = (30.0, 15.0);

/// The words stand on their ring where no mark does; above the middle, where there is one everywhere.
fn named(spots: &[Spot<'_>], radius: f64, metres: u32) -> Ring {
    let at = |eighths: f64| {
        let angle = eighths * std::f64::consts::TAU / 8.0;
        (radius * angle.sin(), -radius * angle.cos())
    };
    let is_clear =
        |(x, y): &(f64, f64)| spots.iter().all(|spot| (spot.x - x).abs() >= CLEAR.0 || (spot.y - y).abs() >= CLEAR.1);
    // The sides come last: there the words cross their ring.
    let around = [0.0, 4.0, 1.0, 7.0, 3.0, 5.0, 2.0, 6.0].map(at);
    let (x, y) = around.into_iter().find(is_clear).unwrap_or(around[0]);
    Ring { radius, metres, x, y }
}

/// Metres to the east and to the north.
fn way(from: Wgs84, to: Wgs84) -> (f64, f64) {
    let (Wgs84(from), Wgs84(to)) = (from, to);
    let east = Wgs84(from).metres_to(Wgs84(Degrees::new(from.latitude, to.longitude)));
    let north = Wgs84(from).metres_to(Wgs84(Degrees::new(to.latitude, from.longitude)));
    (east.copysign(to.longitude - from.longitude), north.copysign(to.latitude - from.latitude))
}

/// The nearest point to one at which no other mark stands.
fn free(taken: &[Spot<'_>], x: f64, y: f64) -> (f64, f64) {
    let is_free = |x: f64, y: f64| taken.iter().all(|spot| (spot.x - x).hypot(spot.y - y) >= APART);
    if is_free(x, y) {
        return (x, y);
    }
    let circle = |radius: f64| (0..12).map(move |n| (radius, f64::from(n) * std::f64::consts::TAU / 12.0));
    let around = (1..=6).flat_map(|n| circle(f64::from(n) * APART / 2.0));
    let mut around = around.map(|(radius, angle)| (x + radius * angle.cos(), y + radius * angle.sin()));
    let within = |(x, y): &(f64, f64)| x.abs() < EDGE - 12.0 && y.abs() < EDGE - 12.0;
    around.find(|(x, y)| within(&(*x, *y)) && is_free(*x, *y)).unwrap_or((x, y))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres on the earth")]
fn metres(metres: f64) -> u32 {
    metres.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::tests::{at, station};

    #[test]
    fn a_place_lies_in_its_direction_and_the_farthest_within_the_last_ring() {
        let (centre, north, east) = (
            at("centre", 22_520_000, 113_930_000),
            at("north", 22_529_000, 113_930_000),
            at("east", 22_520_000, 113_940_000),
        );
        let all = [north, centre.clone(), east];
        let laid = lay(&centre, all.iter()).unwrap();
        let ids: Vec<_> = laid.spots.iter().map(|spot| spot.listing.id.to_string()).collect();
        assert_eq!(ids, ["centre", "north", "east"]);
        assert_eq!((laid.spots[0].metres, laid.spots[0].x.abs() < 0.1), (0, true));
        assert!(laid.spots[1].y < -50.0 && laid.spots[1].x.abs() < 0.1, "the north is up");
        assert!(laid.spots[2].x > 50.0 && laid.spots[2].y.abs() < 0.1);
        let last = laid.rings.last().unwrap();
        assert!(last.metres >= laid.spots[2].metres && last.radius <= EDGE);
    }

    #[test]
    fn no_mark_covers_the_words_of_a_ring_that_have_room_elsewhere() {
        let (centre, north) = (at("centre", 22_520_000, 113_930_000), at("north", 22_529_000, 113_930_000));
        let all = [centre.clone(), north];
        let laid = lay(&centre, all.iter()).unwrap();
        for (ring, spot) in laid.rings.iter().flat_map(|ring| laid.spots.iter().map(move |spot| (ring, spot))) {
            let apart = ((ring.x - spot.x).abs(), (ring.y - spot.y).abs());
            assert!(apart.0 >= CLEAR.0 || apart.1 >= CLEAR.1, "{} {apart:?}", ring.metres);
        }
    }

    #[test]
    fn the_word_for_the_north_stands_clear_of_the_words_of_every_ring() {
        let centre = at("centre", 22_520_000, 113_930_000);
        // To the south, so that the words stand above the middle; then all around it, so that they go elsewhere.
        let south = vec![at("south", 22_507_000, 113_930_000)];
        let around = [(-9_000, 0), (9_000, 0), (0, -9_000), (0, 9_000), (5_000, -5_000)];
        let around = around.map(|(north, east)| at("x", 22_520_000 + north, 113_930_000 + east));
        for others in [south, around.into()] {
            for ring in lay(&centre, others.iter()).unwrap().rings {
                let apart = ((ring.x - NORTH.0).abs(), (ring.y - NORTH.1).abs());
                assert!(apart.0 >= CLEAR.0 || apart.1 >= CLEAR.1, "{} {apart:?}", ring.metres);
            }
        }
    }

    #[test]
    fn two_places_at_one_address_are_two_marks() {
        let all =
            [at("a", 22_520_000, 113_930_000), at("b", 22_520_000, 113_930_000), at("c", 22_521_000, 113_930_000)];
        let laid = lay(&all[0], all.iter()).unwrap();
        let second = lay(&all[1], all.iter()).unwrap();
        assert_eq!(second.spots[0].listing.id.to_string(), "b", "the middle is the one that was asked for");
        for (n, one) in laid.spots.iter().enumerate() {
            for other in &laid.spots[n + 1..] {
                assert!((one.x - other.x).hypot(one.y - other.y) >= APART);
            }
        }
    }

    #[test]
    fn without_neighbours_or_coordinates_there_is_no_diagram() {
        let alone = at("a", 22_520_000, 113_930_000);
        assert!(lay(&alone, [&alone].into_iter()).is_none());
        let nowhere = Listing { spot: None, ..station("n") };
        assert!(lay(&nowhere, [&nowhere, &alone].into_iter()).is_none());
    }
}
