//! 免费颁证仪式: a small ceremony at which a couple is handed its certificates.

use shared::appointments::Service;

use crate::appointments::{Bookable, visitor::Visitor};
use crate::domain::Domain;

/// What the ceremony brings to the house.
pub const DOMAIN: Domain = Domain { services: &["ceremony"], bookable: &[&BOOKABLE], ..Domain::named("ceremony") };

/// What it tells the appointment engine of itself.
pub static BOOKABLE: Bookable = Bookable {
    service: Service::named("certificate_ceremony"),
    name: ["颁证仪式", "certificate ceremony"],
    bring: ["请带好结婚证，提前 10 分钟到。", "Please bring your marriage certificates and come ten minutes early."],
    restore: Visitor::restore,
    known_as: |phone, _| Visitor::known_as(phone),
    grounds: Vec::new,
    papers: Vec::new,
    paper: |_| None,
    invented: |_| None,
};
