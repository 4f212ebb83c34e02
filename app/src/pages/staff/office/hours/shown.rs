//! The hours that hold and are to hold, and what a change would do, with the button that makes it.

use leptos::prelude::*;
use server::appointments::{
    hours::{DayPlan, Effect},
    plan::{Decides, Week},
};
use shared::{
    appointments::opening::{Hours, tomorrow, weekday_name},
    calendar::shanghai_date,
    locale::Locale,
    say,
    staff::OfficeId,
};

use super::{
    again::listed,
    days::Page,
    typed::{self, GIVE_UP},
};
use crate::{
    appointments::bookings::booking::differently::OUTSIDE,
    components::notice::{Notice, Tone},
    pages::staff::day::spans,
    pairs::{Pairs, value},
    visit::Visit,
};

/// What holds now, and what is to come.
pub fn weeks(page: &Page<'_>) -> AnyView {
    let (locale, plan) = (page.visit.locale, page.plan);
    let now = plan.on(shanghai_date(page.now));
    let stands = match now {
        Some(week) => lines(locale, &week.hours),
        None => {
            view! { <p>{locale.say("还没有办理时间，约不到。", "There are no hours yet: nothing can be booked.")}</p> }
                .into_any()
        }
    };
    let coming = plan.weeks.iter().filter(|week| week.from >= tomorrow(page.now));
    let coming = coming.map(|week| view! { <li>{one(page, week)}</li> }).collect_view();
    view! {
        <section class="flow">
            <h2>{locale.say("现在的时间", "The hours now")}</h2>
            {stands}
            <ul class="sign-rows" role="list">{coming}</ul>
        </section>
    }
    .into_any()
}

fn one(page: &Page<'_>, week: &Week) -> AnyView {
    let locale = page.visit.locale;
    let from = locale.full_date(week.from);
    view! {
        <div class="sign-row">
            <div class="flow">
                <p class="sign-name">{say!(locale, "{from} 起", "From {from}")}</p>
                {lines(locale, &week.hours)}
            </div>
            <form method="post" action=page.action.to_owned()>
                <input type="hidden" name="kind" value=GIVE_UP />
                <input type="hidden" name="plan" value=page.plan.seen() />
                <input type="hidden" name="from" value=week.from.to_string() />
                <button class="act" name="do" value="preview">
                    {locale.say("不改了…", "Give it up…")}
                    <span class="hidden-visually">{format!(" {from}")}</span>
                </button>
            </form>
        </div>
    }
    .into_any()
}

fn lines(locale: Locale, hours: &[Hours]) -> AnyView {
    let lines = hours.iter().map(|hours| view! { <p>{line(locale, hours)}</p> });
    lines.collect_view().into_any()
}

/// `9:00–12:00，每 30 分钟 2 个名额`.
pub(super) fn times(locale: Locale, hours: &Hours) -> String {
    let minute = |minute: u32| format!("{}:{:02}", minute / 60, minute % 60);
    let (from, to, length, places) = (minute(hours.starts), minute(hours.ends), hours.slot_minutes, hours.capacity);
    say!(locale, "{from}–{to}，每 {length} 分钟 {places} 个名额", "{from}–{to}, {places} places every {length} minutes")
}

/// `星期一至星期五 9:00–12:00，每 30 分钟 2 个名额`.
fn line(locale: Locale, hours: &Hours) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for weekday in &hours.weekdays {
        match runs.last_mut().filter(|(_, last)| last + 1 == *weekday) {
            Some((_, last)) => *last = *weekday,
            None => runs.push((*weekday, *weekday)),
        }
    }
    let runs = runs.iter().map(|(first, last)| {
        let (first_name, last_name) = (weekday_name(locale, *first), weekday_name(locale, *last));
        match last - first {
            0 => first_name.to_owned(),
            1 => say!(locale, "{first_name}、{last_name}", "{first_name}, {last_name}"),
            _ => say!(locale, "{first_name}至{last_name}", "{first_name} to {last_name}"),
        }
    });
    let days = runs.collect::<Vec<_>>().join(locale.say("、", ", "));
    format!("{days} {}", times(locale, hours))
}

