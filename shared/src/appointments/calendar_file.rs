//! A calendar file (.ics) for one appointment, or for a moment not to be missed (RFC 5545).

use std::fmt::Write;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, Timelike, Utc};

use crate::calendar::shanghai;

/// What an entry is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The resident has to be somewhere: the phone rings a day before.
    Appointment,
    /// Something begins that the resident does not want to miss: the phone rings some minutes before, and the time stays
    /// free in the calendar.
    Reminder,
}

impl EntryKind {
    /// How long before the beginning the phone rings (RFC 5545 §3.8.6.3).
    fn trigger(self) -> &'static str {
        match self {
            Self::Appointment => "-P1D",
            Self::Reminder => "-PT10M",
        }
    }

    /// Whether others who see the calendar take the resident for busy (§3.8.2.7).
    fn transparency(self) -> &'static str {
        match self {
            Self::Appointment => "OPAQUE",
            Self::Reminder => "TRANSPARENT",
        }
    }
}

/// What the resident's calendar should know. It carries no name and no number of a person, since
/// calendars are shared and synchronised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent<'a> {
    pub kind: EntryKind,
    /// The same for every file of one booking, so that a changed file replaces the old entry.
    pub uid: &'a str,
    /// Grows with each change of the booking.
    pub sequence: u32,
    /// When this file was made.
    pub made_at: DateTime<Utc>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub cancelled: bool,
    pub title: &'a str,
    pub place: &'a str,
    pub description: &'a str,
    /// A page about the booking; never a manage link, which is a secret.
    pub url: Option<&'a str>,
}

/// The text of the file, with CRLF line ends and lines of at most 75 octets.
pub fn calendar_file(event: &CalendarEvent<'_>) -> String {
    let mut file = File(String::new());
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//Huimin//Appointments//ZH");
    file.line("CALSCALE:GREGORIAN");
    file.line("METHOD:PUBLISH");
    // China has kept UTC+8 without daylight saving since 1991.
    for line in [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ] {
        file.line(line);
    }
    file.line("BEGIN:VEVENT");
    file.text("UID", event.uid);
    file.line(&format!("SEQUENCE:{}", event.sequence));
    file.line(&format!("DTSTAMP:{}Z", stamp(event.made_at.naive_utc())));
    file.line(&format!("DTSTART;TZID=Asia/Shanghai:{}", local(shanghai(event.starts_at))));
    file.line(&format!("DTEND;TZID=Asia/Shanghai:{}", local(shanghai(event.ends_at))));
    file.line(if event.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    file.line(&format!("TRANSP:{}", event.kind.transparency()));
    file.text("SUMMARY", event.title);
    file.text("LOCATION", event.place);
    file.text("DESCRIPTION", event.description);
    if let Some(url) = event.url {
        // A URI is not TEXT: it is not escaped, but it must not break out of its line either.
        file.line(&format!("URL:{}", url.replace(char::is_control, "")));
    }
    if !event.cancelled {
        file.line("BEGIN:VALARM");
        file.line("ACTION:DISPLAY");
        file.line(&format!("TRIGGER:{}", event.kind.trigger()));
        file.text("DESCRIPTION", event.title);
        file.line("END:VALARM");
    }
    file.line("END:VEVENT");
    file.line("END:VCALENDAR");
    file.0
}

struct File(String);

impl File {
    /// One content line, folded before its 76th octet and never inside a character.
    fn line(&mut self, content: &str) {
        let mut octets = 0;
        for character in content.chars() {
            if octets + character.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(character);
            octets += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }
}

/// A TEXT value (RFC 5545 §3.3.11); control characters other than the line break are left out.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '\\' | ';' | ',' => {
                text.push('\\');
                text.push(character);
            }
            '\n' => text.push_str("\\n"),
            _ if character.is_control() => {}
            _ => text.push(character),
        }
    }
    text
}

fn local(time: DateTime<FixedOffset>) -> String {
    stamp(time.naive_local())
}

/// `20260520T091500`.
fn stamp(time: NaiveDateTime) -> String {
    let mut text = String::with_capacity(15);
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "{:04}{:02}{:02}T{:02}{:02}{:02}",
        time.year(),
        time.month(),
        time.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event<'a>() -> CalendarEvent<'a> {
        CalendarEvent {
            kind: EntryKind::Appointment,
            uid: "K7MP4CRT9WXH@example.org",
            sequence: 0,
            made_at: "2026-05-10T02:00:00Z".parse().unwrap(),
            starts_at: "2026-05-20T01:15:00Z".parse().unwrap(),
            ends_at: "2026-05-20T01:30:00Z".parse().unwrap(),
            cancelled: false,
            title: "法律咨询",
            place: "示例服务站",
            description: "请带身份证",
            url: Some("https://example.org/bookings/K7MP-4CRT-9WXH"),
        }
    }

    /// The lines as a reader sees them, folds taken out.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn the_times_are_shanghai_times_with_their_zone() {
        let lines = unfolded(&calendar_file(&event()));
        for line in [
            "DTSTART;TZID=Asia/Shanghai:20260520T091500",
            "DTEND;TZID=Asia/Shanghai:20260520T093000",
            "DTSTAMP:20260510T020000Z",
            "TZID:Asia/Shanghai",
            "STATUS:CONFIRMED",
            "TRIGGER:-P1D",
            "TRANSP:OPAQUE",
        ] {
            assert!(lines.iter().any(|found| found == line), "{line}");
        }
    }

    #[test]
    fn a_reminder_rings_shortly_before_and_leaves_the_time_free() {
        let lines = unfolded(&calendar_file(&CalendarEvent { kind: EntryKind::Reminder, ..event() }));
        for line in ["TRIGGER:-PT10M", "TRANSP:TRANSPARENT", "DTSTART;TZID=Asia/Shanghai:20260520T091500"] {
            assert!(lines.iter().any(|found| found == line), "{line}");
        }
        assert_eq!(lines.iter().filter(|line| line.starts_with("TRIGGER")).count(), 1);
    }

    #[test]
    fn a_cancelled_booking_has_no_alarm() {
        let lines = unfolded(&calendar_file(&CalendarEvent { cancelled: true, sequence: 2, ..event() }));
        assert!(lines.contains(&"STATUS:CANCELLED".to_owned()));
        assert!(lines.contains(&"SEQUENCE:2".to_owned()));
        assert!(!lines.iter().any(|line| line.contains("VALARM")));
    }

    #[test]
    fn commas_semicolons_and_line_breaks_are_escaped() {
        let description = "一, 二; 三\\四\r\nEND:VEVENT";
        let lines = unfolded(&calendar_file(&CalendarEvent { description, ..event() }));
        assert!(lines.contains(&r"DESCRIPTION:一\, 二\; 三\\四\nEND:VEVENT".to_owned()));
        assert_eq!(lines.iter().filter(|line| *line == "END:VEVENT").count(), 1);
    }

    #[test]
    fn an_address_cannot_start_a_line_of_its_own() {
        let url = Some("https://example.org/\r\nATTENDEE:x");
        let lines = unfolded(&calendar_file(&CalendarEvent { url, ..event() }));
        assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE")));
    }

    proptest! {
        #[test]
        fn lines_are_short_and_every_text_comes_back(text in "\\PC{0,300}") {
            let file = calendar_file(&CalendarEvent { description: &text, title: &text, ..event() });
            prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
            for line in file.split_terminator("\r\n") {
                prop_assert!(line.len() <= 75);
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let wanted = format!("SUMMARY:{}", escaped(&text));
            prop_assert!(unfolded(&file).contains(&wanted));
        }
    }
}
