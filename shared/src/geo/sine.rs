//! Sine and cosine by a short row of terms: a phone that sorts places loads it, and the library's own, made for angles of any size,
//! is twenty times as much code.

use std::f64::consts::{FRAC_PI_2, PI};

/// So many terms after the first leave less than the last place of a number within a quarter turn.
const TERMS: u32 = 9;

/// Of an angle in radians, at most some hundred turns; a trillionth beside the truth there.
pub(super) fn sin(angle: f64) -> f64 {
    let half_turns = (angle / PI + 0.5).floor();
    let rest = angle - half_turns * PI;
    let square = rest * rest;
    // No term waits for a division, which takes longer than all else of it.
    let term = |sum: f64, n: u32| 1.0 - sum * (square * (1.0 / f64::from(2 * n * (2 * n + 1))));
    let sine = rest * (1..=TERMS).rev().fold(1.0, term);
    let is_odd = half_turns - 2.0 * (half_turns / 2.0).floor() > 0.5;
    if is_odd { -sine } else { sine }
}

/// As [`sin`].
pub(super) fn cos(angle: f64) -> f64 {
    sin(angle + FRAC_PI_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_library_s_all_around_the_circle_and_far_beyond() {
        for step in -200_000..200_000 {
            let angle = f64::from(step) * 0.003_3;
            assert!((sin(angle) - angle.sin()).abs() < 1e-12, "{angle}");
            assert!((cos(angle) - angle.cos()).abs() < 1e-12, "{angle}");
        }
    }
}