/// What a change would do, and the button that makes it; everything that was typed is sent along.
pub fn effect(visit: &Visit, office: &OfficeId, action: &str, (effect, sent): (&Effect, &Pairs)) -> AnyView {
    let locale = visit.locale;
    let kept = sent.iter().filter(|(name, _)| name != "do" && name != "effect");
    let kept = kept.map(|(name, text)| view! { <input type="hidden" name=name.clone() value=text.clone() /> });
    let kept = kept.collect_view();
    let is_reopening = value(sent, "kind") == Some(typed::REOPEN);
    let count = effect.bookings.len();
    let title = match (is_reopening, count) {
        (true, _) => say!(
            locale,
            "恢复 {} 个时段、{} 个空名额",
            "{} times open again with {} free places",
            effect.times_new,
            effect.places_new
        ),
        (false, 0) => locale.say("没有预约受影响", "No booking is touched").to_owned(),
        (false, _) => say!(locale, "有 {count} 个预约在改掉的时间里", "{count} bookings are at times that change"),
    };
    let tone = if count == 0 && effect.holds == 0 { Tone::Info } else { Tone::Warning };
    let days = effect.days.iter().map(|day| planned(locale, day)).collect_view();
    let sentences =
        sentences(locale, (effect, value(sent, "kind"))).into_iter().map(|sentence| view! { <p>{sentence}</p> });
    let (sentences, listed) = (sentences.collect_view(), listed(visit, office, &effect.bookings));
    let seen = effect.seen().as_str().to_owned();
    let has_told = !effect.told.is_empty();
    let tell = has_told.then(|| {
        view! {
            <button class="act act-strong" name="do" value="save-tell">
                {locale.say("恢复办理，并短信告诉他们照常来", "Open again, and text them to come")}
            </button>
        }
    });
    let button = match value(sent, "kind") {
        Some(typed::REOPEN) if has_told => locale.say("恢复办理，不发短信", "Open again without a text"),
        Some(typed::REOPEN) => locale.say("恢复办理", "Open these days again"),
        Some(typed::GIVE_UP) => locale.say("不改了，照原来的时间", "Give it up and keep the hours"),
        Some(typed::ORDINARY) => locale.say("改回平常", "Make it an ordinary day"),
        _ => locale.say("就这样保存", "Save it like this"),
    };
    view! {
        <div class="met flow" tabindex="-1" autofocus role="status" id="effect">
            <Notice tone=tone title=title>
                {sentences}
                {listed}
            </Notice>
            <table class="plan-days">
                <caption>{locale.say("改了以后的两周", "Two weeks as they will be")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.say("日子", "Day")}</th>
                        <th scope="col">{locale.say("办理时间", "Hours")}</th>
                    </tr>
                </thead>
                <tbody>{days}</tbody>
            </table>
            <form method="post" action=action.to_owned()>
                {kept}
                <input type="hidden" name="effect" value=seen />
                <p class="acts">
                    {tell}
                    <button class=if has_told { "act" } else { "act act-strong" } name="do" value="save">{button}</button>
                </p>
            </form>
        </div>
    }
    .into_any()
}

