//! Answers that take as long whatever was found, so that nobody learns from the clock what the words do not say.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// What answers are rounded up to: well above the slowest case of an idle server, which takes some milliseconds.
const STEP: Duration = Duration::from_millis(100);

/// Does the work, and gives an answer that `tells` something at the next multiple of the step after its beginning.
pub async fn answer<T>(work: impl Future<Output = T>, tells: impl FnOnce(&T) -> bool) -> T {
    let begun = Instant::now();
    let answer = work.await;
    if tells(&answer) {
        sleep_until(begun + rounded_up(begun.elapsed())).await;
    }
    answer
}

/// The next multiple of the step.
fn rounded_up(took: Duration) -> Duration {
    let steps = took.as_nanos() / STEP.as_nanos() + 1;
    STEP * u32::try_from(steps).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_is_rounded_up_to_the_next_step() {
        let rounded = |milliseconds| rounded_up(Duration::from_millis(milliseconds)).as_millis();
        assert_eq!([0, 3, 99, 100, 101, 250].map(rounded), [100, 100, 100, 200, 200, 300]);
    }

    #[tokio::test]
    async fn only_an_answer_that_tells_something_waits() {
        for (tells, least) in [(true, STEP), (false, Duration::ZERO)] {
            let begun = Instant::now();
            assert_eq!(answer(async { 5 }, |_| tells).await, 5);
            assert!(begun.elapsed() >= least && (tells || begun.elapsed() < STEP));
        }
    }
}
