//! The benefit check as the browser loads it: `public/assets/begin-check.js` calls `begin`.

pub use app::benefits::browser::begin;

fn main() {}