fn sentences(locale: Locale, (effect, kind): (&Effect, Option<&str>)) -> Vec<String> {
    let Effect { times_new, times_gone, places_new, places_gone, holds, bookings, .. } = effect;
    let count = bookings.len();
    let mut sentences = Vec::new();
    if kind == Some(typed::REOPEN) {
        sentences.push(say!(
            locale,
            "停办时收到短信、已经改到别的时间或者取消的人，不会改回来，也不会再收到短信。",
            "Whoever was told then and has moved or cancelled is not moved back, and gets no other text."
        ));
        let told = effect.told.len();
        if told > 0 && told == count {
            sentences.push(say!(
                locale,
                "还约在这几天的 {count} 个预约一直有效，都收到过停办的短信，可以再发一条，告诉他们照常来：",
                "{count} bookings still stand on these days. All were told that it is closed; another text can tell them to come."
            ));
        } else if told > 0 {
            sentences.push(say!(
                locale,
                "还约在这几天的 {count} 个预约一直有效。其中 {told} 个收到过停办的短信，可以再发一条，告诉他们照常来：",
                "{count} bookings still stand on these days. {told} of them were told that it is closed; another text can tell \
                 them to come."
            ));
        } else if count > 0 {
            sentences.push(say!(
                locale,
                "还约在这几天的 {count} 个预约一直有效，他们没有收到过停办的短信：",
                "{count} bookings still stand on these days, and were not told that it is closed."
            ));
        }
        return sentences;
    }
    if *times_new + *times_gone > 0 || *places_new + *places_gone > 0 {
        let counts = [
            (*times_new > 0).then(|| say!(locale, "增加 {times_new} 个时段", "{times_new} times are new")),
            (*times_gone > 0).then(|| say!(locale, "取消 {times_gone} 个时段", "{times_gone} times are no more")),
            (*places_new > 0).then(|| say!(locale, "空名额多 {places_new} 个", "{places_new} free places more")),
            (*places_gone > 0).then(|| say!(locale, "空名额少 {places_gone} 个", "{places_gone} free places fewer")),
        ];
        let counts = counts.into_iter().flatten().collect::<Vec<_>>().join(locale.say("，", ", "));
        sentences.push(say!(locale, "已经放出的日子里：{counts}。", "Of what is published: {counts}."));
    } else {
        sentences.push(say!(
            locale,
            "已经放出的日子没有变化，以后放号照新的安排。",
            "Nothing that is published changes; what comes after follows it."
        ));
    }
    if count > 0 {
        sentences.push(say!(
            locale,
            "这些预约不取消、不改期，也不发短信：没有再看预约页的会照原来的时间来，请照常接待。不能接待的，请在那以前逐个打开，打电话说好，再改到别的时间。",
            "None of them is cancelled or moved, and no text goes out: whoever does not look again comes as booked, so please serve \
             them. Where you cannot, open each before that, phone them, and move the booking to another time."
        ));
        if kind == Some(typed::OWN) {
            let read = OUTSIDE.say(locale);
            sentences.push(say!(
                locale,
                "再看预约页的会读到：“{read}”他们会打电话来问，请告诉接电话的人怎么答。",
                "Whoever does look reads: “{read}” They will phone: tell whoever answers what to say."
            ));
        }
    }
    if *holds > 0 {
        sentences.push(say!(
            locale,
            "有 {holds} 个正在填写，仍然可能约成。",
            "{holds} are being filled in and may still become bookings."
        ));
    }
    sentences
}

fn planned(locale: Locale, day: &DayPlan) -> AnyView {
    let spans = spans(locale, &day.spans);
    let (times, places) = (day.times, day.places);
    let hours = if spans.is_empty() {
        locale.say("不办理", "closed").to_owned()
    } else {
        say!(locale, "{spans}（{times} 个时段，{places} 个名额）", "{spans} ({times} times, {places} places)")
    };
    let why = match &day.decides {
        Decides::SwitchedOff { reason } => Some(say!(locale, "停办：{}", "switched off: {}", reason.say(locale))),
        Decides::Like { weekday, reason } => {
            let (weekday, reason) = (weekday_name(locale, *weekday), reason.say(locale));
            Some(say!(locale, "按{weekday}：{reason}", "as on {weekday}: {reason}"))
        }
        Decides::Own { reason } => Some(say!(locale, "这一天单独：{}", "of this day alone: {}", reason.say(locale))),
        Decides::Holiday { name } => Some(name.say(locale).to_owned()),
        Decides::MakeUpWorkday => Some(locale.say("调休上班", "worked for a holiday").to_owned()),
        Decides::Week => None,
    };
    let why = why.map(|why| view! { <span class="soft">{format!(" {why}")}</span> });
    let changes = day.changes.then(|| view! { <b class="plan-new">{locale.say(" 有变", " new")}</b> });
    view! {
        <tr>
            <th scope="row">{locale.date(day.date)} " " {locale.weekday(day.date)}</th>
            <td>{hours} {why} {changes}</td>
        </tr>
    }
    .into_any()
}
