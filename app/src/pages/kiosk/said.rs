//! What a kiosk says to whoever stands before it when something was not done: what they can do, and nothing of how the hall
//! keeps its sheet.

use leptos::prelude::*;
use server::{Error, counter::day::shut::Shut};
use shared::{
    appointments::Refusal as NotBooked, calendar::shanghai, counter::Refusal, locale::Locale, problem::Problem, say,
};

use crate::pages::display::{clock, shut_words};

/// Why nothing was done.
pub(super) enum Miss {
    /// Nothing was typed.
    Empty,
    /// The ticket stays theirs.
    StaysTheirs,
    /// The press was answered before, and its ticket is none any more.
    TicketOver,
    Problem(Problem),
}

impl Miss {
    /// What a kiosk says itself; anything else is a page of its own.
    ///
    /// # Errors
    /// Whatever is neither refused nor over in a moment.
    pub(super) fn of(error: Error) -> Result<Self, Problem> {
        match error.into_problem() {
            problem @ (Problem::Refused(_) | Problem::Busy) => Ok(Self::Problem(problem)),
            other => Err(other),
        }
    }

    pub(super) fn status(&self) -> axum::http::StatusCode {
        match self {
            Self::Empty => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            Self::StaysTheirs | Self::TicketOver => axum::http::StatusCode::CONFLICT,
            Self::Problem(problem) => server::rejection::status(problem),
        }
    }

    /// Whether what was typed is sent once more: a slip of a letter is put right, and what stood there over midnight is pressed again.
    pub(super) fn is_of_the_number(&self) -> bool {
        let Self::Problem(problem) = self else { return false };
        matches!(problem.refusal(), Some(Refusal::NotHere | Refusal::PageOver { .. }))
    }

    /// What it is, and what can be done.
    pub(super) fn words(&self, locale: Locale) -> [String; 2] {
        let say = |[zh, en]: [&str; 2], [then_zh, then_en]: [&str; 2]| {
            [locale.say(zh, en).to_owned(), locale.say(then_zh, then_en).to_owned()]
        };
        let problem = match self {
            Self::Empty => {
                return say(
                    ["请输入预约号", "Enter your reference"],
                    [
                        "预约号有 12 位，在预约成功的短信和页面上。找不到的，请到前台。",
                        "It has 12 characters and stands in the text and on the page of your booking. Or ask at the desk.",
                    ],
                );
            }
            Self::StaysTheirs => {
                return say(
                    ["这个号没有还回", "The ticket was not given back"],
                    [
                        "它已经超过一分钟，或者已经叫到了。请拿着号到前台。",
                        "It is more than a minute old, or was called already. Please take it to the desk.",
                    ],
                );
            }
            Self::TicketOver => {
                return say(
                    ["这个现场号已经结束", "This ticket is over"],
                    [
                        "还要办理的，请重新取一个号，或者到前台。",
                        "If you still need something, take another ticket or go to the desk.",
                    ],
                );
            }
            Self::Problem(problem) => problem,
        };
        if let Some(NotBooked::BookingEnded | NotBooked::Erased) = problem.refusal() {
            return say(
                ["这个预约已经取消", "This booking has been cancelled"],
                [
                    "还要办的，可以重新预约。今天就想办的，请带证件到前台问问。",
                    "You can book again. If you hoped to be served today, please take your documents and ask at the desk.",
                ],
            );
        }
        match problem.refusal() {
            Some(Refusal::NotHere) => say(
                ["没有找到这个预约号", "This reference was not found"],
                [
                    "请看看有没有打错，约的是不是这里。也可以到前台，工作人员帮您找。",
                    "Please check what you typed, and that this is the place you booked. Or ask at the desk.",
                ],
            ),
            Some(Refusal::NotToday { starts_at }) => {
                let (day, time) = (locale.full_date(shanghai(starts_at).date_naive()), clock(starts_at));
                [
                    locale.say("约的不是今天", "Your booking is not for today").to_owned(),
                    say!(
                        locale,
                        "您约的是{day} {time}。今天就想办的，请到前台问问。",
                        "It is for {day}, {time}. If you hoped to be served today, please ask at the desk."
                    ),
                ]
            }
            Some(Refusal::Over { .. } | Refusal::NotFrom { .. } | Refusal::Changed { .. }) => say(
                ["这个预约不能再签到", "This booking cannot be checked in any more"],
                [
                    "它今天已经结束。还要办理的，请到前台。",
                    "It is over for today. If you still need something, please go to the desk.",
                ],
            ),
            Some(Refusal::TimeClosed) => say(
                ["您约的时间停办了", "The time you booked is closed"],
                [
                    "请到前台问问今天还能不能办，也可以在手机上改到别的时间。",
                    "Please ask at the desk whether you can still be served today, or move your booking on your phone.",
                ],
            ),
            Some(Refusal::DayClosed { .. }) => closed(locale).map(ToOwned::to_owned),
            Some(Refusal::PageOver { .. }) => of_another_day(locale).map(ToOwned::to_owned),
            Some(Refusal::NoPlaceLeft) => say(
                ["今天的现场号取完了", "No walk-in tickets are left today"],
                [
                    "还能不能加号，请到前台问；也可以预约别的日子。已经有预约的，照常签到。",
                    "Please ask at the desk whether more can be taken, or book another day. With a booking, check in as usual.",
                ],
            ),
            Some(Refusal::NoTimeLeft) => say(
                ["今天没有现场号了", "No walk-in tickets now"],
                [
                    "今天没有办理时段了。请到前台问，或者预约别的日子。",
                    "There are no times left today. Please ask at the desk, or book another day.",
                ],
            ),
            _ => [problem.title(locale), problem.sentence(locale)],
        }
    }
}

