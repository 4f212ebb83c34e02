//! The head of a booking's page for whoever is in the hall: their number, and what comes next.

use leptos::prelude::*;
use server::counter::beside::{Here, SentTo, Stand};
use shared::{appointments::day::closing_reason, calendar::shanghai, counter::CounterName, locale::Locale, say};

use super::Opened;
use crate::{
    appointments::places,
    components::{
        confirmation::Confirmation,
        notice::{Notice, Tone},
        summary::{Row, Summary},
    },
    pages::staff::day::ticket,
    visit::Visit,
    words,
};

pub(super) fn title(locale: Locale, here: &Here) -> String {
    match (&here.stand, &here.sent_to) {
        (Stand::Called(counter), _) => {
            let counter = sign(locale, counter);
            say!(locale, "请到{counter}", "Please go to {counter}")
        }
        (Stand::Serving(counter), _) => {
            let counter = sign(locale, counter);
            say!(locale, "正在{counter}办理", "You are being served at {counter}")
        }
        (Stand::Parked, _) => {
            locale.say("请稍等，窗口会再叫您", "Please wait: a counter will call you again").to_owned()
        }
        (Stand::Waiting { .. } | Stand::Elsewhere, Some(sent)) => {
            let place = sent.place.name.say(locale);
            say!(locale, "今天请到{place}办理", "Today, please go to {place}")
        }
        (Stand::Waiting { .. } | Stand::Elsewhere, None) => locale.say("已经签到", "You are checked in").to_owned(),
    }
}

pub(super) fn panel(visit: &Visit, opened: &Opened, here: &Here, title: &str) -> AnyView {
    let (locale, booking) = (visit.locale, &opened.booking);
    let what_next = next(locale, here);
    let head = match here.ticket {
        Some(number) => {
            let label = locale.say("您的号", "Your number");
            view! {
                <Confirmation title=title.to_owned() label=label reference=ticket(number)>
                    <p>{what_next}</p>
                </Confirmation>
            }
            .into_any()
        }
        None => view! {
            <h1>{title.to_owned()}</h1>
            <p>{what_next}</p>
        }
        .into_any(),
    };
    let place = here.sent_to.as_ref().map_or(&booking.point.place, |sent| &sent.place);
    let service = here.sent_to.as_ref().and_then(|sent| sent.service).map(|[zh, en]| locale.say(zh, en));
    let rows = service.map(|service| Row::new(locale.say("办理", "For"), service)).into_iter().chain([
        Row::new(locale.say("地点", "Place"), place.name.say(locale)),
        Row::new(locale.say("地址", "Address"), place.address.say(locale)),
        places::phone_row(locale, locale.say("电话", "Phone"), place),
        Row::new(locale.say("预约的时间", "Time of the booking"), words::moment(locale, booking.starts_at)),
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
    ]);
    let rows = rows.collect::<Vec<_>>();
    let now = locale.time(shanghai(opened.now).time());
    let again = opened.address(visit, "");
    // Of another office nothing more will be known here.
    let as_of = (here.stand != Stand::Elsewhere).then(|| {
        view! {
            <p class="soft">
                {say!(locale, "这是 {now} 的情况，叫号以现场为准。", "As of {now}; what is called in the hall counts.")}
                " "
                <a href=again>{locale.say("看最新的", "Look again")}</a>
            </p>
        }
    });
    let closed = booking.closed.as_ref().map(|reason| {
        let title = match closing_reason(reason, locale) {
            Some(reason) => say!(locale, "您约的时间停办了：{reason}", "The time you booked was closed: {reason}"),
            None => locale.say("您约的时间停办了", "The time you booked was closed").to_owned(),
        };
        let ask = locale.say(
            "今天还能不能办，请到前台问，工作人员会当面告诉您。",
            "Please ask at the desk whether you can still be served today.",
        );
        view! { <Notice tone=Tone::Warning title=title><p>{ask}</p></Notice> }
    });
    view! {
        {head}
        {closed}
        {as_of}
        <Summary locale=locale rows=rows />
        {here.sent_to.as_ref().and_then(|sent| places::map(visit, &sent.place)).map(|map| view! { <p>{map}</p> })}
    }
    .into_any()
}

/// What to do now, in the words of the moment.
fn next(locale: Locale, Here { stand, sent_to, .. }: &Here) -> String {
    match (stand, sent_to) {
        (Stand::Called(_), _) => {
            locale.say("正在叫您，请带好证件过去。", "You are being called: please bring your documents.").to_owned()
        }
        (Stand::Serving(_), _) => {
            locale.say("请听窗口的安排。", "Please follow what the counter tells you.").to_owned()
        }
        (Stand::Parked, _) => locale
            .say(
                "您的号先放着，请先不要离开。等得久了，请问工作人员。",
                "Your number is set aside, so please do not leave. If it takes long, ask the staff.",
            )
            .to_owned(),
        (Stand::Elsewhere, Some(SentTo { place, .. })) => {
            let name = place.name.say(locale);
            say!(
                locale,
                "窗口请您到{name}接着办。到了请先找工作人员取号，再等候叫号。在那里已经办完的，不用再做什么。",
                "The counter sent you on to {name}. Ask the staff there for a number first, and wait to be called. If it has \
                 been done there, there is nothing left to do."
            )
        }
        (Stand::Waiting { .. }, Some(SentTo { place, .. })) => {
            let name = place.name.say(locale);
            say!(
                locale,
                "已经为您在{name}排上了号，请到那里等候叫号。",
                "You have a number at {name}: please go there and wait to be called."
            )
        }
        (Stand::Waiting { counter: Some(counter) }, None) => {
            let counter = sign(locale, counter);
            say!(locale, "请在大厅等候，由{counter}叫您。", "Please wait in the hall: {counter} will call you.")
        }
        (Stand::Waiting { counter: None } | Stand::Elsewhere, None) => {
            locale.say("请在大厅等候叫号。", "Please wait in the hall to be called.").to_owned()
        }
    }
}

fn sign(locale: Locale, counter: &CounterName) -> String {
    say!(locale, " {counter} 号窗口", "counter {counter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_in_the_hall_reads_what_comes_next() {
        let counter = || CounterName::parse("3").unwrap();
        for (stand, title, next) in [
            (Stand::Waiting { counter: None }, "已经签到", "请在大厅等候叫号。"),
            (Stand::Waiting { counter: Some(counter()) }, "已经签到", "请在大厅等候，由 3 号窗口叫您。"),
            (Stand::Called(counter()), "请到 3 号窗口", "正在叫您，请带好证件过去。"),
            (Stand::Serving(counter()), "正在 3 号窗口办理", "请听窗口的安排。"),
            (Stand::Parked, "请稍等，窗口会再叫您", "您的号先放着，请先不要离开。等得久了，请问工作人员。"),
        ] {
            let here = Here { stand, ticket: Some(8), sent_to: None };
            assert_eq!((&*super::title(Locale::Zh, &here), &*super::next(Locale::Zh, &here)), (title, next));
        }
    }
}
