//! What stands at the head of a booking's page: that it stands, or what became of it.

use leptos::prelude::*;
use shared::{
    appointments::{AppointmentState, day::closing_reason},
    locale::Locale,
    say,
};

use super::{Opened, differently, here, off_calendar, phone_label};
use crate::{
    appointments::places,
    components::{
        button::LinkButton,
        confirmation::Confirmation,
        notice::{Notice, Tone},
        summary::{Row, Summary},
    },
    visit::Visit,
    words,
};

pub(super) fn title(visit: &Visit, opened: &Opened) -> String {
    let (locale, place) = (visit.locale, opened.pages.words.place.say(visit.locale));
    let booking = &opened.booking;
    if let Some(here) = opened.here() {
        return here::title(locale, here);
    }
    let title = match booking.state {
        AppointmentState::Booked if opened.is_closed() && opened.is_today() => {
            return say!(
                locale,
                "{place}今天这个时间停办了，请改期",
                "The {place} is closed at that time today: please choose another time"
            );
        }
        AppointmentState::Booked if opened.is_closed() => {
            return say!(
                locale,
                "{place}这一天不办理，请改期",
                "The {place} is closed that day: please choose another time"
            );
        }
        AppointmentState::Booked if opened.ended_before_its_time() => {
            return say!(
                locale,
                "{place}今天提前结束了，您约的时间办不了",
                "The {place} has closed early today: your time cannot be kept"
            );
        }
        AppointmentState::Booked if opened.day_over => {
            return say!(locale, "{place}今天已经结束办理", "The {place} is closed for today");
        }
        AppointmentState::Booked if opened.visit_over => {
            locale.say("今天的预约已经结束", "Today’s appointment is over")
        }
        AppointmentState::Booked if opened.is_today() => locale.say("预约就在今天", "Your appointment is today"),
        AppointmentState::Booked if booking.changes > 0 => {
            locale.say("已经改到新的时间", "Your booking has a new time")
        }
        AppointmentState::Cancelled => locale.say("预约已经取消", "This booking has been cancelled"),
        AppointmentState::Past => locale.say("预约的日子已经过了", "The day of this booking has passed"),
        AppointmentState::Released | AppointmentState::Expired => {
            return say!(locale, "{place}撤销了这个预约", "The {place} has withdrawn this booking");
        }
        AppointmentState::Booked | AppointmentState::Held { .. } => locale.say("预约成功", "You are booked"),
    };
    title.to_owned()
}

pub(super) fn panel(visit: &Visit, opened: &Opened, title: &str) -> AnyView {
    let (locale, booking, pages) = (visit.locale, &opened.booking, opened.pages);
    let when = words::moment(locale, booking.starts_at);
    let name = booking.point.place.name.say(locale).to_owned();
    let what = pages.words.name.say(locale);
    if booking.state == AppointmentState::Booked && opened.is_closed() {
        return closed(visit, opened, title);
    }
    if opened.stands() {
        let kept = (booking.changes > 0).then(|| {
            view! { <p>{locale.say("预约号没有变。", "The reference number has not changed.")}</p> }
        });
        return view! {
            {differently::draw(visit, opened)}
            <Confirmation
                title=title.to_owned()
                label=locale.say("预约号", "Reference number")
                reference=booking.reference.to_string()
            >
                <p class="confirmed-time">{when}</p>
                <p>{what}</p>
                <p>{name}</p>
                {kept}
            </Confirmation>
        }
        .into_any();
    }
    let what_now = what_now(locale, opened);
    let rows = vec![
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
        Row::new(locale.say("办什么", "What for"), what),
        Row::new(
            // A booking that was ended has none any more, whatever came of a visit with it.
            if opened.visit_over && matches!(booking.state, AppointmentState::Booked | AppointmentState::Past) {
                locale.say("时间", "Time")
            } else {
                locale.say("原来的时间", "Original time")
            },
            when,
        ),
        Row::new(pages.place_label(locale), name),
        places::phone_row(locale, phone_label(locale, pages), &booking.point.place),
    ];
    let why = opened.came_in_vain().then(|| why(visit, opened)).flatten();
    view! {
        <h1>{title.to_owned()}</h1>
        {why}
        <p>{what_now}</p>
        <Summary locale=locale rows=rows />
    }
    .into_any()
}

/// Why it was closed, in the place's own words; nothing where they said none in this language.
fn why(visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let (locale, place) = (visit.locale, opened.pages.words.place.say(visit.locale));
    let reason = closing_reason(opened.booking.closed.as_ref()?, locale)?;
    let why = say!(locale, "{place}说明：{reason}", "The {place} says: {reason}");
    Some(view! { <Notice tone=Tone::Warning title=why /> }.into_any())
}

