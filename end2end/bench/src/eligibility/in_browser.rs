//! The same check in WebAssembly.

use shared::eligibility::pack::Pack;

use crate::{Outcome, in_browser, plan::Plan, stats::Spread};

/// Microseconds of one check: of a household of which everything is known, and of one of which nothing is.
///
/// Nothing where there is no Chromium or no module to load.
pub fn measure(plan: &Plan, pack: &Pack) -> Outcome<Option<[Spread; 2]>> {
    let pack = serde_json::to_string(&serde_json::to_string(pack)?)?;
    let (rounds, milliseconds) = (plan.runs(5), plan.lasting(1).as_millis() / 4);
    let before = format!(
        "const timing = new Timing({pack});
const microseconds = (known, enough) => {{
  const begin = performance.now();
  let calls = 0;
  for (; performance.now() - begin < enough; calls += 50) timing.run(known, 50);
  return ((performance.now() - begin) * 1000) / calls;
}};
const rounds = (known) => {{
  microseconds(known, 500);
  return Array.from({{ length: {rounds} }}, () => microseconds(known, {milliseconds}));
}};"
    );
    let measured: Option<[Vec<f64>; 2]> = in_browser::run(plan, &before, "[rounds(true), rounds(false)]")?;
    Ok(measured.map(|both| both.map(Spread::of)))
}
