//! Words of Latin letters with figures, such as `lisi888`: a name on another service is written so, and few that an office writes
//! are. Those are rooms, lines, standards and programs: `B1-203`, `M375`, `GB18030`, `Excel2019`.

use super::{is_digit, times};
use crate::identity::letters::is_han;

/// Letters and figures of one that could be a name.
const SHORTEST: usize = 5;
/// Figures in Chinese one after the other that are a number, and no word of a sentence.
const FEWEST_FIGURES: usize = 3;
/// What one word has between its dashes, at most.
const MOST_PARTS: usize = 4;
/// Figures of a room, a line or a year, and of a standard.
const MOST_FIGURES: usize = 4;
const MOST_OF_A_STANDARD: usize = 5;

/// Standards by number.
const STANDARDS: &str = "gb gbt gbz gbj db iso iec ieee rfc jgj cjj cecs mz mzt ga ws";
/// What has a number of its own: places, programs, things, and names of the days.
const KNOWN: &str = "room rooms rm floor fl level hall gate exit entrance line metro bus route road counter counters window block \
     bldg building tower unit zone area desk booth stop no nos art article ch chapter step phase stage version ver \
     day week windows win winserver server excel word office wps ppt access visio outlook ie edge chrome firefox \
     android ios ipados macos harmonyos ipad iphone mate linux ubuntu centos kylin uos utf sha rsa aes oracle mysql \
     mssql sqlserver postgresql redis tomcat nginx java jdk python php net tls ssl http ipv autocad cad pdf html usb \
     hdmi wifi ddr raid mp mpeg pm covid sars hpv mers kn ffp jan feb mar apr may jun jul aug sep sept oct nov dec \
     january february march april june july august september october november december";
/// What stands behind a number and counts.
const UNITS: &str = "v kv w kw mw kwh a ma hz mhz ghz m km cm mm g kg ml l mb gb tb kbps mbps gbps dpi am pm s min mins h hour hours \
     day days th st nd rd jan feb mar apr may jun jul aug sep sept oct nov dec yuan rmb cny";

/// Whether one is in the text, which is half-width.
pub(super) fn is_in(text: &str) -> bool {
    let text = with_figures(&times::without(text)).to_lowercase();
    text.split(|character| !belongs(character)).any(|word| is_mixed(word) && !is_everyday(word))
}

