//! Dates and times of day in figures, whose digits are nobody's number.

/// The text with a word in the place of each.
pub(super) fn without(text: &str) -> String {
    let mut without = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let end = rest[start..].find(|c: char| !belongs(c)).map_or(rest.len(), |length| start + length);
        let figures = &rest[start..end];
        without.push_str(&rest[..start]);
        without.push_str(if is_when(figures) { "时" } else { figures });
        rest = &rest[end..];
    }
    without + rest
}

fn belongs(character: char) -> bool {
    character.is_ascii_digit() || ":/-.".contains(character)
}

/// `2026-05-13`, `5/13`, `8:30`, or from one such to another.
fn is_when(figures: &str) -> bool {
    let figures = figures.trim_end_matches(['.', '-', ':', '/']);
    is_point(figures) || figures.split_once('-').is_some_and(|(from, to)| is_point(from) && is_point(to))
}

fn is_point(figures: &str) -> bool {
    ['-', '/', '.'].iter().any(|between| is_date(figures, *between)) || is_time(figures)
}

fn is_date(figures: &str, between: char) -> bool {
    let numbers: Vec<_> = figures.split(between).collect();
    let is_day = |month: &str, day: &str| (1..=12).contains(&number(month)) && (1..=31).contains(&number(day));
    match *numbers {
        [year, month, day] => year.len() == 4 && (1900..2100).contains(&number(year)) && is_day(month, day),
        // `5.13` and `5-13` are numbers as well.
        [month, day] => between == '/' && is_day(month, day),
        _ => false,
    }
}

fn is_time(figures: &str) -> bool {
    let time = figures.split_once(':').filter(|(_, minute)| minute.len() == 2);
    time.is_some_and(|(hour, minute)| number(hour) <= 24 && number(minute) < 60)
}

/// Of up to four digits; more is none that a date or a time has.
fn number(figures: &str) -> u32 {
    if figures.len() > 4 { u32::MAX } else { figures.parse().unwrap_or(u32::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_words_and_numbers_stay() {
        assert_eq!(without("2026-5-13 8:30-12:00 停电"), "时 时 停电");
        assert_eq!(without("5/13. 好"), "时 好");
        for text in ["138-0000-0000", "138:0013", "2612345", "13/32", "25:00", "8:3", "1899-1-1", "1.2.3.4", ""] {
            assert_eq!(without(text), text, "{text}");
        }
    }
}
