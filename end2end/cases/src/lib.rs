//! One line a case: its path, the outcome as the engine gives it, and the answer in both languages.

mod places;
mod timing;

use std::fmt::Write;

pub use places::Places;

use shared::{
    eligibility::{
        answer::answer,
        compile::{self, Files, cases},
        told, verdict,
    },
    locale::Locale,
};
use wasm_bindgen::prelude::wasm_bindgen;

/// `files` is a JSON object of paths and texts.
#[wasm_bindgen]
#[must_use]
pub fn answers(files: &str) -> String {
    match serde_json::from_str(files) {
        Ok(files) => all(&files).unwrap_or_else(|wrong| wrong),
        Err(wrong) => wrong.to_string(),
    }
}

fn all(files: &Files) -> Result<String, String> {
    let packs = compile::compile_all(files).map_err(|complaints| format!("{complaints:?}"))?;
    let mut lines = String::new();
    for pack in &packs {
        for (path, text) in cases::cases_of(files, &pack.region) {
            let case = cases::read(text)?;
            let household = told::read(pack, &case.told(), case.as_of).map_err(|mistakes| format!("{mistakes:?}"))?;
            let outcome = verdict::check(pack, &household, case.as_of, case.known_on());
            let said = Locale::ALL.map(|locale| answer(pack, &household, &outcome, locale));
            let json = serde_json::to_string(&(&outcome, said)).map_err(|error| error.to_string())?;
            writeln!(lines, "{path} {json}").map_err(|error| error.to_string())?;
        }
    }
    Ok(lines)
}
