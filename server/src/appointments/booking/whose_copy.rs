//! Whose details a copy of a booking gives in full: one's own, and nobody else's (个人信息保护法 art 45).

use shared::localised::Localised;

use super::Holder;
use crate::appointments::attendees::Attendees;

/// Who asks for a copy, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhoseCopy {
    /// The only one who comes.
    Alone,
    /// Whoever proved this phone, by its place among [`Attendees::phones`].
    Own(usize),
    /// One of those who come: all of them have the link.
    Anyone,
    /// One of several who gave the same phone, which tells nobody apart.
    OnePhone,
}

impl WhoseCopy {
    pub(super) fn of(attendees: &dyn Attendees, holder: &Holder) -> Self {
        match holder.phone() {
            _ if attendees.listed().len() < 2 => Self::Alone,
            _ if attendees.share_a_phone() => Self::OnePhone,
            Some(place) => Self::Own(place),
            None => Self::Anyone,
        }
    }

    /// The place of the phone of whoever asks.
    pub(super) fn own(self) -> Option<usize> {
        match self {
            Self::Alone => Some(0),
            Self::Own(place) => Some(place),
            Self::Anyone | Self::OnePhone => None,
        }
    }

    /// What the copy says of what is hidden in it, and where it is to be had.
    pub(super) fn note(self, place: &Localised) -> Option<Localised> {
        Some(match self {
            Self::Alone => return None,
            Self::Own(_) => Localised::new(
                "您自己的姓名和号码是完整的，对方的只显示一部分。",
                "Your own name and numbers are in full, the other person's are partly hidden.",
            ),
            Self::Anyone => Localised::new(
                "姓名和号码只显示一部分。要自己完整的一份，请用预约号和手机验证码打开预约，再下载。",
                "Names and numbers are partly hidden. For your own in full, open the booking with its reference and a code \
                 to your phone, then download again.",
            ),
            Self::OnePhone => Localised {
                zh: format!("两个人留的是同一部手机，所以都只显示一部分。要完整的，请本人带证件到{}。", place.zh),
                en: format!(
                    "Both gave the same phone, so both are partly hidden. For your own in full, bring your document to {}.",
                    place.en
                ),
            },
        })
    }
}
