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
    /// A phone was confirmed for the hold, and nobody of the booking has it.
    PhoneNotOfHold,
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
            AppointmentReason::PhoneNotOfHold => Self::own(
                "phone_not_of_hold",
                "保留这个时间时验证过一个手机号，请在这里填写那个号码，预约两个人的，填给其中一人就行。想用别的号码，请先放弃这个时间，再用新的号码保留。",
                "A phone number was confirmed to hold this time. Please enter that number here, for either person if two \
                 are coming. To use a different one, give this time up first and hold it again with the new number.",
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
