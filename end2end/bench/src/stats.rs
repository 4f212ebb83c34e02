//! Medians, ranges and percentiles.

use std::time::Duration;

/// One quantity, measured at least once.
#[derive(Clone, Debug, Default)]
pub struct Spread(Vec<f64>);

impl Spread {
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    pub fn add(&mut self, value: f64) {
        let place = self.0.partition_point(|earlier| *earlier <= value);
        self.0.insert(place, value);
    }

    /// The middle value, the higher of two; zero of nothing.
    pub fn median(&self) -> f64 {
        self.0.get(self.0.len() / 2).copied().unwrap_or_default()
    }

    pub fn max(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }

    pub fn min(&self) -> f64 {
        self.0.first().copied().unwrap_or_default()
    }

    /// `median (lowest–highest)` with so many digits after the point; only the value when there is one.
    pub fn say(&self, digits: usize) -> String {
        let number = |value| grouped(value, digits);
        if self.0.len() < 2 {
            return number(self.median());
        }
        format!("{} ({}–{})", number(self.median()), number(self.min()), number(self.max()))
    }
}

/// `12,345.6`
pub fn grouped(value: f64, digits: usize) -> String {
    let plain = format!("{value:.digits$}");
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), ""), |(whole, rest)| (whole, rest));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && digit.is_ascii_digit() && !text.ends_with('-') {
            text.push(',');
        }
        text.push(digit);
    }
    if !rest.is_empty() {
        text.push('.');
        text.push_str(rest);
    }
    text
}

/// The value below which `share` (0 to 1) of the durations lie, in milliseconds.
pub fn percentile(durations: &mut [Duration], share: f64) -> f64 {
    durations.sort_unstable();
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let index = (durations.len() as f64 * share) as usize;
    let found = durations.get(index.min(durations.len().saturating_sub(1)));
    found.map_or(0.0, |duration| duration.as_secs_f64() * 1000.0)
}

/// A count as a number to reckon with; counts here stay far below 2^52.
#[expect(clippy::cast_precision_loss)]
pub fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_names_its_middle_and_its_ends() {
        let mut spread = Spread::of([3.0, 1.0]);
        spread.add(2.0);
        assert_eq!(spread.say(1), "2.0 (1.0–3.0)");
        assert_eq!(Spread::of([1234.5]).say(0), "1,234");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(1_234_567.0, 0), "1,234,567");
        assert_eq!(grouped(-123.25, 1), "-123.2");
        assert_eq!(grouped(-1234.0, 0), "-1,234");
        assert_eq!(grouped(12.0, 0), "12");
    }

    #[test]
    fn the_slowest_hundredth_is_above_the_99th_percentile() {
        let mut durations: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        assert!((percentile(&mut durations, 0.99) - 100.0).abs() < 1e-9);
        assert!((percentile(&mut durations, 0.5) - 51.0).abs() < 1e-9);
        assert!(percentile(&mut [], 0.5).abs() < 1e-9);
    }
}
