//! How sure a source is, and when somebody last read it.

use chrono::NaiveDate;
use shared::{eligibility::pack::Grade, locale::Locale, say};

/// `媒体报道，2026年11月21日核对`; with a warning where that is longer ago than the pack allows.
pub fn checked(locale: Locale, grade: Grade, on: NaiveDate, stale: bool) -> String {
    let (grade, day) = (self::grade(locale, grade), locale.date(on));
    let text = say!(locale, "{grade}，{day}核对", "{grade}, checked on {day}");
    let warning = locale.say("（很久没有核对，请以民政部门的为准）", " (long ago; please ask the bureau)");
    if stale { text + warning } else { text }
}

pub fn grade(locale: Locale, grade: Grade) -> &'static str {
    match grade {
        Grade::Official => locale.say("官方原文", "official text"),
        Grade::Reported => locale.say("媒体报道", "press report"),
        Grade::Copied => locale.say("转载，未见原文", "copy, original not seen"),
        Grade::Demo => locale.say("演示用的数字，不是规定", "invented for this demonstration, no rule"),
    }
}
