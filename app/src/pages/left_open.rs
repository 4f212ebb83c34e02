//! What concerns today is done from a page that was drawn today: one that was left open over midnight does nothing to the next
//! day.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use shared::{calendar::shanghai_date, counter::Refusal};

use crate::{
    draw::DRAWN_ON,
    pairs::{Pairs, value},
};

/// # Errors
/// [`Refusal::PageOver`] for a form that was drawn on another day, or does not say on which.
pub fn drawn_today(typed: &Pairs, now: DateTime<Utc>) -> Result<(), Refusal> {
    let date = drawn_on(typed);
    if date == Some(shanghai_date(now)) { Ok(()) } else { Err(Refusal::PageOver { date }) }
}

/// The day on which a form was drawn, where it says so.
pub fn drawn_on(typed: &Pairs) -> Option<NaiveDate> {
    value(typed, DRAWN_ON)?.parse().ok()
}

/// The field of a form that no page for staff has, which says it by itself.
pub fn field(now: DateTime<Utc>) -> AnyView {
    view! { <input type="hidden" name=DRAWN_ON value=shanghai_date(now).to_string() /> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_concerns_today_is_taken_from_a_page_of_today_alone() {
        // Two minutes past midnight in Shanghai.
        let now: DateTime<Utc> = "2026-05-13T16:02:00Z".parse().unwrap();
        let drawn = |on: &str| vec![("do".to_owned(), "next:1".to_owned()), (DRAWN_ON.to_owned(), on.to_owned())];
        assert_eq!(drawn_today(&drawn("2026-05-14"), now), Ok(()));
        let yesterday = NaiveDate::from_ymd_opt(2026, 5, 13);
        assert_eq!(drawn_today(&drawn("2026-05-13"), now), Err(Refusal::PageOver { date: yesterday }));
        for unsaid in [drawn("today"), drawn(""), Pairs::new()] {
            assert_eq!(drawn_today(&unsaid, now), Err(Refusal::PageOver { date: None }), "{unsaid:?}");
        }
    }
}
