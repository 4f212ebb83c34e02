//! When a place that was given back can be booked again.

use chrono::TimeDelta;

/// A wait between 5 and 60 minutes, drawn from a random number.
///
/// A cancelled place that came back at once could be handed to somebody who waits for it at that
/// second; a random wait makes cancelling and re-booking useless as a trade.
pub fn returning_delay(random: u64) -> TimeDelta {
    const SHORTEST: u64 = 5 * 60;
    const LONGEST: u64 = 60 * 60;
    let seconds = SHORTEST + random % (LONGEST - SHORTEST + 1);
    // At most 3600, which fits.
    TimeDelta::seconds(i64::try_from(seconds).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_ends_of_the_wait_occur() {
        assert_eq!(returning_delay(0), TimeDelta::minutes(5));
        assert_eq!(returning_delay(3300), TimeDelta::minutes(60));
        assert_eq!(returning_delay(3301), TimeDelta::minutes(5));
    }

    proptest! {
        #[test]
        fn the_wait_is_between_five_and_sixty_minutes(random: u64) {
            let wait = returning_delay(random);
            prop_assert!(wait >= TimeDelta::minutes(5) && wait <= TimeDelta::minutes(60));
        }
    }
}
