//! Hours as lists write them: `周一至周五 9:00-12:00,14:00-17:30；法定节假日休息`, or as OpenStreetMap does. What is not understood
//! whole is not read at all, so that no half of an announcement passes for the whole of it.

mod clock;
mod osm;

pub use clock::impossible;

use chrono::NaiveDate;

use self::clock::{is_all_day, spans};
use super::{Hours, On, Rule, Status};
use crate::calendar::DayClass;
use crate::identity::clean;

const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
/// Who writes 法定节假日 means the whole break, not only the days that the law names.
const CLASSES: [(&str, &[DayClass]); 7] = [
    ("工作日", &[DayClass::Workday, DayClass::MakeUpWorkday]),
    ("节假日", HOLIDAYS),
    ("法定节假日", HOLIDAYS),
    ("法定节日当天", &[DayClass::StatutoryHoliday]),
    ("节日假期其他日", &[DayClass::RestOfHoliday]),
    ("调休上班日", &[DayClass::MakeUpWorkday]),
    ("周末", &[DayClass::Weekend]),
];
const HOLIDAYS: &[DayClass] = &[DayClass::StatutoryHoliday, DayClass::RestOfHoliday];
/// That holidays are off, said beside other hours.
const BUT_HOLIDAYS: [&str; 6] =
    ["国家法定节假日除外", "法定节假日除外", "节假日除外", "法定节假日休息", "节假日休息", "法定节假日不办公"];
const STATES: [(&str, Status); 6] = [
    ("休息", Status::Closed),
    ("不开放", Status::Closed),
    ("预约", Status::ByAppointment),
    ("凭预约", Status::ByAppointment),
    ("先打电话", Status::Unknown),
    ("请先致电", Status::Unknown),
];
const EVERY_DAY: [&str; 3] = ["每天", "每日", "天天"];

/// The rules of an announcement; `service` knows what a service is called. None where any part is not understood.
pub fn read(text: &str, service: impl Fn(&str) -> Option<String>) -> Option<Vec<Rule>> {
    let text: String = text.chars().map(half_width).collect();
    if let Some(rules) = osm::read(&text) {
        return Hours::read(&rules, Vec::new()).is_ok().then_some(rules);
    }
    let parts = text.split([';', '\n', '。']).map(str::trim).filter(|part| !part.is_empty());
    let rules = parts.map(|part| lines(part, &service)).collect::<Option<Vec<_>>>()?.concat();
    // What contradicts itself is not understood either.
    (!rules.is_empty() && Hours::read(&rules, Vec::new()).is_ok()).then_some(rules)
}

/// As [`read`] reads them; `service` is what a service is called. None for rules that only data can say.
pub fn write(rules: &[Rule], service: impl Fn(&str) -> Option<String>) -> Option<String> {
    let lines = rules.iter().map(|rule| written(rule, &service)).collect::<Option<Vec<_>>>()?;
    Some(lines.join("；")).filter(|text| !text.is_empty())
}

/// A line, and another one where it also says that holidays are off: `周一至周五（法定节假日除外） 9:00-17:00`.
fn lines(part: &str, service: &impl Fn(&str) -> Option<String>) -> Option<Vec<Rule>> {
    if let Some(rule) = line(part, service) {
        return Some(vec![rule]);
    }
    let in_brackets = BUT_HOLIDAYS.iter().find_map(|words| {
        let (before, after) = part.split_once(&format!("({words})"))?;
        Some(format!("{before} {after}"))
    });
    let at_the_end = || BUT_HOLIDAYS.iter().find_map(|words| part.strip_suffix(words)).map(str::to_owned);
    let rest = in_brackets.or_else(at_the_end)?;
    let usual = line(rest.trim().trim_end_matches([',', '、', ' ']), service)?;
    let off = Rule { on: On::Classes(HOLIDAYS.to_vec()), status: Status::Closed, spans: Vec::new(), ..usual.clone() };
    Some(vec![usual, off])
}

fn line(part: &str, service: &impl Fn(&str) -> Option<String>) -> Option<Rule> {
    // A time has a colon too: what stands before the first one is a service only if it is known as one.
    let named = part.split_once(':').and_then(|(name, rest)| Some((Some(service(name.trim())?), rest)));
    let (service, rest) = named.unwrap_or((None, part));
    let rest = rest.trim();
    // Whoever says no more than 24 小时 means every day.
    let (on, rest) = days(rest).or_else(|| is_all_day(rest).then(|| (every_day(), rest)))?;
    let rest = rest.trim();
    let rule = |status, spans| Rule {
        from: None,
        to: None,
        on: on.clone(),
        status,
        spans,
        note: None,
        service: service.clone(),
    };
    if let Some((_, status)) = STATES.iter().find(|(words, _)| *words == rest) {
        return Some(rule(*status, Vec::new()));
    }
    let (status, times) = match rest.strip_prefix("预约") {
        Some(times) => (Status::ByAppointment, times),
        None => (Status::Open, rest),
    };
    Some(rule(status, spans(times)?))
}