/// What is not done today any more, and since when; nothing on an ordinary day.
pub(super) fn shut(locale: Locale, all: &[Shut]) -> Option<AnyView> {
    let lines = all.iter().map(|shut| view! { <p><b>{shut_words(locale, shut)}</b></p> }).collect_view();
    (!all.is_empty()).then(|| view! { <div class="kiosk-problem" role="status">{lines}</div> }.into_any())
}

/// The office has closed the day.
pub(super) fn closed(locale: Locale) -> [&'static str; 2] {
    [
        locale.say("今天已经结束", "Closed for today"),
        locale.say(
            "这里今天不再签到、取号。要办理的，请预约别的日子；有事请到前台。",
            "No more check-in and no more tickets here today. Please book another day; for anything else, ask at the desk.",
        ),
    ]
}

/// What stood there was drawn on another day, and is drawn anew.
fn of_another_day(locale: Locale) -> [&'static str; 2] {
    [
        locale.say("请再按一次", "Please press once more"),
        locale.say(
            "刚才那一页不是今天的，没有签到，也没有取号。现在是今天的，请再按一次。",
            "What stood here was not of today: nobody was checked in and no ticket was given. It is of today now; please press again.",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_stands_there_is_told_what_they_can_do_and_nothing_that_is_meant_for_clerks() {
        let said = Refusal::examples().into_iter().chain(NotBooked::examples()).map(Miss::Problem);
        let said = said.chain([Miss::Empty, Miss::StaysTheirs, Miss::TicketOver]);
        let of_clerks = ["修改", "撤销", "更正", "负责人", "按错", "操作", "undone", "correct", "manager"];
        for miss in said.filter(|miss| match miss {
            // What a kiosk can meet.
            Miss::Problem(problem) if problem.refusal::<NotBooked>().is_some() => {
                matches!(problem.refusal(), Some(NotBooked::BookingEnded | NotBooked::Erased))
            }
            Miss::Problem(problem) => matches!(
                problem.refusal(),
                Some(
                    Refusal::NotHere
                        | Refusal::NotToday { .. }
                        | Refusal::Over { .. }
                        | Refusal::NotFrom { .. }
                        | Refusal::Changed { .. }
                        | Refusal::TimeClosed
                        | Refusal::DayClosed { .. }
                        | Refusal::PageOver { .. }
                        | Refusal::NoPlaceLeft
                        | Refusal::NoTimeLeft
                        | Refusal::TooManyTickets { .. }
                )
            ),
            _ => true,
        }) {
            for locale in Locale::ALL {
                let words = miss.words(locale).join(" ");
                assert!(!of_clerks.iter().any(|word| words.contains(word)), "{words}");
            }
        }
    }
}
