//! The first list on a phone that is four times slower than this machine, on a slow network.

use super::City;
use crate::{Outcome, lighthouse::first_paint, plan::Plan, progress, stats::Spread};

/// Milliseconds until the first of the list stands on the screen; nothing where there is no Chromium.
pub fn measure(plan: &Plan, city: &City) -> Outcome<Option<Spread>> {
    let Some(chromium) = &plan.chromium else { return Ok(None) };
    progress("the first list on a slow phone");
    let mut spread = Spread::default();
    for _ in 0..plan.runs(3) {
        spread.add(first_paint(plan, chromium, &city.portal, "/stations")?);
    }
    Ok(Some(spread))
}