/// Whether a word in lower case names something that an office writes of.
pub(super) fn is_known(word: &str) -> bool {
    is_one_of(KNOWN, word) || is_one_of(STANDARDS, word)
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// The text with numbers in the figures of Chinese, or in those with a ring, written in others.
fn with_figures(text: &str) -> String {
    let (mut written, mut figures) = (String::with_capacity(text.len()), Vec::new());
    for character in text.chars().chain(['\n']) {
        if is_digit(character) && !character.is_ascii_digit() {
            figures.push(character);
            continue;
        }
        if figures.len() < FEWEST_FIGURES {
            written.extend(figures.drain(..));
        } else {
            written.extend(figures.drain(..).map(|_| '0'));
        }
        written.push(character);
    }
    written
}

fn belongs(character: char) -> bool {
    is_latin(character) || character.is_ascii_digit() || character == '-'
}

fn is_latin(character: char) -> bool {
    character == '_' || (character.is_alphabetic() && !is_han(character))
}

/// Long enough for a name, with letters and with figures or what stands in the place of a space.
fn is_mixed(word: &str) -> bool {
    let has = |is: fn(char) -> bool| word.chars().any(is);
    let signs = word.chars().filter(|character| *character != '-').count();
    signs >= SHORTEST && has(char::is_alphabetic) && (has(|c| c.is_ascii_digit()) || has(|c| c == '_'))
}

fn is_everyday(word: &str) -> bool {
    let parts: Vec<_> = word.split('-').filter(|part| !part.is_empty()).collect();
    parts.len() <= MOST_PARTS && parts.iter().all(|part| is_everyday_part(part))
}

fn is_everyday_part(part: &str) -> bool {
    match *runs(part).as_slice() {
        [one] if is_figures(one) => one.len() <= MOST_FIGURES,
        [letters] => letters.chars().count() <= 2 || is_known(letters),
        [figures, unit] if is_figures(figures) => {
            figures.len() <= MOST_OF_A_STANDARD && (is_one_of(UNITS, unit) || unit.len() == 1)
        }
        [letters, figures] => is_numbered(letters, figures),
        // `3F301` and `2026Q1`.
        [figures, letter, more] if is_figures(figures) => {
            letter.len() == 1 && figures.len() <= MOST_FIGURES && more.len() < MOST_FIGURES
        }
        // `B203A` and `Oracle19c`.
        [letters, figures, letter] => letter.len() == 1 && is_numbered(letters, figures),
        _ => false,
    }
}

/// `M375`, `GB2312` and `Win11`; no name on another service is as short as a number of one or two letters.
fn is_numbered(letters: &str, figures: &str) -> bool {
    let most = match letters.chars().count() {
        _ if is_one_of(STANDARDS, letters) => MOST_OF_A_STANDARD,
        1 => MOST_FIGURES,
        _ if is_known(letters) => MOST_FIGURES,
        2 => MOST_FIGURES - 1,
        _ => return false,
    };
    figures.len() <= most
}

fn is_figures(run: &str) -> bool {
    run.starts_with(|character: char| character.is_ascii_digit())
}

/// Its letters and its figures, in turn.
fn runs(part: &str) -> Vec<&str> {
    let (mut runs, mut rest) = (Vec::new(), part);
    while let Some(first) = rest.chars().next() {
        let goes_on = |character: char| character.is_ascii_digit() == first.is_ascii_digit();
        let (run, after) = rest.split_at(rest.find(|character| !goes_on(character)).unwrap_or(rest.len()));
        runs.push(run);
        rest = after;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_on_another_service_is_no_word_of_an_office() {
        for text in [
            "系统升级，请联系 abc12345 改约",
            "飞书 laofu88",
            "电报群 laofu88",
            "V:lisi888",
            "vlisi888",
            "lisi-888",
            "abc-12345",
            "minzheng_ns",
            "a_b_c_d",
            "8888lisi",
            "粤B12345",
            "ab1234",
            "a1b2c3d4",
            "abc一二三四五",
            "lisi①②③",
            "Lisi2026年",
            "word123456",
            "room888888",
        ] {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn rooms_lines_standards_and_programs_are_written_every_day() {
        for text in [
            "B1-203 室停电",
            "请到 B1-203A 室",
            "A1203、C12-305 室",
            "3F-301、3F301 室消防检查",
            "F1203A",
            "M375、E12、B826、M3751 路改道",
            "G1508 高速封闭",
            "G6024 次列车晚点",
            "Excel2019 升级",
            "Windows11、Win10 升级，Office365 停用",
            "COVID19 和 COVID-19、H7N9、KN95",
            "GB18030、GB18030-2022、GB/T2260-2007、ISO9001、ISO27001 认证",
            "DB4403、GB50016、JGJ50-2013",
            "110kV 线路检修，220V、1000Mbps、500kW",
            "2026Q1 盘点、2026H1",
            "Oracle19c、MySQL8、JDK17 升级",
            "IPv6、WiFi6、USB3、UTF8、UTF-8",
            "May13 closed, 13May too",
            "Rooms301-305, Floor12, Exit12, Line11",
            "iOS17、Android14、HarmonyOS4",
            "closed 8am-12pm, 1230pm",
            "8:30am-12:00pm 停电",
            "PM2.5、PDF417、MP4",
            "The 20th and 21st",
            "100GB 硬盘坏了",
            "PDF一律不收，Office一时打不开，System一切正常",
            "Power cut on the third floor",
            "self-service machines are down",
            "12345",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }
}
