//! One page a file, named after its URL.

pub mod accessibility;
pub mod benefits;
pub mod ceremony;
pub mod components;
pub mod deadline;
pub mod demo;
pub mod display;
pub mod home;
pub mod kiosk;
mod left_open;
pub mod marriage;
pub mod offline;
pub mod preferences;
pub mod privacy;
pub mod procedures;
pub mod screen;
pub mod staff;
pub mod stations;
mod ticket;

use crate::site::{Cache, Site, Who, get};

/// What belongs to no service.
pub fn pages(site: Site) -> Site {
    site.page("/", Who::Anyone, Cache::Shared, get(home::show))
        .page("/privacy", Who::Anyone, Cache::Shared, get(privacy::show))
        .page("/accessibility", Who::Anyone, Cache::Shared, get(accessibility::show))
        .page("/calendar/deadline", Who::Anyone, Cache::Shared, get(deadline::show))
        .page("/offline", Who::Anyone, Cache::Shared, get(offline::show))
        .page("/preferences", Who::Anyone, Cache::Shared, get(preferences::show).post(preferences::submit))
        .page("/demo/mailbox", Who::Demonstration, Cache::Never, get(demo::mailbox::show))
        .page("/demo/staff-code/{account}", Who::Demonstration, Cache::Never, get(demo::staff_code::show))
        .page("/components", Who::Demonstration, Cache::Shared, get(components::show))
}
