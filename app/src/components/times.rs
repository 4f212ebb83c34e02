//! The times of one day, morning and afternoon, each with what is left.

use chrono::Timelike;
use leptos::prelude::*;
use shared::{
    appointments::slot::{SlotState, SlotView},
    locale::Locale,
};

/// Buttons that send `slot={id}` with the form around them; times that cannot be taken say why.
#[component]
pub fn Times(locale: Locale, slots: Vec<SlotView>) -> impl IntoView {
    let (morning, afternoon): (Vec<_>, Vec<_>) = slots.into_iter().partition(|slot| slot.starts_at.hour() < 12);
    let parts = [
        ("times-am", locale.say("上午", "Morning"), morning),
        ("times-pm", locale.say("下午", "Afternoon"), afternoon),
    ];
    let parts = parts.into_iter().filter(|(_, _, slots)| !slots.is_empty()).map(|(id, title, slots)| {
        let slots = slots.into_iter().map(|slot| view! { <li>{time(locale, &slot)}</li> });
        view! {
            <section class="times" aria-labelledby=id>
                <h3 id=id>{title}</h3>
                <ul role="list">{slots.collect_view()}</ul>
            </section>
        }
    });
    parts.collect_view()
}

/// What is left of a time, or why it cannot be taken.
pub fn state(locale: Locale, state: SlotState, remaining: u32) -> String {
    match (state, locale) {
        (SlotState::Free, Locale::Zh) => format!("剩 {remaining} 个"),
        (SlotState::Free, Locale::En) => format!("{remaining} left"),
        (SlotState::Full, _) => locale.say("约满", "full").to_owned(),
        (SlotState::NotYetReleased, _) => locale.say("未放号", "later").to_owned(),
        (SlotState::TooSoon, _) => locale.say("太近", "too soon").to_owned(),
        (SlotState::Past, _) => locale.say("已过", "past").to_owned(),
        (SlotState::Closed, _) => locale.say("不办公", "closed").to_owned(),
    }
}

/// Class of a time's button.
pub fn class(free: bool) -> &'static str {
    if free { "time" } else { "time time-shut" }
}

fn time(locale: Locale, slot: &SlotView) -> AnyView {
    // The part of the day stands above the times; who hears one alone hears both.
    let time = locale.time(slot.starts_at.time());
    let (first, last) = time.split_once(' ').unwrap_or(("", &time));
    let (part, clock) = match locale {
        Locale::Zh => (first, last),
        Locale::En => (last, first),
    };
    let free = slot.state == SlotState::Free;
    let choose = if free { locale.say("选择", "Choose ") } else { "" };
    let spoken = format!("{choose}{part} ");
    let words = view! {
        <span class="hidden-visually">{spoken}</span>
        <span class="time-clock">{clock.to_owned()}</span>
        " "
        <span class="time-state">{state(locale, slot.state, slot.remaining)}</span>
    };
    // A place of a full time may come back while somebody looks on, so it is a button all the same.
    if free || slot.state == SlotState::Full {
        view! {
            <button class=class(free) name="slot" value=slot.id.0.to_string() disabled=!free>
                {words}
            </button>
        }
        .into_any()
    } else {
        view! { <span class=class(free)>{words}</span> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use shared::appointments::ids::SlotId;

    use super::*;

    fn slot(id: i64, starts_at: &str, state: SlotState, remaining: u32) -> SlotView {
        let starts_at = starts_at.parse().unwrap();
        SlotView { id: SlotId(id), starts_at, ends_at: starts_at, capacity: 4, remaining, state, opens_at: None }
    }

    #[test]
    fn only_free_times_can_be_chosen_and_the_others_say_why() {
        let slots = vec![
            slot(1, "2026-05-20T09:05:00+08:00", SlotState::Free, 2),
            slot(2, "2026-05-20T09:20:00+08:00", SlotState::Full, 0),
            slot(3, "2026-05-20T14:00:00+08:00", SlotState::Free, 1),
        ];
        let html = view! { <Times locale=Locale::Zh slots=slots /> }.to_html();
        assert_eq!(html.matches("<button").count(), 3);
        assert_eq!(html.matches(" disabled").count(), 1, "{html}");
        assert!(html.contains(r#"name="slot" value="1""#) && html.contains("9:05") && html.contains("约满"), "{html}");
        assert!(html.find("上午").unwrap() < html.find("下午").unwrap());
        let spoken = html.replace("<!>", "");
        for words in [">选择上午 <", ">9:05<", ">上午 <", ">选择下午 <", ">2:00<"] {
            assert!(spoken.contains(words), "{words}: {spoken}");
        }
    }
}
