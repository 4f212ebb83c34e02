//! What happened to a household, by which benefits are looked for.

use shared::eligibility::pack::LifeEvent;

/// The name of an event on the wire.
pub fn name(event: LifeEvent) -> &'static str {
    match event {
        LifeEvent::LostIncome => "lost_income",
        LifeEvent::Illness => "illness",
        LifeEvent::Disability => "disability",
        LifeEvent::OldAge => "old_age",
        LifeEvent::ChildAlone => "child_alone",
        LifeEvent::Death => "death",
    }
}

/// All events, as they are listed.
pub const EVENTS: [LifeEvent; 6] = [
    LifeEvent::LostIncome,
    LifeEvent::Illness,
    LifeEvent::Disability,
    LifeEvent::OldAge,
    LifeEvent::ChildAlone,
    LifeEvent::Death,
];

pub fn event(text: &str) -> Option<LifeEvent> {
    EVENTS.into_iter().find(|event| name(*event) == text)
}