/// What is left to do where it is not to be kept any more.
fn what_now(locale: Locale, opened: &Opened) -> String {
    let (booking, pages) = (&opened.booking, opened.pages);
    match booking.state {
        AppointmentState::Cancelled if booking.closed.is_some() => {
            locale.say("您现在就可以重新预约。", "You can book again now.").to_owned()
        }
        AppointmentState::Cancelled => locale
            .say(
                "名额稍后放回，给大家预约。您现在就可以重新预约。",
                "Your place will be released to others later. You can book again now.",
            )
            .to_owned(),
        AppointmentState::Booked if opened.came_in_vain() => locale
            .say(
                "今天不再叫号，您的号没有办，让您白跑一趟，对不起。请打下面的电话问怎么办；明天起可以重新预约。",
                "Nobody is called any more today, and you have not been served. We are sorry that you came in vain. Please phone \
                 the number below to ask what can be done; from tomorrow you can book again.",
            )
            .to_owned(),
        AppointmentState::Booked if opened.ended_before_its_time() => locale
            .say(
                "对不起，请不要在约的时间过来。预约还在，但不能再在网上改：请在约的时间以前打下面的电话，工作人员可以帮您改到别的时间。明天起也可以自己重新预约。",
                "We are sorry: please do not come at your time. The booking stands, but cannot be moved online any more. Please phone \
                 the number below before your time, and they can move it to another for you. From tomorrow you can also book \
                 again yourselves.",
            )
            .to_owned(),
        AppointmentState::Booked if opened.day_over => locale
            .say(
                "今天不再签到和叫号。来过、没有办成的，请打下面的电话问怎么办；明天起可以重新预约。",
                "Nobody is checked in or called any more today. If you came and were not served, please phone the number below to \
                 ask what can be done. From tomorrow you can book again.",
            )
            .to_owned(),
        AppointmentState::Booked if let Some(lacking) = &opened.lacking => {
            let (lacks, place) = (lacking.words(locale), pages.words.place.say(locale));
            say!(
                locale,
                "您今天的号已经结束，{lacks}。带齐以后可以再来：今天再来的，请先打电话问{place}还能不能办；明天起，可以重新预约。",
                "Your visit of today is over: {lacks}. Please come again with them: today, phone the {place} first to ask \
                 whether it can still be done; from tomorrow, you can book again."
            )
        }
        AppointmentState::Booked => {
            let place = pages.words.place.say(locale);
            say!(
                locale,
                "您今天的号已经结束。已经办好的，不用再做什么；还要办的，请打电话问{place}今天还能不能办；明天起可以重新预约。",
                "Your visit of today is over. If it is done, there is nothing left to do. For anything that is left, phone the {place} to ask whether it can still be \
                 done today; from tomorrow you can book again."
            )
        }
        AppointmentState::Past if booking.closed.is_some() => {
            let place = pages.words.place.say(locale);
            say!(
                locale,
                "{place}那个时间没有办理，预约也没有改到别的时间。现在可以重新预约。",
                "The {place} was closed then, and the booking was not moved to another time. You can book again now."
            )
        }
        AppointmentState::Past if let Some(lacking) = &opened.lacking => {
            let lacks = lacking.words(locale);
            say!(
                locale,
                "那天来的时候{lacks}。带齐以后，可以重新预约。",
                "When you came, {lacks}. You can book again once you have them."
            )
        }
        AppointmentState::Past => pages.words.past.say(locale).to_owned(),
        _ => {
            locale
                .say(
                    "不是预约的人取消的。预约里的人现在都可以重新预约。有疑问的，请打下面的电话。",
                    "It was not cancelled by whoever booked it. The people named in it can all book again now. Questions? Call \
                     the number below.",
                )
                .to_owned()
        }
    }
}

/// The place closed the day after it was booked: why, and the way on.
fn closed(visit: &Visit, opened: &Opened, title: &str) -> AnyView {
    let (locale, booking, pages) = (visit.locale, &opened.booking, opened.pages);
    let place = pages.words.place.say(locale);
    let why = why(visit, opened);
    let rows = vec![
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
        Row::new(locale.say("原来的时间", "Original time"), words::moment(locale, booking.starts_at)),
        Row::new(pages.place_label(locale), booking.point.place.name.say(locale)),
        places::phone_row(locale, phone_label(locale, pages), &booking.point.place),
    ];
    let ways = if opened.can_move() {
        let text = locale.say("选一个新的时间", "Choose a new time");
        let kept = locale.say(
            "预约号和填写的内容都保留，只用选一个新的时间。",
            "Your reference number and details stay the same. You only need to choose a new time.",
        );
        view! {
            <p>{kept}</p>
            <p class="actions">
                <LinkButton href=opened.address(visit, "reschedule") text=text />
                {off_calendar(visit, opened)}
            </p>
        }
        .into_any()
    } else {
        let call = say!(locale, "请打{place}电话改时间：", "To change the time, please phone the {place}: ");
        view! {
            <p>{call} {places::call(locale, &booking.point.place)}</p>
            <p class="actions">{off_calendar(visit, opened)}</p>
        }
        .into_any()
    };
    view! {
        <h1>{title.to_owned()}</h1>
        {why}
        {ways}
        <Summary locale=locale rows=rows />
    }
    .into_any()
}
