//! Whoever was looked for, and which days were looked through: nobody is told that there is no booking where none was
//! looked for.

use server::{
    App, Error,
    counter::{
        day::Row,
        search::{self, BACK_DAYS, Looked, search},
    },
};
use shared::{calendar::shanghai_date, say};

use super::{
    asked::{Number, ticket},
    seen::Seen,
};

/// What was found, and where it was looked for.
pub struct Found {
    pub rows: Vec<Row>,
    through: Through,
}

enum Through {
    /// The tickets of the day that is shown.
    Tickets(u32),
    Bookings(Looked),
}

impl Found {
    pub fn of(found: search::Found) -> Self {
        Self { rows: found.rows, through: Through::Bookings(found.looked) }
    }

    /// Whom a number names: a ticket on this day, a reference on any day of this office.
    pub async fn named(app: &App, seen: &Seen<'_>, number: &Number) -> Result<Self, Error> {
        let all = seen.sheet.visits.iter().chain(&seen.sheet.given_back);
        let rows: Vec<_> = all.filter(|row| number.names(row)).cloned().collect();
        Ok(match number {
            Number::Ticket(ticket) => Self { rows, through: Through::Tickets(*ticket) },
            Number::Reference(_) if !rows.is_empty() => Self { rows, through: Through::Bookings(Looked::EveryDay) },
            Number::Reference(_) => Self::of(search(app, seen.staff, &seen.office.id, &number.text(), seen.now).await?),
        })
    }

    /// What is said where nobody was found.
    pub fn nobody(&self, seen: &Seen<'_>) -> String {
        let locale = seen.locale();
        let day = locale.near_day(seen.date, shanghai_date(seen.now));
        match self.through {
            Through::Tickets(number) => {
                let number = ticket(number);
                say!(
                    locale,
                    "{day}没有 {number} 号。号只在当天有用，别的日子请用预约号或者证件号找；按尾号找不到人，手机和证件号要输完整。",
                    "There is no ticket {number} on this day ({day}). Tickets are of one day: for others, look by reference \
                     or document. Nobody is found by the end of a number: type the whole phone or document."
                )
            }
            Through::Bookings(Looked::Nowhere) => locale
                .say(
                    "按名字、尾号找不到。请输入今天的号、预约号、完整的手机号或者证件号。",
                    "Nobody is found by name, or by the end of a number. Type a ticket of today, a reference, or the whole phone \
                     or document.",
                )
                .to_owned(),
            Through::Bookings(Looked::Mistyped) => locale
                .say(
                    "这个身份证号码不会是对的：出生日期或者最后一位对不上，所以没有找。请照着证件再输一遍。",
                    "That identity number cannot be right: its birth date or its last character does not fit, so nobody was looked for. \
                     Type it again from the card.",
                )
                .to_owned(),
            Through::Bookings(Looked::EveryDay) => locale
                .say(
                    "这个大厅没有找到这个预约号，各天都找过；也可能已经取消。请核对号码，或者问是不是约了别的地方。",
                    "This office has no booking with that reference on any day; it may have been cancelled. Check it, or ask \
                     whether they booked elsewhere.",
                )
                .to_owned(),
            Through::Bookings(Looked::Documents) => say!(
                locale,
                "没有找到。找过这个大厅前 {BACK_DAYS} 天到以后的预约；护照只找了今天的。请核对号码，或者用预约号找。",
                "Nobody was found among the bookings of this office from {BACK_DAYS} days ago on; passports were looked for \
                 among those of today only. Check the number, or look by reference."
            ),
            Through::Bookings(Looked::Phones) => locale
                .say(
                    "没有找到。没用验证码确认过的手机，只找得到今天的；别的日子请用预约号或者证件号找。",
                    "Nobody was found. A phone that no code confirmed is found today only: for other days, look by reference \
                     or document.",
                )
                .to_owned(),
            Through::Bookings(Looked::Today) => locale
                .say(
                    "今天的预约里没有找到。别的日子请用预约号找。",
                    "Nobody was found among the bookings of today. For other days, look by reference.",
                )
                .to_owned(),
        }
    }
}
