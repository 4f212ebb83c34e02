//! The pages' few live parts: each is drawn on the server first and woken in the browser.
//!
//! In the browser build there is nothing but these, the components they use, and `shared`.

pub mod hold_countdown;

pub use hold_countdown::HoldCountdown;

/// Called once by `public/assets/loader.js` before the islands of a page are woken.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
