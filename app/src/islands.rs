//! The pages' few live parts. Each stands around something that the server has drawn, takes no props, and in the
//! browser changes only what changes: reading props alone would double what a page with an island has to load.
//!
//! In the browser build there is nothing but these, the few parts they draw, and `shared`. What only a browser
//! can do stands behind the `hydrate` feature, in `browser` and the `hydrated` file of an island.

#[cfg(feature = "hydrate")]
mod browser;
pub mod hold_countdown;
pub mod id_check;
pub mod marriage_check;
pub mod slot_refresh;

pub use hold_countdown::HoldCountdown;
pub use id_check::IdCheck;
pub use marriage_check::MarriageCheck;
pub use slot_refresh::SlotRefresh;

/// Called once by `public/assets/loader.js` before the islands of a page are woken.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