/// The days that a line begins with, and what follows.
fn days(text: &str) -> Option<(On, &str)> {
    let text = text.strip_prefix('每').filter(|rest| rest.starts_with(['周', '星'])).unwrap_or(text);
    if let Some(rest) = EVERY_DAY.iter().find_map(|words| text.strip_prefix(words)) {
        return Some((every_day(), rest));
    }
    if let Some((rest, classes)) =
        CLASSES.iter().find_map(|(words, classes)| Some((text.strip_prefix(words)?, classes)))
    {
        return Some((On::Classes(classes.to_vec()), rest));
    }
    let end = text.find(' ').unwrap_or(text.len());
    let dates = text[..end].split(',').map(|date| date.parse::<NaiveDate>().ok()).collect::<Option<Vec<_>>>();
    if let Some(dates) = dates {
        return Some((On::Dates(dates), &text[end..]));
    }
    weekdays(text)
}

fn every_day() -> On {
    On::Weekdays((1..=7).collect())
}

/// `周一至周五`, `星期一、三、五`, `周六日`.
fn weekdays(text: &str) -> Option<(On, &str)> {
    let (mut days, mut rest) = (Vec::new(), text);
    let mut runs = false;
    loop {
        let bare = ["周", "星期", "礼拜"].iter().find_map(|words| rest.strip_prefix(words));
        if days.is_empty() && bare.is_none() {
            return None;
        }
        let Some((day, after)) = weekday(bare.unwrap_or(rest)) else { break };
        match days.last().copied().filter(|_| runs) {
            Some(first) if first < day => days.extend(first + 1..=day),
            Some(_) => return None,
            None => days.push(day),
        }
        rest = after;
        let run = ["至", "到", "-"].iter().find_map(|sign| rest.strip_prefix(sign));
        runs = run.is_some();
        rest = run.or_else(|| rest.strip_prefix('、')).or_else(|| rest.strip_prefix(',')).unwrap_or(rest);
    }
    (!days.is_empty() && !runs).then_some((On::Weekdays(days), rest))
}

fn weekday(text: &str) -> Option<(u32, &str)> {
    let all = (1..).zip(WEEKDAYS).chain([(7, "天")]);
    all.into_iter().find_map(|(number, name)| Some((number, text.strip_prefix(name)?)))
}

fn half_width(character: char) -> char {
    match character {
        '；' => ';',
        '：' => ':',
        '，' => ',',
        '—' | '–' | '－' | '~' | '～' => '-',
        '\u{3000}' => ' ',
        other => clean::half_width(other),
    }
}

fn written(rule: &Rule, service: &impl Fn(&str) -> Option<String>) -> Option<String> {
    if rule.from.is_some() || rule.to.is_some() || rule.note.is_some() {
        return None;
    }
    let name = match &rule.service {
        None => String::new(),
        Some(id) => service(id)? + "：",
    };
    let days = match &rule.on {
        On::Weekdays(days) if (1..=7).eq(days.iter().copied()) => "每天".to_owned(),
        On::Weekdays(days) => {
            let day = |day: &u32| WEEKDAYS.get(*day as usize - 1).map(|name| format!("周{name}"));
            days.iter().map(day).collect::<Option<Vec<_>>>()?.join("、")
        }
        On::Classes(classes) => CLASSES.iter().find(|(_, known)| known == classes)?.0.to_owned(),
        On::Dates(dates) => dates.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
        On::NthWeekday { .. } => return None,
    };
    let times: Vec<_> = rule.spans.iter().map(|span| format!("{}-{}", span.opens, span.closes)).collect();
    let times = times.join(",");
    Some(match (rule.status, times.is_empty()) {
        (Status::Closed, true) => format!("{name}{days}休息"),
        (Status::Unknown, true) => format!("{name}{days}先打电话"),
        (Status::ByAppointment, true) => format!("{name}{days}预约"),
        (Status::ByAppointment, false) => format!("{name}{days} 预约 {times}"),
        (Status::Open, false) => format!("{name}{days} {times}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
