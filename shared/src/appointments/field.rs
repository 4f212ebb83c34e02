//! What a booking form asks of the engine: for which service, and which time is held.

use crate::field::{Asked, Reason, choice};

/// The question for a service.
pub const SERVICE: &Asked = &Asked::chosen(
    "service_missing",
    ("请选择要办理的事项。", "Choose what you want to do."),
    (
        "这个事项还不能在这里预约，请从可以预约的事项中选择。",
        "This service cannot be booked here yet. Please choose one that can.",
    ),
);

/// The question for a held time.
pub const HOLD: &Asked = &Asked::chosen(
    "hold_missing",
    ("请先选择预约时间，再填写资料。", "Choose a time first, then fill in your details."),
    ("请从列出的选项中选择一项。", "Choose one of the answers listed."),
);

/// Why what a form says about its appointment cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppointmentReason {
    /// The hold or its token is not one this portal gave out.
    HoldUnknown,
}

impl From<AppointmentReason> for Reason {
    fn from(reason: AppointmentReason) -> Self {
        match reason {
            AppointmentReason::HoldUnknown => Self::own(
                "hold_unknown",
                "没有找到为您保留的时间，请重新选择预约时间。已填的资料可以继续用。",
                "We cannot find the time held for you. Please choose a time again; what you have filled in can still \
                 be used.",
            ),
        }
    }
}

/// Reads a hold's id or token as it came with a form.
pub fn hold_part<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Reason> {
    choice(HOLD, text, read).map_err(|reason| match reason {
        Reason::NotOffered(_) => AppointmentReason::HoldUnknown.into(),
        other => other,
    })
}
