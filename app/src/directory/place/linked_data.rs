//! The place as search engines and maps read it (schema.org, JSON-LD): what the page says, and nothing of an invented place or of
//! invented hours.

use chrono::NaiveDate;
use leptos::prelude::*;
use serde_json::{Value, json};
use shared::{
    directory::{Listing, Spot},
    hours::Status,
};

use super::hours::{self, DAYS};
use crate::directory::Scene;

/// Minutes of a day. Whoever is open past it is said to be open on two days, each to its end or from its beginning.
const MIDNIGHT: u32 = 24 * 60;

/// Coordinates of satellites are given where `publishes_wgs84` allows it.
pub(super) fn draw(scene: &Scene<'_>, listing: &Listing, origin: &str, publishes_wgs84: bool) -> Option<AnyView> {
    if listing.demo {
        return None;
    }
    let mut place = told(scene, listing, origin);
    // Only what was measured in it: numbers worked out of a map's are nobody's measurement.
    if let Some(point) = listing.spot.filter(|_| publishes_wgs84).and_then(Spot::measured) {
        place["geo"] =
            json!({ "@type": "GeoCoordinates", "latitude": point.0.latitude, "longitude": point.0.longitude });
    }
    // Nothing in it can end the element that it stands in.
    let text = place.to_string().replace('<', "\\u003c");
    Some(view! { <script type="application/ld+json">{text}</script> }.into_any())
}

fn told(scene: &Scene<'_>, listing: &Listing, origin: &str) -> Value {
    let locale = scene.locale();
    let here = scene.pages.url(scene.visit, &format!("/{}", listing.id));
    let mut place = json!({
        "@context": "https://schema.org",
        "@type": scene.pages.schema,
        "name": listing.name.say(locale),
        "url": format!("{origin}{here}"),
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "CN",
            "streetAddress": listing.address.say(locale),
        },
    });
    if let Some(phone) = &listing.phone {
        place["telephone"] = json!(phone.dashed());
    }
    if !scene.announced(listing).weak {
        place["openingHoursSpecification"] = openings(scene, listing);
    }
    place
}

/// The days that the page shows, each by its date: no weekly rule says what holidays do. Days of a year whose holidays nobody knows
/// are left out, since no program reads that they may change.
fn openings(scene: &Scene<'_>, listing: &Listing) -> Value {
    let today = scene.now.date();
    let of_day = |date: NaiveDate| {
        let day = hours::day(scene, listing, date, None);
        let spans = if day.status == Status::Open && !day.provisional { day.spans } else { Vec::new() };
        spans.into_iter().flat_map(move |span| parts(date, span))
    };
    let told = |(date, opens, closes): (NaiveDate, u32, u32)| {
        json!({
            "@type": "OpeningHoursSpecification",
            "validFrom": date,
            "validThrough": date,
            "opens": clock(opens),
            "closes": clock(closes),
        })
    };
    // What began on the eve may last into today.
    let days = today.pred_opt().unwrap_or(today).iter_days().take(DAYS + 1).flat_map(of_day);
    days.filter(|(date, ..)| today <= *date && listing.is_open_for_good(*date)).map(told).collect()
}

/// What a span takes of its day and of the next, in minutes of each.
fn parts(date: NaiveDate, (opens, closes): (u32, u32)) -> Vec<(NaiveDate, u32, u32)> {
    let own = (opens < MIDNIGHT).then_some((date, opens, closes.min(MIDNIGHT)));
    let next = date.succ_opt().filter(|_| closes > MIDNIGHT);
    let next = next.map(|next| (next, opens.saturating_sub(MIDNIGHT), closes - MIDNIGHT));
    own.into_iter().chain(next).collect()
}

