//! The code for the counter: the booking's address, which opens nothing without its key. A paper with a manage
//! link would let any finder cancel.

use leptos::prelude::*;
use shared::say;

use super::Opened;
use crate::{components::qr::Qr, visit::Visit};

pub(super) fn counter_code(visit: &Visit, opened: &Opened) -> AnyView {
    let reference = opened.booking.reference;
    let label = say!(visit.locale, "预约号 {reference} 的二维码", "QR code of booking {reference}");
    view! { <Qr content=opened.public_address(visit) label=label /> }.into_any()
}
