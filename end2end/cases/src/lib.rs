//! One line a case: its path, the outcome as the engine gives it, and the answer in both languages; of an application also what it is
//! asked and what stands at its fields.

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
    procedures::compile as procedures,
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
    applications(files, &mut lines)?;
    Ok(lines)
}

fn applications(files: &Files, lines: &mut String) -> Result<(), String> {
    for (place, id) in procedures::places(files) {
        let compiled = procedures::compile(files, place, id);
        let procedure = compiled.map_err(|complaints| format!("{complaints:?}"))?;
        for (path, text) in procedures::cases::cases_of(files, place, id) {
            let case = procedures::cases::read(text)?;
            let checked = procedure.check(&case.typed, case.today);
            let said = Locale::ALL.map(|locale| checked.answer(&procedure, locale));
            let asked = procedure.steps.iter().flat_map(|step| procedure.asked(step, &case.typed, case.today));
            let asked: Vec<&str> = asked.map(|field| field.id.as_str()).collect();
            let errors = procedure.read(&case.typed, case.today).err().unwrap_or_default();
            let wrong = Locale::ALL.map(|locale| errors.messages(locale));
            let found = (&checked.outcome, said, asked, wrong);
            let json = serde_json::to_string(&found).map_err(|error| error.to_string())?;
            writeln!(lines, "{path} {json}").map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}