/// `09:00`; a whole day ends at `23:59`, as schema.org writes it.
fn clock(minute: u32) -> String {
    if minute == MIDNIGHT {
        return "23:59".to_owned();
    }
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shared::{
        calendar::DayClass,
        directory::{Confirmation, Section, Times},
        hours::{On, Rule, Span},
        locale::Locale,
        places::{Coordinates, Datum},
    };

    use super::*;
    use crate::directory::tests::{drawn, drawn_at, real, text};

    fn read(listing: Listing, publishes_wgs84: bool) -> Option<Value> {
        let html = drawn(vec![listing], |scene, listing| {
            draw(scene, listing, "https://example.org", publishes_wgs84).into_any()
        });
        serde_json::from_str(&text(&html)).ok()
    }

    #[test]
    fn what_the_page_says_is_said_to_programs_day_by_day() {
        let place = read(real(), false).unwrap();
        assert_eq!(place["url"], "https://example.org/stations/real");
        let days = place["openingHoursSpecification"].as_array().unwrap();
        assert!(days.len() == 10 && days.iter().all(|day| day["validFrom"] == day["validThrough"]), "{days:?}");
        let first = [&days[0]["validFrom"], &days[0]["opens"], &days[0]["closes"]];
        assert_eq!(first, ["2026-05-13", "09:00", "12:00"]);
        assert!(read(Listing { demo: true, ..real() }, true).is_none(), "nobody is sent to an invented place");
    }

    #[test]
    fn invented_hours_of_a_real_place_are_told_to_no_program_and_its_phone_is() {
        let place = read(Listing { times: real().times.invented(true), ..real() }, false).unwrap();
        assert!(place["openingHoursSpecification"].is_null(), "{place}");
        assert_eq!(place["telephone"], "0755-26661013");
    }

    #[test]
    fn what_lasts_past_midnight_is_said_of_the_day_it_lasts_into_and_what_may_change_not_at_all() {
        let open = |on: On, opens: &str, closes: &str| {
            let spans = vec![Span { opens: opens.into(), closes: closes.into() }];
            let rule = Rule { from: None, to: None, on, status: Status::Open, spans, note: None, service: None };
            Listing { times: Times::read(vec![rule], Vec::new()).unwrap(), ..real() }
        };
        let said = |now: &str, listing: Listing| {
            let html =
                drawn_at(now, vec![listing], |scene, listing| draw(scene, listing, "", false).into_any(), Locale::Zh);
            let place: Value = serde_json::from_str(&text(&html)).unwrap();
            let days = place["openingHoursSpecification"].as_array().unwrap().clone();
            let one = |day: &Value| ["validFrom", "opens", "closes"].map(|name| day[name].as_str().unwrap()).join(" ");
            days.iter().map(one).collect::<Vec<_>>()
        };
        let every_day = || On::Weekdays((1..=7).collect());
        let night = said("2026-05-13T00:01:00", open(every_day(), "22:00", "26:00"));
        assert_eq!(night[..3], ["2026-05-13 00:00 02:00", "2026-05-13 22:00 23:59", "2026-05-14 00:00 02:00"]);
        let long = said("2026-05-13T10:00:00", open(On::Weekdays(vec![3]), "12:00", "36:00"));
        assert_eq!(long, ["2026-05-13 12:00 23:59", "2026-05-14 00:00 12:00"]);
        let year_s_end = open(On::Classes(vec![DayClass::Workday]), "09:00", "17:00");
        let confirmed = Confirmation { on: "2026-12-20".parse().unwrap(), by: "示例".into() };
        let year_s_end = Listing { confirmed: BTreeMap::from([(Section::Hours, confirmed)]), ..year_s_end };
        let days = said("2026-12-30T10:00:00", year_s_end);
        assert_eq!(days, ["2026-12-30 09:00 17:00", "2026-12-31 09:00 17:00"]);
    }

    #[test]
    fn a_station_is_no_office_of_the_government_whoever_runs_it() {
        assert_eq!(read(real(), false).unwrap()["@type"], "Place");
    }

    #[test]
    fn nothing_in_it_ends_its_element() {
        let name = shared::localised::Localised::new("</script><b>站", "x");
        let html = drawn(vec![Listing { name, ..real() }], |scene, listing| draw(scene, listing, "", false).into_any());
        assert_eq!((html.matches("</").count(), html.contains("<b>")), (1, false), "{html}");
    }

    #[test]
    fn what_satellites_number_is_given_only_where_it_may_be_and_was_measured() {
        let at = |datum| Listing { spot: Coordinates::new(22_520_000, 113_930_000, datum).map(Spot::of), ..real() };
        assert_eq!(read(at(Datum::Wgs84), true).unwrap()["geo"]["latitude"], 22.52);
        assert!(read(at(Datum::Wgs84), false).unwrap()["geo"].is_null());
        assert!(read(at(Datum::Gcj02), true).unwrap()["geo"].is_null(), "never from an inverse");
    }
}
