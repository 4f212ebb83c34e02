//! What happened to a household, by which benefits are looked for.

use shared::eligibility::pack::Event;

/// The name of an event on the wire.
pub fn name(event: Event) -> &'static str {
    match event {
        Event::LostIncome => "lost_income",
        Event::Illness => "illness",
        Event::Disability => "disability",
        Event::OldAge => "old_age",
        Event::ChildAlone => "child_alone",
        Event::Death => "death",
    }
}

/// All events, as they are listed.
pub const EVENTS: [Event; 6] =
    [Event::LostIncome, Event::Illness, Event::Disability, Event::OldAge, Event::ChildAlone, Event::Death];

pub fn event(text: &str) -> Option<Event> {
    EVENTS.into_iter().find(|event| name(*event) == text)
}
