//! One household checked again and again, for a page that measures how long it takes.

use chrono::NaiveDate;
use shared::{
    eligibility::{answers::Household, pack::Pack, verdict::check},
    invented::eligibility::{household, numbers, unasked},
};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub struct Timing {
    pack: Pack,
    as_of: NaiveDate,
    known: Household,
    nothing: Household,
}

#[wasm_bindgen]
impl Timing {
    /// `pack` is a compiled pack in JSON.
    ///
    /// # Errors
    /// What is wrong with it.
    #[wasm_bindgen(constructor)]
    pub fn new(pack: &str) -> Result<Self, String> {
        let pack: Pack = serde_json::from_str(pack).map_err(|error| error.to_string())?;
        let as_of = NaiveDate::from_ymd_opt(2025, 6, 30).ok_or("no such day")?;
        let known = household(&pack, &mut numbers(1), 2, as_of);
        let nothing = unasked(&pack, 2);
        Ok(Self { pack, as_of, known, nothing })
    }

    /// Verdicts of so many checks, so that none of them can be left out.
    #[must_use]
    pub fn run(&self, known: bool, times: u32) -> usize {
        let household = if known { &self.known } else { &self.nothing };
        (0..times).map(|_| check(&self.pack, household, self.as_of, self.as_of).verdicts.len()).sum()
    }
}
